import { describeInbound } from '../support/archive-inbound-contract.ts'
import { lyingArchive } from '../support/lying-archive.ts'
import { lyingMailbox } from '../support/lying-mailbox.ts'

// The stand-in is held to what it stands in for, so that what it shows is true of real ones too.
describeInbound('the lying archive', async () => {
  const mailbox = lyingMailbox({ isPrompt: true })
  return {
    connector: lyingArchive({ mailbox }).connector,
    repeatAll: mailbox.repeatAll,
    sendStray: () => mailbox.put({ kind: 'kvittering', correlation: 'ukjent', payload: {} }, new Date()),
    handedOn: mailbox.handOut
  }
})
