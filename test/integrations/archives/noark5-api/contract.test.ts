import { dialectNames } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import { describeArchiveConnector } from '../../../support/archive-connector-contract.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'

for (const dialect of dialectNames) {
  describeArchiveConnector(
    `noark5-api (${dialect})`,
    async () => {
      const standIn = await startStandIn({ dialect })
      return {
        connector: noark5Api.open(standIn.settings),
        journalposts: async () => standIn.held('journalpost').length
      }
    },
    // The interface has neither keys nor conditional creates: the worker's lease sees to it.
    { refusesDoubles: false }
  )
}
