import { chmod, chown, lstat, mkdir, mkdtemp, readlink, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getuid } from 'node:process'
import { canReach, type ServerUser } from './server-user.ts'

/** Names the socket file; nothing listens on a TCP port. */
export const SOCKET_PORT = 5432
export const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`

const LINK_NAME = 'socket-elsewhere'

/** The system's own limit is 104 bytes on macOS and 108 on Linux, with the closing zero. */
const SOCKET_PATH_BYTES_MAX = 100

/**
 * A folder that only the server's user (and root) may enter, for the socket: `socket` in the data folder. When that
 * path is too long for a socket, or out of the user's reach, it is a private temporary folder, and the link `socket-
 * elsewhere` is how the next start finds the same one.
 */
export async function prepareSocketFolder(dataFolder: string, user: ServerUser | undefined): Promise<string> {
  const inside = join(dataFolder, 'socket')
  if (fits(inside) && (await canReach(user, dataFolder))) {
    await mkdir(inside, { recursive: true, mode: 0o700 })
    await makePrivate(inside, user)
    return inside
  }
  const link = join(dataFolder, LINK_NAME)
  const linked = await readlink(link).catch(() => undefined)
  if (linked !== undefined && (await isPrivate(linked, user))) return linked
  await rm(link, { force: true })
  const outside = await temporaryFolder(user)
  await symlink(outside, link)
  return outside
}

/** After the server has ended: leaves no temporary folder behind. */
export async function removeSocketFolder(dataFolder: string): Promise<void> {
  const link = join(dataFolder, LINK_NAME)
  const outside = await readlink(link).catch(() => undefined)
  if (outside !== undefined) await rm(outside, { recursive: true, force: true })
  await rm(link, { force: true })
  await rm(join(dataFolder, 'socket'), { recursive: true, force: true })
}

const fits = (folder: string) => Buffer.byteLength(join(folder, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX

async function temporaryFolder(user: ServerUser | undefined): Promise<string> {
  const own = tmpdir()
  const base = fits(join(own, 'arkivbro-XXXXXX')) && (await canReach(user, own)) ? own : '/tmp'
  const folder = await mkdtemp(join(base, 'arkivbro-'))
  await makePrivate(folder, user)
  return folder
}

async function makePrivate(folder: string, user: ServerUser | undefined): Promise<void> {
  await chmod(folder, 0o700)
  if (user !== undefined) await chown(folder, user.uid, user.gid)
}

async function isPrivate(folder: string, user: ServerUser | undefined): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined)
  return found?.isDirectory() === true && found.uid === (user?.uid ?? getuid?.()) && (found.mode & 0o077) === 0
}
