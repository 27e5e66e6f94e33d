// Stands in for a decoder that a hostile file has fooled: writes to as much memory as it is told to, then says so.
process.on('message', (megabytes: number) => {
  const held = Array.from({ length: megabytes / 10 }, () => Buffer.alloc(10_000_000, 1))
  process.send?.({ held: held.length * 10, environment: Object.keys(process.env) })
})
