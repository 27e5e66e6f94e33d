import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { migrateOnly } from './migrate-only.ts'
import { serve, work } from './serve.ts'
import { startFailure } from './start-failure.ts'
import { verify } from './verify.ts'

type Command = (env: NodeJS.ProcessEnv, args: readonly string[]) => Promise<number>

const commands: Readonly<Record<string, { readonly run: Command; readonly what: string; readonly takes?: string }>> = {
  serve: { run: serve, what: 'API-et, og behandling av køen' },
  worker: { run: work, what: 'bare behandling av køen' },
  migrate: { run: migrateOnly, what: 'gjør databasen klar for denne versjonen' },
  demo: { run: demo, what: 'starter, sender inn noen henvendelser og viser hva som ble arkivert' },
  verify: {
    run: verify,
    what: 'kontrollerer en slettetillatelse uten nett',
    takes: 'permit <fil> <nøkler.json>'
  },
  doctor: { run: doctor, what: 'undersøker oppsettet og sier hva som må gjøres' }
}

/** Runs `arkivbro <command>` and gives the exit code. Mistakes a person can mend are told without a stack. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = commands[args[0] ?? '']
  if (!command || (args.length > 1 && command.takes === undefined)) {
    console.error(usage())
    return 2
  }
  try {
    return await command.run(env, args.slice(1))
  } catch (error) {
    const told = startFailure(error)
    if (told === undefined) throw error
    console.error(told)
    return 1
  }
}

const usage = () =>
  [
    'Bruk: arkivbro <kommando>',
    '',
    ...Object.entries(commands).map(([name, { what, takes }]) => {
      const call = takes === undefined ? name : `${name} ${takes}`
      return `  ${call.padEnd(8)} ${what}`
    })
  ].join('\n')
