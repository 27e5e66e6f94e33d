import { dialectNames, dialects } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import { describeArchiveConnector } from '../../../support/archive-connector-contract.ts'
import { freePort } from '../../../support/free-port.ts'
import type { Held } from '../../../support/n5tg/objects.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'
import { account } from '../../../support/n5tg/tokens.ts'

const hjemmelOf = ({ fields }: Held) =>
  (fields.skjerming as { readonly skjermingshjemmel?: string } | undefined)?.skjermingshjemmel

for (const dialect of dialectNames) {
  describeArchiveConnector(
    `noark5-api (${dialect})`,
    async () => {
      const standIn = await startStandIn({ dialect })
      const { settings } = standIn
      const { N5TG_TILGANGSRESTRIKSJONER: _, ...withoutRestrictions } = settings
      const titled = () => [...standIn.held('saksmappe'), ...standIn.held('journalpost')]
      const others = [
        { ...settings, N5TG_PASSWORD: 'feil passord' },
        { ...settings, N5TG_URL: `http://127.0.0.1:${await freePort()}/n5/` },
        { ...settings, N5TG_URL: `${settings.N5TG_URL}finnes/ikke/` }
      ]
      return {
        connector: noark5Api.open(settings),
        journalposts: async () => standIn.held('journalpost').length,
        hjemler: async () => ({
          saksmapper: standIn.held('saksmappe').map(hjemmelOf),
          journalposter: standIn.held('journalpost').map(hjemmelOf),
          dokumenter: standIn.held('dokumentbeskrivelse').map(hjemmelOf)
        }),
        openOnly: noark5Api.open(withoutRestrictions),
        publicTitles: async () => titled().map(({ fields }) => String(fields.offentligTittel)),
        troubled: others.map((other) => noark5Api.open(other)),
        secrets: [account.password, account.clientSecret, 'feil passord']
      }
    },
    // The interface has neither keys nor conditional creates: the worker's lease sees to it.
    { refusesDoubles: false, amends: dialects[dialect].changesSkjerming }
  )
}
