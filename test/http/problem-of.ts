import { expect } from 'vitest'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly instance: string
  readonly code: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** Words that would be there if a library spoke for us, and traces of what is inside. */
const notOurs =
  /\b(must|should|invalid|required|unexpected|error|not|the|failed|body)\b|node_modules|\.ts\b|select |insert /i

/** The problem in an answer, after a look at what all of them have in common: media type, form, bokmål, nothing from inside. */
export function problemOf(answer: { status: number; contentType: string | undefined | null; text: string }): Problem {
  expect(answer.contentType, answer.text).toMatch(/^application\/problem\+json/)
  const problem = JSON.parse(answer.text) as Problem
  expect(problem).toMatchObject({
    type: `/problems/${problem.code}`,
    status: answer.status,
    code: expect.stringMatching(/^[a-z-]+$/),
    title: expect.stringMatching(/^[A-ZÆØÅ].+[^.]$/)
  })
  const words = [problem.title, problem.detail ?? '', ...(problem.errors ?? []).map(({ detail }) => detail)].join(' ')
  expect(words.replaceAll('Authorization: Bearer', '').replaceAll('application/json', '')).not.toMatch(notOurs)
  return problem
}

export async function problemIn(response: Response): Promise<Problem> {
  const text = await response.text()
  return problemOf({ status: response.status, contentType: response.headers.get('content-type'), text })
}
