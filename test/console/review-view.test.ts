import { describe, expect, test } from 'vitest'
import { markedText } from '../../src/console/review-view.ts'

describe('the text with what was found in it', () => {
  test('is cut by code points, so that what is shown is what was found', () => {
    expect(markedText('😟 ring 912 34 567.', [{ kind: 'phone', start: 7, end: 17 }])).toEqual([
      { text: '😟 ring ', labels: [] },
      { text: '912 34 567', labels: ['telefonnummer'] },
      { text: '.', labels: [] }
    ])
  })

  test('names all that was found where hits overlap, and loses no letter', () => {
    const hits = [
      { kind: 'child', start: 0, end: 6 },
      { kind: 'health', start: 3, end: 9 }
    ]
    const segments = markedText('abcdefghij', hits)
    expect(segments.map(({ text }) => text).join('')).toBe('abcdefghij')
    expect(segments.map(({ labels }) => labels)).toEqual([['barn'], ['barn', 'helse'], ['helse'], []])
  })

  test('is nothing when there is none', () => {
    expect(markedText('', [])).toEqual([])
  })
})
