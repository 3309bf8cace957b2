import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { PREFIX } from '../names.ts'

/** The runbook, whose headings are the alarms' names. */
const RUNBOOK = 'docs/runbook.md'

export interface AlarmProps {
  /** The subject, if several alarms share a heading. */
  subject?: string
  metric: IMetric
  /** The threshold above which the alarm is raised; below which, with `below`. */
  threshold: number
  isLowerBound?: true
  /** The number of consecutive periods. */
  periods?: number
  /** Missing data also raises the alarm. */
  missingData?: 'breaching'
  description: string
}

/** The alarms of a region. Each description says what is wrong and links to the runbook. */
export class Alarms extends Construct {
  readonly all: Alarm[] = []
  readonly #topic: Topic

  constructor(scope: Construct, id: string, { key, email }: { key: IKey; email: string | undefined }) {
    super(scope, id)
    this.#topic = new Topic(this, 'Topic', {
      topicName: `${PREFIX}-alarms`,
      displayName: 'Customer registry: alarms',
      masterKey: key,
      enforceSSL: true,
    })
    if (email !== undefined) this.#topic.addSubscription(new EmailSubscription(email))
  }

  /** @param heading in the runbook */
  add(
    heading: string,
    { subject, metric, threshold, isLowerBound, periods = 1, missingData, description }: AlarmProps,
  ): Alarm {
    const name = subject === undefined ? heading : `${heading}-${subject}`
    const alarm = new Alarm(this, name, {
      alarmName: `${PREFIX}-${name}`,
      alarmDescription: `${description} See ${RUNBOOK}#${heading}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: isLowerBound
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missingData === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
    const action = new SnsAction(this.#topic)
    alarm.addAlarmAction(action)
    alarm.addOkAction(action)
    this.all.push(alarm)
    return alarm
  }
}
