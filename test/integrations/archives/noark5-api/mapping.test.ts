import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type DialectName, dialectNames, dialects } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { keysOf } from '../../../../integrations/archives/noark5-api/keys.ts'
import {
  toDokumentbeskrivelse,
  toDokumentobjekt,
  toJournaled,
  toJournalpost,
  toKonvertering,
  toKorrespondansepart,
  toMerknad,
  toSaksmappe
} from '../../../../integrations/archives/noark5-api/mapping.ts'
import { readResource } from '../../../../integrations/archives/noark5-api/resource.ts'
import { pairsIn } from '../../../../integrations/archives/noark5-api/settings.ts'
import { fullPlan } from './full-plan.ts'

const fixture = (dialect: DialectName) =>
  new URL(`../../../../integrations/archives/noark5-api/fixtures/${dialect}.json`, import.meta.url)

/** Everything that is sent for one plan, in the order in which it is sent. */
function bodiesOf(dialect: DialectName): unknown {
  const { plan } = fullPlan([], { inquiryId: '01900000-0000-7000-8000-000000000001', isRestricted: true })
  const codes = {
    dokumenttyper: pairsIn('KORR=B, *=O'),
    formater: pairsIn('RA-PDF=fmt/354,PDF/A=fmt/354'),
    merknadstype: 'MS',
    ownMetadata: 'vnd-kommune-v1',
    tilgangsrestriksjoner: pairsIn('Unntatt offentlighet=XX')
  }
  const mapping = { dialect: dialects[dialect], codes, keys: keysOf(plan) }
  const { casePolicy, record } = plan
  if (casePolicy.mode !== 'new') throw new Error('The plan has no saksmappe of its own.')
  const journalpost = toJournalpost(mapping, plan)
  const objekter = record.dokumenter.flatMap((dokument) => dokument.objekter)
  return {
    saksmappe: toSaksmappe(mapping, casePolicy.saksmappe),
    journalpost,
    korrespondanseparter: record.korrespondanseparter.map(toKorrespondansepart),
    dokumentbeskrivelser: record.dokumenter.map((dokument) => toDokumentbeskrivelse(mapping, dokument)),
    dokumentobjekter: objekter.map((objekt) => toDokumentobjekt(mapping, objekt)),
    konverteringer: objekter.flatMap(({ konvertering }) =>
      konvertering ? [toKonvertering(mapping, konvertering)] : []
    ),
    merknad: toMerknad(mapping, record.merknad ?? ''),
    journaled: toJournaled(mapping, readResource(journalpost), record)
  }
}

test.each(dialectNames)('what is sent to a %s archive is what the fixture says, to the letter', async (dialect) => {
  expect(bodiesOf(dialect)).toEqual(JSON.parse(await readFile(fixture(dialect), 'utf8')))
})

test.each(dialectNames)('nothing that is sent to a %s archive is null, or a code with a text', (dialect) => {
  const sent = JSON.stringify(bodiesOf(dialect))
  expect(sent).not.toMatch(/null|undefined|kodenavn/)
})
