import sharp from 'sharp'
import { expect, test } from 'vitest'
import { holdsPosition } from '../../../src/documents/attachments/holds-position.ts'
import { positionPictures } from '../../support/position-pictures.ts'

test('which pictures tell where they were taken is found with precision and recall of 100 %', async () => {
  const judged = await Promise.all(
    positionPictures.map(async ({ name, tells, make }) => {
      const { exif, xmp } = await sharp(await make()).metadata()
      const found = holdsPosition({ ...(exif && { exif }), ...(xmp && { xmp }) })
      return { name, right: found && tells, wrong: found && !tells, missed: !found && tells }
    })
  )
  const named = (fault: 'wrong' | 'missed') => judged.filter((one) => one[fault]).map(({ name }) => name)
  expect({ wrong: named('wrong'), missed: named('missed') }).toEqual({ wrong: [], missed: [] })
  expect(judged.filter(({ right }) => right)).toHaveLength(24)
})
