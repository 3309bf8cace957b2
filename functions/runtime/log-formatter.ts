import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger'
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types'

/**
 * Formats log lines as Powertools does, without what is the same in all lines of a function: its name, ARN and memory size, which the log
 * group and Lambda's own REPORT line contain, as well as cold starts. The request id stays: it correlates a line with that REPORT line.
 */
export class CompactLogFormatter extends LogFormatter {
  override formatAttributes(
    { logLevel, message, timestamp, serviceName, lambdaContext, xRayTraceId }: UnformattedAttributes,
    additional: LogAttributes,
  ): LogItem {
    const attributes = {
      level: logLevel,
      message,
      timestamp: this.formatTimestamp(timestamp),
      service: serviceName,
      function_request_id: lambdaContext?.awsRequestId,
      xray_trace_id: xRayTraceId,
    }
    return new LogItem({ attributes }).addAttributes(additional)
  }
}
