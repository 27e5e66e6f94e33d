import { describe, expect, test } from 'vitest'
import { type Administrator, byName, namesakeOf, standingOf } from '../../src/domain/administrator.ts'

const FROM = new Date('2026-03-01T00:00:00Z')
const TO = new Date('2026-06-01T00:00:00Z')
const justBefore = (moment: Date) => new Date(moment.getTime() - 1)
const justAfter = (moment: Date) => new Date(moment.getTime() + 1)

const administrator = (changes: Partial<Administrator> = {}): Administrator => ({
  ...{ id: 'a', version: 1, name: 'Åse Eksempel', actsAs: ['ase@eksempel.no', 'U-17'], unit: 'Servicetorget' },
  ...{ from: FROM, to: TO, may: ['mark'], changedAt: FROM, changedBy: 'key:prove' },
  ...changes
})
const openEnded = (changes: Partial<Administrator>): Administrator => {
  const { to: _, ...others } = administrator(changes)
  return others
}
const kindOf = (list: readonly Administrator[], name: string, at: Date) =>
  standingOf(byName(list), name, 'mark', at).kind

describe('a name stands at a moment as its appointments say', () => {
  const again = openEnded({ id: 'b', from: new Date('2026-09-01T00:00:00Z') })
  const replier = administrator({ may: ['reply', 'delete'] })

  test.each([
    ['at the very beginning', [administrator()], FROM, 'appointed'],
    ['a millisecond before it', [administrator()], justBefore(FROM), 'later'],
    ['a millisecond before the end', [administrator()], justBefore(TO), 'appointed'],
    ['at the very end', [administrator()], TO, 'ended'],
    ['long after the beginning, without an end', [openEnded({})], new Date('2099-01-01'), 'appointed'],
    ['between two appointments', [administrator(), again], justAfter(TO), 'ended'],
    ['in the second of them', [administrator(), again], again.from, 'appointed'],
    ['before both of them', [administrator(), again], justBefore(FROM), 'later'],
    ['in the moment one follows upon another', [administrator(), openEnded({ id: 'b', from: TO })], TO, 'appointed'],
    ['without the right', [replier], FROM, 'may-not'],
    ['without the right, when it has ended', [replier], TO, 'ended'],
    ['at the one moment of an appointment that never was', [administrator({ to: FROM })], FROM, 'ended'],
    ['when nobody has ever been appointed', [], FROM, 'nobody']
  ])('%s', (_, list, at, kind) => {
    expect(kindOf(list, 'Åse Eksempel', at)).toBe(kind)
  })

  test('with the nearest end and the first beginning, for the one who asks', () => {
    const list = [
      administrator({ to: new Date('2026-04-01') }),
      administrator({ id: 'b', from: new Date('2026-05-01') })
    ]
    expect(standingOf(byName(list), 'u-17', 'mark', justAfter(TO))).toEqual({ kind: 'ended', to: TO })
    expect(standingOf(byName(list), 'u-17', 'mark', justBefore(FROM))).toEqual({ kind: 'later', from: FROM })
  })
})

test.each([
  ['Åse Eksempel', 'appointed'],
  ['  åSE eKSEMPEL\t', 'appointed'],
  ['Åse Eksempel'.normalize('NFD'), 'appointed'],
  ['ASE@EKSEMPEL.NO', 'appointed'],
  ['u-17', 'appointed'],
  ['Åse  Eksempel', 'unknown'],
  ['Åse', 'unknown'],
  ['Ase Eksempel', 'unknown'],
  ['u-170', 'unknown'],
  ['', 'unknown']
])('the name «%s» is %s', (name, kind) => {
  expect(kindOf([administrator()], name, FROM)).toBe(kind)
})

test.each([
  ['in the same time', administrator({ id: 'b' }), true],
  ['under another of its names', administrator({ id: 'b', name: 'Per', actsAs: ['u-17 '] }), true],
  ['until it begins', administrator({ id: 'b', from: new Date(0), to: FROM }), false],
  ['a millisecond longer than that', administrator({ id: 'b', from: new Date(0), to: justAfter(FROM) }), true],
  ['from when it ends', openEnded({ id: 'b', from: TO }), false],
  ['never', administrator({ id: 'b', from: justAfter(FROM), to: justAfter(FROM) }), false],
  ['as itself', administrator({ version: 2 }), false],
  ['under other names', administrator({ id: 'b', name: 'Per', actsAs: [] }), false]
])('an administrator who acts %s is taken for another: %s', (_, other, isTaken) => {
  expect(namesakeOf(administrator(), [other]) !== undefined).toBe(isTaken)
  expect(namesakeOf(other, [administrator()]) !== undefined).toBe(isTaken)
})
