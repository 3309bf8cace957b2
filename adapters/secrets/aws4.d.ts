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

  const aws4: { sign<R extends Request>(request: R, credentials: Credentials): R }
  export default aws4
}
