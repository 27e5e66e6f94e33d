export interface Caller {
  /** Calls the API with the key, unless `headers` says otherwise. */
  call(path: string, init?: RequestInit): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

export function callerOf(address: string, key: string): Caller {
  const call: Caller['call'] = (path, init = {}) =>
    fetch(`${address}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } })
  return {
    call,
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers }
      })
  }
}
