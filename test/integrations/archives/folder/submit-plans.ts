import { folderArchive } from '../../../../integrations/archives/folder/index.ts'
import { callContext } from '../../../support/call-context.ts'
import { numberedPlan } from './numbered-plan.ts'

// A process for a test to run beside others, and to kill: submits plans `from` up to `to`, three at a time, and says
// which as each is archived.
const [folder = '', from = '0', to = '0'] = process.argv.slice(2)
const { lookup: _, submit } = folderArchive.open({ ARCHIVE_FOLDER: folder })
const numbers = Array.from({ length: Number(to) - Number(from) }, (_, at) => Number(from) + at)

async function work(): Promise<void> {
  for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
    const { plan, files } = numberedPlan(number)
    const result = await submit(plan, callContext(files))
    if (result.state !== 'archived') throw new Error(JSON.stringify(result))
    process.stdout.write(`${number}\n`)
  }
}

await Promise.all([work(), work(), work()])
