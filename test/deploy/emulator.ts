import { delimiter, join } from 'node:path'
import { freePort } from '#local/free-port.ts'
import { until } from '../e2e/until.ts'
import { ROOT, startProcess, stopProcess } from './child-process.ts'

const START_TIMEOUT_MS = 60_000

/** Nobody's: whoever says these to the emulator may do everything. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const

/** MiniStack: AWS on one machine, without containers. Its functions are processes of the Node that is on the path. */
export class Emulator {
  readonly port: number
  readonly #child: ReturnType<typeof startProcess>

  private constructor(port: number, child: ReturnType<typeof startProcess>) {
    this.port = port
    this.#child = child
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** How a client of a region is told of it. */
  at(region: string) {
    return { region, endpoint: this.url, credentials: CREDENTIALS }
  }

  /** How a command line is told of it. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    }
  }

  /**
   * Starts it on a free port of this machine alone, with every permission checked.
   *
   * @param program the `ministack` of a Python environment
   * @param folder where it may write
   */
  static async start(program: string, folder: string): Promise<Emulator> {
    const port = await freePort()
    const modules = join(ROOT, 'node_modules')
    const child = startProcess({
      command: program,
      args: [],
      environment: {
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        AUTH: 'true',
        SFTP_ENABLED: '0',
        IOT_MTLS_ENABLED: '0',
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
        AWS_SESSION_TOKEN: '',
        AWS_ENDPOINT_URL: undefined,
        PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter),
        // Lambda's runtime brings AWS's clients along; the development kit's own functions count on that.
        NODE_PATH: modules,
        TMPDIR: folder,
        S3_DATA_DIR: join(folder, 's3'),
        STATE_DIR: join(folder, 'state'),
      },
      log: join(folder, 'emulator.log'),
    })
    const emulator = new Emulator(port, child)
    const isReady = () =>
      fetch(`${emulator.url}/_ministack/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    const hasExited = () => child.exitCode !== null
    await until(async () => hasExited() || (await isReady()), START_TIMEOUT_MS, 'the emulator').catch(
      async (error: unknown) => {
        await stopProcess(child)
        throw error
      },
    )
    if (hasExited()) throw new Error('the emulator ended instead of being ready')
    return emulator
  }

  async stop(): Promise<void> {
    await stopProcess(this.#child)
  }
}
