import { notKnown } from '../../../model';
import { data, existence, needs, node, type Answers, type Entry, type Look, type Reads } from '../entry';
import { listAt, numberAt, textAt, textsAt } from '../json';
import { usageBecause, usageRead } from '../usage';
import { bytes, count, shortName, some, when } from '../words';

/** Functions, queues, topics and logs: what comes in, what goes out, and what is stored. */

const lambda: Entry = {
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html', type: 'AWS::Lambda::Function', noun: 'function',
  stages: [({ target }) => ({
    // Its environment may hold secrets: the CLI leaves it out before it gets here.
    function: { args: ['lambda', 'get-function-configuration', '--function-name', target, '--query', '{Arn:FunctionArn,Role:Role,Runtime:Runtime,CodeSize:CodeSize,LastModified:LastModified,Sha:CodeSha256,PackageType:PackageType}'], what: `code and role of ${target}`, missing: /^ResourceNotFoundException$/, main: true },
  }), ({ target }, answers): Reads => (data(answers, 'function') === undefined ? {} : {
    mappings: { args: ['lambda', 'list-event-source-mappings', '--function-name', target, '--max-items', '100'], what: `event sources of ${target}` },
    aliases: { args: ['lambda', 'list-aliases', '--function-name', target, '--max-items', '100'], what: `aliases of ${target}` },
    versions: { args: ['lambda', 'list-versions-by-function', '--function-name', target, '--max-items', '100', '--query', 'Versions[].Version'], what: `versions of ${target}` },
    usage: usageRead('function', functionName(target)),
    policy: { args: ['lambda', 'get-policy', '--function-name', target], what: `who may call ${target}`, missing: /^ResourceNotFoundException$/ },
  })],
  identity: (answers) => [textAt(data(answers, 'function'), 'Arn'), textAt(data(answers, 'function'), 'Sha'), textAt(data(answers, 'function'), 'LastModified')],
  stackId: ({ target }) => functionName(target),
  tell({ target, held }, answers) {
    const one = data(answers, 'function');
    const sources = listAt(data(answers, 'mappings'), 'EventSourceMappings').flatMap((mapping) => {
      const arn = textAt(mapping, 'EventSourceArn');
      return arn === undefined ? [] : [{ arn, state: textAt(mapping, 'State') ?? 'unknown' }];
    });
    const aliases = textsAt(data(answers, 'aliases'), ['Aliases'], 'Name');
    const versions = listAt(data(answers, 'versions')).filter((version) => version !== '$LATEST').length;
    const role = textAt(one, 'Role');
    const size = numberAt(one, 'CodeSize');
    const callers = callersOf(textAt(data(answers, 'policy'), 'Policy'));
    const qualifier = held.text('qualifier', 'Qualifier');
    return {
      exists: existence(answers, 'function'), outcome: 'lost', data: 'none',
      reversibility: { kind: 'recoverable', how: 'Deploy it again from its source; its versions, aliases and event sources have to be made again.', until: 'its source is lost' },
      ...(size === undefined ? {} : { size: `${bytes(size)} of code` }),
      because: one === undefined ? [] : [
        `It was last changed on ${(textAt(one, 'LastModified') ?? 'an unknown day').slice(0, 10)} (${textAt(one, 'Runtime') ?? textAt(one, 'PackageType') ?? 'unknown runtime'}).`,
        ...(qualifier !== undefined ? [`Only version ${qualifier} of it goes.`] : answers['versions']?.kind !== 'data' || answers['aliases']?.kind !== 'data' ? [] : [`${count(versions, 'published version')} and ${count(aliases.length, 'alias', 'aliases')}${aliases.length === 0 ? '' : ` (${some(aliases)})`} go with it.`]),
        ...usageBecause('function', answers),
        ...(callers.length === 0 ? [] : [`Its policy lets ${some(callers)} call it.`]),
      ],
      also: [
        ...sources.map(({ arn, state }) => node(arn, typeOfSource(arn), 'interrupted', `It starts ${target} (${state}): what it holds is no longer worked off.`, { data: 'kept' })),
        ...(role === undefined ? [] : [node(shortName(role), 'AWS::IAM::Role', 'unchanged', `${target} runs as it.`)]),
      ],
      dependencies: [...sources.map(({ arn }) => needs(arn, target, 'event-source', 'event source mapping')), ...(role === undefined ? [] : [needs(target, shortName(role), 'iam-role', 'runs as it')])],
      unknowns: [notKnown('dependents', target, 'Rules, schedules, APIs and programs that call it by name are only known as far as its policy names them. Look at its triggers in the console before you approve.')],
    };
  },
};

function functionName(target: string): string {
  return /:function:([^:]+)/.exec(target)?.[1] ?? target;
}

