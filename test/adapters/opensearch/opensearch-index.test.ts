import { afterAll } from '@jest/globals'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { candidateIndexContract } from '../candidate-index.ts'
import { rebuildableIndexContract } from '../rebuildable-index.ts'
import { searchExamples } from '../search-examples.ts'
import { sortedIndexContract } from '../sorted-index.ts'
import { describeWithOpenSearch, freshIndex, sweep } from './engine.ts'

describeWithOpenSearch('the contract of the ports', url => {
  afterAll(sweep)
  const make = () => freshIndex(new Cluster({ url }))
  candidateIndexContract('OpenSearch', make)
  rebuildableIndexContract('OpenSearch', make)
  searchExamples('OpenSearch', make)
  sortedIndexContract('OpenSearch', make)
})
