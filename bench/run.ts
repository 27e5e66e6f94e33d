import { delivery } from './delivery.ts'
import { document } from './document.ts'
import { endurance } from './endurance.ts'
import { intake } from './intake.ts'
import { journal } from './journal.ts'
import { type Bench, closing } from './measure.ts'
import { rebuild } from './rebuild.ts'
import { record } from './record.ts'
import { screening } from './screening.ts'
import { startup } from './startup.ts'

const all: Readonly<Record<string, Bench>> = {
  delivery,
  document,
  endurance,
  intake,
  journal,
  rebuild,
  record,
  screening,
  startup
}

const name = process.argv[2] ?? ''
const bench = all[name]
if (!bench) {
  console.error(`Bruk: npm run bench -- <${Object.keys(all).join(' | ')}>`)
  process.exitCode = 2
} else {
  const measured = await bench((text) => console.log(text))
  console.log(closing(measured))
  process.exitCode = measured.ok ? 0 : 1
}
