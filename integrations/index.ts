import type { TObject } from 'typebox'
import type { ArchiveConnector, PlatformNormaliser } from '../src/flow/ports.ts'
import { folderArchive } from './archives/folder/index.ts'
import { facebook } from './platforms/facebook/index.ts'
import { mastodon } from './platforms/mastodon/index.ts'

/** An archive we can deliver to, with the settings it reads from the environment. */
export interface ArchiveIntegration {
  readonly name: string
  readonly settings: TObject
  open(settings: never): ArchiveConnector
}

/** One line per archive. */
export const archives: readonly ArchiveIntegration[] = [folderArchive]

/** One line per platform. */
export const platforms: readonly PlatformNormaliser[] = [facebook, mastodon]
