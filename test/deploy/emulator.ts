import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { freePorts } from '../e2e/free-ports.ts'
import { until } from '../e2e/until.ts'
import { ROOT, startProcess, stopProcess } from './child-process.ts'
import { type FunctionLog, readFunctionLog } from './function-log.ts'

const START_TIMEOUT_MS = 60_000

/** Root credentials of the emulator. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const

/** MiniStack, an emulator of AWS without containers. Its functions run with the Node on the path. */
export class Emulator {
  readonly port: number
  readonly #child: ReturnType<typeof startProcess>
  readonly #log: string

  private constructor(port: number, child: ReturnType<typeof startProcess>, log: string) {
    this.port = port
    this.#child = child
    this.#log = log
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Returns the configuration of an SDK client in a region. */
  at(region: string) {
    return { region, endpoint: this.url, credentials: CREDENTIALS }
  }

  /** Returns the environment of an AWS command line. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    }
  }

  /**
   * Starts it on a free loopback port, with permission checks.
   *
   * @param program the `ministack` of a Python environment
   * @param folder its data folder
   */
  static async start(program: string, folder: string): Promise<Emulator> {
    const port = await freePorts()
    const log = join(folder, 'emulator.log')
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
        // Lambda's runtime includes the AWS SDK, which the functions of the CDK expect.
        NODE_PATH: modules,
        TMPDIR: folder,
        S3_DATA_DIR: join(folder, 's3'),
        STATE_DIR: join(folder, 'state'),
      },
      log,
    })
    const emulator = new Emulator(port, child, log)
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
    if (hasExited()) throw new Error('the emulator exited before it was ready')
    return emulator
  }

  /** What has failed in the functions so far. */
  async functionLog(): Promise<FunctionLog> {
    return readFunctionLog(await readFile(this.#log, 'utf8'))
  }

  async stop(): Promise<void> {
    await stopProcess(this.#child)
  }
}
