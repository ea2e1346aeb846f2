import { data, type Answers } from './entry';
import { listAt, numberAt } from './json';
import type { Read } from './reader';
import { count } from './words';

/** Whether something is in use now, as CloudWatch counts it. */
interface Measure {
  readonly namespace: string;
  readonly metric: string;
  readonly dimension: string;
  /** How the datapoints make one number: the largest of them, or all together. */
  readonly statistic: 'Maximum' | 'Sum';
  /** One of what is counted ("connection"). */
  readonly noun: string;
  readonly hours: number;
  /** The page that says what the metric counts. */
  readonly source: string;
}

/** Metrics by what they are asked for. Every one is sent by the service itself, without being switched on. */
const MEASURES = {
  database: { namespace: 'AWS/RDS', metric: 'DatabaseConnections', dimension: 'DBInstanceIdentifier', statistic: 'Maximum', noun: 'connection', hours: 3, source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html' },
  cluster: { namespace: 'AWS/RDS', metric: 'DatabaseConnections', dimension: 'DBClusterIdentifier', statistic: 'Maximum', noun: 'connection', hours: 3, source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html' },
  table: { namespace: 'AWS/DynamoDB', metric: 'ConsumedReadCapacityUnits', dimension: 'TableName', statistic: 'Sum', noun: 'read unit', hours: 24, source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html' },
  function: { namespace: 'AWS/Lambda', metric: 'Invocations', dimension: 'FunctionName', statistic: 'Sum', noun: 'invocation', hours: 24, source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html' },
} as const satisfies Readonly<Record<string, Measure>>;

export type Usage = keyof typeof MEASURES;

const HOUR = 3_600_000;

/** The read of a measure for one thing. */
export function usageRead(usage: Usage, name: string, now = Date.now()): Read {
  const { namespace, metric, dimension, statistic, hours } = MEASURES[usage];
  const time = (ms: number): string => new Date(ms).toISOString().slice(0, 16).concat(':00Z');
  return {
    args: ['cloudwatch', 'get-metric-statistics', '--namespace', namespace, '--metric-name', metric, '--dimensions', `Name=${dimension},Value=${name}`, '--statistics', statistic, '--period', '3600', '--start-time', time(now - hours * HOUR), '--end-time', time(now)],
    what: `whether ${name} is in use`,
  };
}

/** The sentence about it. Nothing measured is no proof of no use, and is not said as one. */
export function usageBecause(usage: Usage, answers: Answers): string[] {
  const { statistic, noun, hours, metric } = MEASURES[usage];
  if (answers['usage']?.kind !== 'data') return [];
  const values = listAt(data(answers, 'usage'), 'Datapoints').flatMap((point) => numberAt(point, statistic) ?? []);
  if (values.length === 0) return [`CloudWatch has no ${noun}s of it in the last ${hours} hours (${metric}).`];
  const total = statistic === 'Sum' ? values.reduce((sum, one) => sum + one, 0) : Math.max(...values);
  return [total === 0
    ? `CloudWatch counted no ${noun} in the last ${hours} hours (${metric}).`
    : `It is in use: ${statistic === 'Maximum' ? 'up to ' : ''}${count(Math.round(total), noun)} in the last ${hours} hours (${metric}).`];
}
