import type { Line, LineIndex } from '#domain/ports.ts'
import { lineKey } from '#domain/records/line.ts'
import { bulk } from './bulk.ts'
import type { Cluster } from './cluster.ts'
import { Makings } from './makings.ts'
import { LINES } from './template.ts'

/** The lines of a location's versions in an index of their own, for reports. A line that is there already stays. */
export class OpenSearchLineIndex implements LineIndex {
  readonly #cluster: Cluster
  readonly #makings: Makings

  constructor(cluster: Cluster, alias: string) {
    this.#cluster = cluster
    this.#makings = new Makings(cluster, alias, LINES)
  }

  async putLines(lines: readonly Line[]): Promise<void> {
    const operations = lines.map(line => ({
      action: { create: { _id: `${line.kind}#${lineKey(line)}` } },
      document: line,
    }))
    await this.#makings.inUse(() => bulk(this.#cluster, this.#makings.into(undefined), operations))
  }
}
