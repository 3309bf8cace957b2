/** What the emulator's log says of the functions. */

/** Calls that a function made without permission. Its retries may hide them from the tests. */
const DENIED = /AccessDenied/
const FAULT = /"level":"(ERROR|CRITICAL)"|timed out|Traceback/
/** The line with which the emulator introduces what a function wrote. */
const OUTPUT_OF = /\[lambda\].* Lambda (\S+) output:/
const MAX_LENGTH = 300

export interface FunctionLog {
  /** A line for each kind of call that was denied. */
  denied: readonly string[]
  /** A line for each kind of fault, and how often it occurred. */
  faults: readonly string[]
}

/** What differs between two lines of one kind: times and ids. */
const withoutDetails = (line: string): string =>
  line
    .replaceAll(/"(timestamp|xray_trace_id|itemIdentifier|request_id|requestId)":"[^"]*",?/g, '')
    .replace(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} /, '')
    .slice(0, MAX_LENGTH)

/** Reads what failed in the functions. */
export function readFunctionLog(text: string): FunctionLog {
  const counts = new Map<string, number>()
  let name = ''
  for (const line of text.split('\n')) {
    name = OUTPUT_OF.exec(line)?.[1] ?? name
    if (!DENIED.test(line) && !FAULT.test(line)) continue
    const kind = `${name}: ${withoutDetails(line)}`
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const lines = [...counts].map(([kind, count]) => `${count} × ${kind}`)
  return { denied: lines.filter(line => DENIED.test(line)), faults: lines.filter(line => !DENIED.test(line)) }
}
