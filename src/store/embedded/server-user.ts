import type { Stats } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { getuid } from 'node:process'

/**
 * The account that the server and its files belong to when the service is root, since PostgreSQL refuses to be root.
 */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** By convention the unprivileged account on Linux and macOS alike has this id when no account has its name. */
const nobody: ServerUser = { uid: 65_534, gid: 65_534 }

/** Whoever owns the cluster already, else `postgres`, else `nobody`. Undefined when the service is not root. */
export async function chooseServerUser(clusterFolder: string): Promise<ServerUser | undefined> {
  if (getuid?.() !== 0) return undefined
  const owner = await stat(clusterFolder).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return account(accounts, 'postgres') ?? account(accounts, 'nobody') ?? nobody
}

function account(passwd: string, name: string): ServerUser | undefined {
  const [, , uid, gid] =
    passwd
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':') ?? []
  // Ids may be written as negative numbers (nobody is -2 on macOS); the system calls take them unsigned.
  return uid === undefined || Number(uid) === 0 ? undefined : { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
}

/** Whether the user may pass through every folder from the root down to and including this one. */
export async function canReach(user: ServerUser | undefined, folder: string): Promise<boolean> {
  if (user === undefined) return true
  for (let at = await realpath(folder); ; at = dirname(at)) {
    if (!maySearch(user, await stat(at))) return false
    if (at === dirname(at)) return true
  }
}

function maySearch(user: ServerUser, folder: Stats): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}
