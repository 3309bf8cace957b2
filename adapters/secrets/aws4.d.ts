/** What is used of it here. */
declare module 'aws4' {
  interface Request {
    service: string
    region: string
    host: string
    method: string
    path: string
    headers: Record<string, string>
    body: string
  }

  interface Credentials {
    accessKeyId: string
    secretAccessKey: string
    sessionToken: string | undefined
  }

  export function sign<R extends Request>(request: R, credentials: Credentials): R

  /** How Node, which reads it as CommonJS, tells it. */
  const aws4: { sign: typeof sign }
  export default aws4
}
