import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/** Sends bytes as they are to a port of this machine, and reads the response to the end of the connection. */
export async function sendRawTo(port: number, request: string): Promise<{ status: number; body: string }> {
  const socket = connect(port, '127.0.0.1')
  socket.write(request)
  const response = await text(socket)
  const [head = '', body = ''] = response.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), body }
}
