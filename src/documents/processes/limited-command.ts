export interface Limits {
  /** Of everything the process may write to; heeded on Linux. */
  readonly memoryMb: number
  /** Of work, so that it ends also when nobody is left to end it. */
  readonly cpuSeconds?: number
}

export const SHELL = '/bin/sh'

// RLIMIT_DATA counts what is written to and not what is only reserved, which V8 and WebAssembly do by the gigabyte. A
// machine whose own limit is lower keeps it.
const LIMITED = 'ulimit -d "$0" 2>/dev/null; ulimit -t "$1" 2>/dev/null; shift; exec "$@"'

/** Arguments for the shell that make it set limits and then become the program, under the same process id. */
export const limitedCommand = (
  { memoryMb, cpuSeconds }: Limits,
  program: string,
  args: readonly string[] = []
): readonly string[] => ['-c', LIMITED, String(memoryMb * 1024), String(cpuSeconds ?? 'unlimited'), program, ...args]
