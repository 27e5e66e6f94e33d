import type { TObject } from 'typebox'
import type { ArchiveConnector, PlatformNormaliser } from '../src/flow/ports.ts'
import { folderArchive } from './archives/folder/index.ts'
import { noark5Api } from './archives/noark5-api/index.ts'
import { facebook } from './platforms/facebook/index.ts'
import { mastodon } from './platforms/mastodon/index.ts'

/** An archive we can deliver to, with the settings it reads from the environment. */
export interface ArchiveIntegration {
  readonly name: string
  readonly settings: TObject
  /** Settings that the others make necessary: one line each in bokmål, never with a value. */
  missing?(settings: never): readonly string[]
  open(settings: never): ArchiveConnector
}

/** One line per archive. */
export const archives: readonly ArchiveIntegration[] = [folderArchive, noark5Api]

/** One line per platform. */
export const platforms: readonly PlatformNormaliser[] = [facebook, mastodon]
