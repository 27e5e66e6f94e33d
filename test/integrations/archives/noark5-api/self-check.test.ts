import { expect, test } from 'vitest'
import { dialectNames } from '../../../../integrations/archives/noark5-api/dialects.ts'
import { noark5Api } from '../../../../integrations/archives/noark5-api/index.ts'
import type { StandInOptions } from '../../../support/n5tg/serve.ts'
import { startStandIn } from '../../../support/n5tg/stand-in.ts'

const REL = 'https://rel.arkivverket.no/noark5/v5/api/'

async function lacking(options: StandInOptions) {
  const standIn = await startStandIn(options)
  const said = await noark5Api.open(standIn.settings).lacking(new AbortController().signal)
  const writes = standIn.requests.filter((label) => !label.startsWith('GET'))
  expect(writes, 'the check never writes').toEqual([])
  return said
}

test.each(dialectNames)('a %s archive with all that deliveries need lacks nothing', async (dialect) => {
  expect(await lacking({ dialect })).toEqual([])
})

const cases: readonly (readonly [string, StandInOptions, RegExp])[] = [
  ['an arkivdel that is not there', { settings: { N5TG_ARKIVDEL: 'Finnes ikke' } }, /«Finnes ikke».*N5TG_ARKIVDEL/],
  ['an arkivdel that is closed', { settings: { N5TG_ARKIVDEL: 'Gammelt arkiv' } }, /«Gammelt arkiv» er avsluttet/],
  ['a klasse that is not there', { settings: { N5TG_KLASSE: '999' } }, /Klassen «999».*N5TG_KLASSE/],
  ['a code that no list has', { missingCodes: ['MS'] }, /merknadstype.*mangler MS/],
  ['a code for what is screened', { missingCodes: ['TRO'] }, /skjermingmetadata.*mangler TRO/],
  ['a tilgangsrestriksjon of the settings', { missingCodes: ['XX'] }, /tilgangsrestriksjon.*mangler XX/],
  [
    'a field of ours',
    { missingCodes: ['vnd-prove-v1:kanal', 'vnd-prove-v1:mottatt'] },
    /feltene vnd-prove-v1:kanal, vnd-prove-v1:mottatt\. .*N5TG_METADATA/
  ],
  ['a way to screen', { settings: { N5TG_TILGANGSRESTRIKSJONER: '' } }, /blir liggende.*N5TG_TILGANGSRESTRIKSJONER/],
  ['a format of the settings that no list has', { settings: { N5TG_FORMATER: 'PDF/A=fmt/999' } }, /format.*fmt\/999/],
  ['the right to make saksmapper', { withholds: [`${REL}sakarkiv/ny-saksmappe/`] }, /får ikke opprette saksmapper/],
  ['the right to search', { withholds: [`${REL}sakarkiv/journalpost/`] }, /får ikke søke etter journalposter/],
  ['a code list', { withholds: [`${REL}metadata/journalstatus/`] }, /journalstatus.*mangler M, J/],
  ['the package sakarkiv', { withholds: [`${REL}sakarkiv/`] }, /pakken sakarkiv/]
]

test.each(cases)('%s is told of, in one sentence that says what to do', async (_, options, words) => {
  const said = await lacking(options)
  expect(said).toEqual([expect.stringMatching(words)])
})

test('everything that is lacking is told of at once', async () => {
  const settings = { N5TG_ARKIVDEL: 'Finnes ikke' }
  expect((await lacking({ settings, missingCodes: ['MS', 'EA'] })).length).toBe(3)
})
