/** Prints a command's result: as JSON for programs, or as text. */
export function print(json: boolean, value: unknown, toText: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : toText())
}
