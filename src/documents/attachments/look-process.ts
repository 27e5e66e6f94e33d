import { beChild, reasonOf } from '../processes/be-child.ts'
import { lookAt } from './look-at.ts'
import type { FromLookProcess, ToLookProcess } from './look-messages.ts'

// The process that opens files from outside: started by the pool, one file at a time, ended from outside.

const say = (message: FromLookProcess) => void process.send?.(message)

process.on('message', (file: ToLookProcess) => {
  lookAt(file).then(
    (look) => say({ kind: 'looked', look, rss: process.memoryUsage.rss() }),
    (error) => say({ kind: 'failed', reason: reasonOf(error) })
  )
})
beChild()
