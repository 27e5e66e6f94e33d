import { afterEach, vi } from 'vitest'

/** Suites share their process: a test that has faked the clock leaves a real one. */
afterEach(() => void vi.useRealTimers())
