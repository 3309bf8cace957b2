import { afterAll } from '@jest/globals'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { namesAndNumbersAsTheyStand } from '../as-it-stands.ts'
import { candidateIndexContract } from '../candidate-index.ts'
import { hanNames } from '../han-names.ts'
import { rebuildableIndexContract } from '../rebuildable-index.ts'
import { searchExamples } from '../search-examples.ts'
import { sortedIndexContract } from '../sorted-index.ts'
import { worldNames } from '../world-names.ts'
import { writtenNames } from '../written-names.ts'
import { deleteTestIndexes, describeWithOpenSearch, freshIndex } from './engine.ts'

describeWithOpenSearch('the contract of the ports', url => {
  afterAll(deleteTestIndexes)
  const createIndex = () => freshIndex(new Cluster({ url }))
  candidateIndexContract('OpenSearch', createIndex)
  rebuildableIndexContract('OpenSearch', createIndex)
  hanNames('OpenSearch', createIndex)
  searchExamples('OpenSearch', createIndex)
  worldNames('OpenSearch', createIndex)
  writtenNames('OpenSearch', createIndex)
  namesAndNumbersAsTheyStand('OpenSearch', createIndex)
  sortedIndexContract('OpenSearch', createIndex)
})
