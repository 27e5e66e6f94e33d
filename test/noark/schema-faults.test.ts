import { expect, test } from 'vitest'
import { toArkivmelding } from '../../src/noark/arkivmelding.ts'
import { toArkivstruktur } from '../../src/noark/arkivstruktur.ts'
import { checkedArkivmelding } from '../../src/noark/checked-arkivmelding.ts'
import { arkivstruktur } from '../../src/noark/dialects/arkivstruktur/arkivstruktur.ts'
import { fiksArkiv } from '../../src/noark/dialects/fiks-arkiv/fiks-arkiv.ts'
import { schemaFaults } from '../../src/noark/schema-faults.ts'
import { depositCase, depositFrame } from './deposits.ts'
import { archivePlan, withRecord } from './plans.ts'

const message = toArkivmelding(archivePlan)

test('what is written is valid by our own schemas, in both dialects', () => {
  expect(schemaFaults(fiksArkiv, message)).toEqual([])
  expect(schemaFaults(arkivstruktur, toArkivstruktur(depositFrame, [depositCase(archivePlan)]))).toEqual([])
})

test('a document out of order is told of by element, with nothing of what it says', () => {
  const wrong = message.replace('<tittel>', '<dokumentnummer>Kari Eksempel</dokumentnummer><tittel>')
  const [fault] = schemaFaults(fiksArkiv, wrong)

  expect(fault).toEqual({
    element: 'dokumentnummer (M007)',
    message: 'Elementet følger ikke skjemaet for Fiks Arkiv V1 arkivmelding.'
  })
})

test('the inside of our own metadata is looked at too', () => {
  const faults = schemaFaults(fiksArkiv, message.replace('</kanal>', '</kanal><farge>blå</farge>'))

  expect(faults.map(({ element }) => element)).toEqual(['dokumentet'])
})

test('a value is not repeated when it is what is wrong', () => {
  const wrong = message.replace(/<dokumentnummer>1</, '<dokumentnummer>Kari Eksempel<')

  expect(schemaFaults(fiksArkiv, wrong).length).toBeGreaterThan(0)
  expect(JSON.stringify(schemaFaults(fiksArkiv, wrong))).not.toContain('Kari')
})

test('a plan is checked by the rules first, even when its document could not be valid', () => {
  const { faults } = checkedArkivmelding(withRecord({ mottattDato: new Date(Number.NaN) }))

  expect(faults).toEqual([{ element: 'mottattDato (M104)', message: 'Ugyldig dato.' }])
  expect(checkedArkivmelding(archivePlan)).toEqual({ xml: message, faults: [] })
})

test('the limits are those of the archive', () => {
  const { faults } = checkedArkivmelding(archivePlan, { titleLengthMax: 20 })

  expect(faults[0]).toEqual({ element: 'tittel (M020)', message: 'Tittelen er 39 tegn lang; den kan være 20.' })
})
