/** `node test/deploy/print-reports.ts REPORT...`: prints what failed in the reports of jest, then `N passed, M failed` of all of them. */
import { readFile } from 'node:fs/promises'
import { countFailed, describeFailures, jestReport } from './jest-report.ts'

const files = process.argv.slice(2)
const reports = await Promise.all(files.map(async file => jestReport.parse(JSON.parse(await readFile(file, 'utf8')))))
for (const failure of reports.flatMap(describeFailures)) console.log(`failed: ${failure}`)
const passed = reports.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0)
const failed = reports.reduce((sum, report) => sum + countFailed(report), 0)
console.log(`${passed} passed, ${failed} failed`)
