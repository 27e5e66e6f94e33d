import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { folderBlobStore } from '../../../src/documents/blobs/folder-blob-store.ts'

// A process for a test to kill: puts bytes without end, and says so when some of them are on the disk.
let pieces = 0
const source = new Readable({
  read() {
    pieces += 1
    if (pieces === 50) process.stdout.write('writing\n')
    setImmediate(() => this.push(randomBytes(4096)))
  }
})
await folderBlobStore({ folder: process.argv[2] ?? '' }).put(source, { maxBytes: Number.MAX_SAFE_INTEGER })
