import { message, pictures, renderer, thread } from './thread-maker.ts'

// Stands in for a service that is killed: its render process waits for a picture that never comes.
const { image } = pictures()
const { render, pids } = renderer({
  blobs: {
    open: () => {
      process.stdout.write(`${pids[0]}\n`)
      return new Promise(() => {})
    }
  }
})
await render(thread({ messages: [message({ images: [image(Buffer.from('x'), 'image/png', 'bilde.png')] })] }))
