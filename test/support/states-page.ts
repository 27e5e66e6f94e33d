import { askingStates, canMove, type InquiryState, inquiryStates, taskIn } from '../../src/domain/inquiry.ts'
import { stateTexts } from '../../src/http/state-texts.ts'

const next = (from: InquiryState) => inquiryStates.filter((to) => canMove(from, to))
const label = (state: InquiryState) => stateTexts[state].label

/** The page `docs/tilstander.md`, in bokmål, from the table of moves itself. */
export function statesPage(): string {
  return `# Tilstandene en henvendelse kan stå i

Laget av \`npm run noark\` fra tabellen i \`src/domain/inquiry.ts\`. En flytting som ikke står her, blir nektet.

\`\`\`mermaid
stateDiagram-v2
${inquiryStates.map((state) => `  state "${label(state)}" as ${id(state)}`).join('\n')}
  [*] --> ${id('received')}
${inquiryStates.flatMap((from) => next(from).map((to) => `  ${id(from)} --> ${id(to)}`)).join('\n')}
${inquiryStates
  .filter(isAtRest)
  .map((state) => `  ${id(state)} --> [*]`)
  .join('\n')}
\`\`\`

| Tilstand | Kode | Hva det betyr | Hva du gjør | Kan bli |
|---|---|---|---|---|
${inquiryStates.map(row).join('\n')}
`
}

/** Nothing and nobody moves it on unless something new is decided. */
const isAtRest = (state: InquiryState) => taskIn(state) === undefined && !askingStates(false).includes(state)

const id = (state: InquiryState) => state.replaceAll('-', '_')

function row(state: InquiryState): string {
  const { meaning, whatToDo } = stateTexts[state]
  const ways = [...(isAtRest(state) ? ['– (ferdig)'] : []), ...next(state).map(label)].join(', ')
  return `| **${label(state)}** | \`${state}\` | ${meaning} | ${whatToDo} | ${ways} |`
}
