import { expect, test, vi } from 'vitest'
import { archiveLacks } from '../../src/flow/archive-lacks.ts'

/** What an archive says when it is asked, one answer after the other; the last again and again. */
function asked(...answers: (readonly string[] | Error)[]) {
  const logged: unknown[] = []
  let times = 0
  const lacks = archiveLacks({
    archive: {
      name: 'prove',
      async lacking() {
        const answer = answers[Math.min(times, answers.length - 1)] ?? []
        times += 1
        if (answer instanceof Error) throw answer
        return answer
      }
    },
    log: { warn: ({ lacking, err }) => void logged.push(lacking ?? err) }
  })
  return { lacks, logged, times: () => times }
}

const KLASSE = 'Klassen mangler.'
const ARKIVDEL = 'Arkivdelen mangler.'
const MINUTE_MS = 60_000

test('what the archive lacks is remembered, and said in the log when it is new', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { lacks, logged } = asked([KLASSE], [KLASSE, ARKIVDEL], [], [KLASSE])
  expect(lacks.known()).toBeUndefined()
  const said: unknown[] = []
  for (let n = 0; n < 4; n += 1) {
    await lacks.ask()
    said.push(lacks.known())
    vi.advanceTimersByTime(MINUTE_MS)
  }
  expect(said).toEqual([[KLASSE], [KLASSE, ARKIVDEL], [], [KLASSE]])
  expect(logged).toEqual([KLASSE, ARKIVDEL, KLASSE])
})

test('however many want to know, the archive is asked once a minute', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { lacks, times } = asked([])
  await Promise.all([lacks.ask(), lacks.ask()])
  await lacks.ask()
  expect(times()).toBe(1)
  vi.advanceTimersByTime(MINUTE_MS)
  await lacks.ask()
  expect(times()).toBe(2)
})

test('an archive that fails to answer keeps what it said before', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const failure = new Error('Nobody there')
  const { lacks, logged } = asked([KLASSE], failure)
  await lacks.ask()
  vi.advanceTimersByTime(MINUTE_MS)
  await lacks.ask()
  expect(lacks.known()).toEqual([KLASSE])
  expect(logged).toEqual([KLASSE, failure])
})

test('a question that is not answered is waited for a little, and left when the service stops', async () => {
  const logged: unknown[] = []
  const silent = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const lacks = archiveLacks({
    archive: { name: 'prove', lacking: silent },
    log: { warn: (facts) => void logged.push(facts) }
  })
  await lacks.ask()
  expect(lacks.known()).toBeUndefined()
  expect(logged).toEqual([])
  await lacks.stop()
  await vi.waitFor(() => expect(logged).toHaveLength(1))
})
