import { modelStore } from '../support/model-store/index.ts'
import { storeContract } from '../support/store-contract/index.ts'

storeContract(async () => modelStore())
