interface Price {
  /** US dollars per `unit`. */
  usd: number
  unit: string
  /** The date of the list price. */
  asOf: string
  page: string
}

const aws = (path: string) => `https://aws.amazon.com/${path}/pricing/`

/** The region of the prices; other regions cost up to a third more. */
export const REGION = 'us-east-1'

const million = (usd: number) => usd / 1e6

/** AWS's list prices: first tier, without free allowances, taxes and discounts. */
export const prices = {
  write: { usd: million(0.625), unit: 'write request units', asOf: '2024-11-01', page: aws('dynamodb') },
  replicated: { usd: million(0.625), unit: 'replicated write units', asOf: '2024-11-01', page: aws('dynamodb') },
  read: { usd: million(0.125), unit: 'read request units', asOf: '2024-11-01', page: aws('dynamodb') },
  stored: { usd: 0.25, unit: 'GB stored', asOf: '2024-11-01', page: aws('dynamodb') },
  recovery: { usd: 0.2, unit: 'GB that can be restored', asOf: '2024-11-01', page: aws('dynamodb') },
  request: { usd: million(3.5), unit: 'requests', asOf: '2026-02', page: aws('api-gateway') },
  invocation: { usd: million(0.2), unit: 'calls', asOf: '2026-02', page: aws('lambda') },
  gigabyteSecond: { usd: 0.0000133334, unit: 'GB s (arm64)', asOf: '2026-02', page: aws('lambda') },
  't3.small.search': { usd: 0.036, unit: 'hours of t3.small.search', asOf: '2026-03', page: aws('opensearch-service') },
  'm7g.large.search': {
    usd: 0.135,
    unit: 'hours of m7g.large.search',
    asOf: '2026-03',
    page: aws('opensearch-service'),
  },
  'm7g.medium.search': {
    usd: 0.068,
    unit: 'hours of m7g.medium.search',
    asOf: '2026-03',
    page: aws('opensearch-service'),
  },
  volume: { usd: 0.122, unit: 'GB of gp3', asOf: '2026-03', page: aws('opensearch-service') },
  logged: { usd: 0.5, unit: 'GB logged', asOf: '2026-02', page: aws('cloudwatch') },
  logsKept: { usd: 0.03, unit: 'GB of logs kept, packed', asOf: '2026-02', page: aws('cloudwatch') },
  metric: { usd: 0.3, unit: 'metrics', asOf: '2026-02', page: aws('cloudwatch') },
  alarm: { usd: 0.1, unit: 'metrics with an alarm', asOf: '2026-02', page: aws('cloudwatch') },
  dashboard: { usd: 3, unit: 'dashboards', asOf: '2026-02', page: aws('cloudwatch') },
  trace: { usd: million(5), unit: 'traces', asOf: '2026-02', page: aws('xray') },
  firewall: { usd: 5, unit: 'firewalls', asOf: '2026-02', page: aws('waf') },
  rule: { usd: 1, unit: 'rules', asOf: '2026-02', page: aws('waf') },
  inspected: { usd: million(0.6), unit: 'requests looked at', asOf: '2026-02', page: aws('waf') },
  user: { usd: 0.015, unit: 'users active (Essentials)', asOf: '2024-11-22', page: aws('cognito') },
  scheduled: { usd: million(1), unit: 'times', asOf: '2026-02', page: aws('eventbridge') },
  key: { usd: 1, unit: 'keys', asOf: '2026-02', page: aws('kms') },
  keyUse: { usd: 0.03 / 10_000, unit: 'uses of keys', asOf: '2026-02', page: aws('kms') },
  secret: { usd: 0.4, unit: 'secrets and their replicas', asOf: '2026-02', page: aws('secrets-manager') },
  between: { usd: 0.02, unit: 'GB between regions', asOf: '2026-02', page: aws('ec2/on-demand') },
  out: { usd: 0.09, unit: 'GB to the internet', asOf: '2026-02', page: aws('ec2/on-demand') },
  delivered: { usd: 0.085, unit: 'GB delivered', asOf: '2026-02', page: aws('cloudfront') },
  fetched: { usd: 0.01 / 10_000, unit: 'files fetched', asOf: '2026-02', page: aws('cloudfront') },
  object: { usd: 0.023, unit: 'GB kept', asOf: '2026-02', page: aws('s3') },
} as const satisfies Record<string, Price>
export type Priced = keyof typeof prices