/** Who a resource policy of Lambda lets in: services, accounts and the sources they are bound to. */
export function callersOf(policy: string | undefined): string[] {
  if (policy === undefined) return [];
  try {
    return [...new Set(listAt(JSON.parse(policy), 'Statement').flatMap((one) => {
      const source = textAt(one, 'Condition', 'ArnLike', 'AWS:SourceArn') ?? textAt(one, 'Condition', 'ArnEquals', 'AWS:SourceArn');
      const who = textAt(one, 'Principal', 'Service') ?? textAt(one, 'Principal', 'AWS') ?? textAt(one, 'Principal');
      return who === undefined ? [] : [source === undefined ? who : `${who} (${source})`];
    }))];
  } catch {
    return [];
  }
}

function typeOfSource(arn: string): string {
  switch (arn.split(':')[2]) {
    case 'sqs': return 'AWS::SQS::Queue';
    case 'kinesis': return 'AWS::Kinesis::Stream';
    case 'dynamodb': return 'AWS::DynamoDB::Table';
    case 'kafka': return 'AWS::MSK::Cluster';
    case 'mq': return 'AWS::AmazonMQ::Broker';
    default: return 'event source';
  }
}

const SQS = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_';
const NO_QUEUE = /^(?:AWS\.SimpleQueueService\.NonExistentQueue|QueueDoesNotExist|com\.amazonaws\.sqs#QueueDoesNotExist)$/;

function queue(operation: 'DeleteQueue' | 'PurgeQueue'): Entry {
  const purge = operation === 'PurgeQueue';
  return {
    source: `${SQS}${operation}.html`, type: 'AWS::SQS::Queue', noun: 'queue', targets: (held) => [held.text('queue-url', 'QueueUrl') ?? held.args[held.args.indexOf('--queue-url') + 1]].filter((url) => url !== undefined),
    stages: [({ target }) => ({ queue: { args: ['sqs', 'get-queue-attributes', '--queue-url', target, '--attribute-names', 'All'], what: `messages in ${shortName(target)}`, missing: NO_QUEUE, main: true } }), ({ target }, answers): Reads => {
      const arn = textAt(data(answers, 'queue'), 'Attributes', 'QueueArn');
      return arn === undefined ? {} : {
        mappings: { args: ['lambda', 'list-event-source-mappings', '--event-source-arn', arn, '--max-items', '50'], what: `functions that read ${shortName(target)}` },
        dead: { args: ['sqs', 'list-dead-letter-source-queues', '--queue-url', target, '--max-items', '50'], what: `queues whose dead letters come to ${shortName(target)}`, missing: NO_QUEUE },
      };
    }],
    identity: (answers) => [textAt(data(answers, 'queue'), 'Attributes', 'QueueArn'), textAt(data(answers, 'queue'), 'Attributes', 'CreatedTimestamp')],
    stackId: purge ? null : ({ target }) => target,
    tell({ target }, answers) {
      const attributes = data(answers, 'queue', 'Attributes');
      const waiting = numberAt(attributes, 'ApproximateNumberOfMessages');
      const hidden = numberAt(attributes, 'ApproximateNumberOfMessagesNotVisible') ?? 0;
      const delayed = numberAt(attributes, 'ApproximateNumberOfMessagesDelayed') ?? 0;
      const readers = textsAt(data(answers, 'mappings'), ['EventSourceMappings'], 'FunctionArn').map(shortName);
      const sources = textsAt(data(answers, 'dead'), ['queueUrls']);
      const total = waiting === undefined ? undefined : waiting + hidden + delayed;
      const key = textAt(attributes, 'KmsMasterKeyId');
      return {
        exists: existence(answers, 'queue'), outcome: 'lost', data: total === 0 ? 'none' : 'lost', action: purge ? 'modify' : 'remove',
        reversibility: { kind: 'irreversible', how: purge ? 'There is no way back: purged messages are gone.' : 'A queue of the same name can be made after 60 seconds; the messages do not come back.' },
        ...(total === undefined ? {} : { size: `about ${count(total, 'message')}` }),
        because: waiting === undefined ? [] : [`About ${count(waiting, 'message')} wait${waiting === 1 ? 's' : ''}, ${hidden} ${hidden === 1 ? 'is' : 'are'} being worked on, ${delayed} delayed; AWS's counts are approximate.`],
        also: [
          ...readers.map((name) => node(name, 'AWS::Lambda::Function', purge ? 'unchanged' : 'interrupted', `It is started by ${shortName(target)}.`)),
          ...sources.map((url) => node(url, 'AWS::SQS::Queue', purge ? 'unchanged' : 'interrupted', `Its dead letters come to ${shortName(target)}.`, { data: 'kept' })),
          ...(key === undefined ? [] : [node(key, 'AWS::KMS::Key', 'unchanged', `It encrypts ${shortName(target)}.`)]),
        ],
        dependencies: [
          ...readers.map((name) => needs(name, target, 'event-source', 'reads it')), ...sources.map((url) => needs(url, target, 'reference', 'sends its dead letters to it')),
          ...(key === undefined ? [] : [needs(target, key, 'kms-key', 'encrypted with it')]),
        ],
      };
    },
  };
}

const topic: Entry = {
  source: 'https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html', type: 'AWS::SNS::Topic', noun: 'topic',
  stages: [({ target }) => ({ topic: { args: ['sns', 'get-topic-attributes', '--topic-arn', target], what: `topic ${shortName(target)}`, missing: /^NotFound(?:Exception)?$/, main: true } }), ({ target }, answers): Reads => (data(answers, 'topic') === undefined ? {} : {
    subscriptions: { args: ['sns', 'list-subscriptions-by-topic', '--topic-arn', target, '--max-items', '100'], what: `subscriptions of ${shortName(target)}`, missing: /^NotFound(?:Exception)?$/ },
  })],
  identity: (answers) => [textAt(data(answers, 'topic'), 'Attributes', 'TopicArn'), textAt(data(answers, 'topic'), 'Attributes', 'Owner')],
  tell({ target }, answers) {
    const list = listAt(data(answers, 'subscriptions'), 'Subscriptions');
    // Addresses of people stay out of the review; what AWS runs is named.
    const arns = list.flatMap((one) => (/^(?:lambda|sqs|firehose|application)$/.test(textAt(one, 'Protocol') ?? '') ? (textAt(one, 'Endpoint') ?? []) : []));
    const kinds = [...new Set(list.map((one) => textAt(one, 'Protocol') ?? 'unknown'))];
    return {
      exists: existence(answers, 'topic'), outcome: 'lost', data: 'none', reversibility: { kind: 'recoverable', how: 'Make the topic again; everybody has to subscribe again, people by confirming a mail.' },
      because: answers['subscriptions']?.kind === 'data' ? [`${textAt(data(answers, 'subscriptions'), 'NextToken') === undefined ? '' : 'At least '}${count(list.length, 'subscription')} go${list.length === 1 ? 'es' : ''} with it${kinds.length === 0 ? '' : ` (${some(kinds)})`}.`] : [],
      also: arns.map((arn) => node(arn, typeOfEndpoint(arn), 'interrupted', `It gets what is sent to ${shortName(target)}.`, { data: 'kept' })),
      dependencies: arns.map((arn) => needs(arn, target, 'event-source', 'subscribed to it')),
      unknowns: [notKnown('dependents', target, 'Which alarms and programs send to it is not told by AWS. Search code and alarms for its name.')],
    };
  },
};

function typeOfEndpoint(arn: string): string {
  return arn.includes(':lambda:') ? 'AWS::Lambda::Function' : arn.includes(':sqs:') ? 'AWS::SQS::Queue' : 'subscriber';
}

const group = ({ target }: Look): Reads => ({ group: { args: ['logs', 'describe-log-groups', '--log-group-name-prefix', target, '--max-items', '50'], what: `size of log group ${target}`, main: true } });
const groupOf = (answers: Answers, target: string): unknown => listAt(data(answers, 'group'), 'logGroups').find((one) => textAt(one, 'logGroupName') === target);

const logGroup: Entry = {
  source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html', type: 'AWS::Logs::LogGroup', noun: 'log group',
  stages: [group, ({ target }, answers): Reads => (groupOf(answers, target) === undefined ? {} : {
    filters: { args: ['logs', 'describe-subscription-filters', '--log-group-name', target], what: `subscription filters of ${target}`, missing: /^ResourceNotFoundException$/ },
    metrics: { args: ['logs', 'describe-metric-filters', '--log-group-name', target, '--max-items', '50'], what: `metric filters of ${target}`, missing: /^ResourceNotFoundException$/ },
  })],
  identity: (answers) => listAt(data(answers, 'group'), 'logGroups').map((one) => [textAt(one, 'arn'), textAt(one, 'creationTime')]),
  tell({ target }, answers) {
    const one = groupOf(answers, target);
    const stored = numberAt(one, 'storedBytes');
    const filters = listAt(data(answers, 'filters'), 'subscriptionFilters').flatMap((filter) => textAt(filter, 'destinationArn') ?? []);
    const metrics = textsAt(data(answers, 'metrics'), ['metricFilters'], 'filterName');
    return {
      exists: answers['group']?.kind === 'data' ? one !== undefined : undefined, outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: 'There is no way back: its log events are gone. Export them first: aws logs create-export-task.' },
      ...(stored === undefined ? {} : { size: bytes(stored) }),
      because: one === undefined ? [] : [`It keeps events ${numberAt(one, 'retentionInDays') === undefined ? 'for ever' : `for ${count(numberAt(one, 'retentionInDays') ?? 0, 'day')}`}${textAt(one, 'creationTime') === undefined ? '' : `, since ${when(Number(textAt(one, 'creationTime')) / 1000)}`}.`, ...(metrics.length === 0 ? [] : [`Its metric filters go with it, and their alarms get no data: ${some(metrics)}.`])],
      also: filters.map((arn) => node(arn, typeOfEndpoint(arn), 'interrupted', `It gets the events of ${target}.`)),
      dependencies: filters.map((arn) => needs(arn, target, 'event-source', 'subscription filter')),
    };
  },
};

export const messagingEntries: Readonly<Record<string, Entry>> = {
  'lambda delete-function': lambda,
  'sqs delete-queue': queue('DeleteQueue'),
  'sqs purge-queue': queue('PurgeQueue'),
  'sns delete-topic': topic,
  'logs delete-log-group': logGroup,
};
