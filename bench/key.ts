/** A key that the settings accept, for servers that live as long as a benchmark. */
export const ADMIN_KEY = 'bench.7c1e5a90d2f84b36e9a1035cf6b8d2470e19'
