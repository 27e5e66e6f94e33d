import { canMove, type InquiryState, inquiryStates } from '../../src/domain/inquiry.ts'
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
  .filter((state) => next(state).length === 0)
  .map((state) => `  ${id(state)} --> [*]`)
  .join('\n')}
\`\`\`

| Tilstand | Kode | Hva det betyr | Hva du gjør | Kan bli |
|---|---|---|---|---|
${inquiryStates.map(row).join('\n')}
`
}

const id = (state: InquiryState) => state.replaceAll('-', '_')

function row(state: InquiryState): string {
  const { meaning, whatToDo } = stateTexts[state]
  const ways = next(state).map(label).join(', ')
  return `| **${label(state)}** | \`${state}\` | ${meaning} | ${whatToDo} | ${ways || '– (ferdig)'} |`
}
