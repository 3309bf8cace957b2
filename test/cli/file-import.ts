import { type Customer, customer } from '#contract/schemas/customer.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type CommandResult, Folder, runRegistry } from './run.ts'

/** A server with sample data, and a folder of files that are ingested into it. */
export class FileImport {
  readonly server: TestServer
  readonly folder: Folder
  #sources = 0

  constructor(server: TestServer, folder: Folder) {
    this.server = server
    this.folder = folder
  }

  static async start(): Promise<FileImport> {
    const [server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '1' }), Folder.create()])
    return new FileImport(server, folder)
  }

  async stop(): Promise<void> {
    await Promise.all([this.server.stop(), this.folder.remove()])
  }

  /** The source of the last `ingest`. */
  get source(): string {
    return `files-${this.#sources}`
  }

  run(command: string, ...words: string[]): Promise<CommandResult> {
    return runRegistry([command, ...words, '--url', this.server.url])
  }

  ingestAs(source: string, file: string, ...words: string[]): Promise<CommandResult> {
    return this.run('ingest', file, '--source', source, ...words)
  }

  /** Ingests a file as a new source. */
  ingest(file: string, ...words: string[]): Promise<CommandResult> {
    this.#sources += 1
    return this.ingestAs(this.source, file, ...words)
  }

  /** The customers of a source. */
  async listed(source = this.source): Promise<Customer[]> {
    const token = await this.server.token('agent')
    const { text } = await this.server.api('GET', `/v1/customers?source=${source}&limit=100&state=all`, { token })
    return JSON.parse(text).items.map((item: unknown) => customer.parse(item))
  }
}

export const summary = ({ stdout, stderr }: CommandResult) => {
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
