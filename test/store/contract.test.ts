import { freshStore } from '../support/setup.ts'
import { storeContract } from '../support/store-contract/index.ts'

storeContract(async () => (await freshStore()).store)
