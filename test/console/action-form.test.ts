import { expect, test } from 'vitest'
import { actionsFor } from '../../src/console/action-form.ts'
import type { InquiryStatus } from '../../src/domain/inquiry.ts'

const trouble = (code: string) => ({ code, message: 'Noe skjedde.' })
const since = new Date('2026-11-22T09:00:00Z')

test.each<[string, InquiryStatus, boolean, readonly string[]]>([
  ['stands unsent', { state: 'needs-action', trouble: trouble('record-not-valid') }, false, ['retry', 'dismiss']],
  ['may be in the archive', { state: 'needs-action', trouble: trouble('archive-auth') }, true, ['retry', 'ask']],
  ['is to be looked at', { state: 'in-review', trouble: trouble('review-needed') }, false, ['approve', 'dismiss']],
  ['is on hold', { state: 'in-review', trouble: trouble('on-hold') }, false, ['release', 'dismiss']],
  ['has just come', { state: 'received' }, false, ['hold', 'retry', 'dismiss']],
  ['is on its way', { state: 'unknown-outcome', since, trouble: trouble('archive-timeout') }, true, ['ask']],
  ['is dismissed', { state: 'dismissed', reason: 'Feil kommune', by: 'prøve' }, false, []]
])('what can be done with one that %s', (_, status, hasBegun, wanted) => {
  expect(actionsFor(status, hasBegun)).toEqual(wanted)
})
