import type { ResolvedResource, ResolvedTemplate } from './scope';
import { isList, isObject, isSymbolic, scalarText, symbolic, type Value, type ValueObject } from './value';

export const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';

/*
 * What the SAM transform makes of its types beside the resource that carries the logical id.
 * Source: "Generated CloudFormation resources", AWS SAM developer guide, a page per type; checked against aws-sam-translator 1.110.
 * Names with a hash in them (versions, layer versions, API deployments) can't be told without the transform.
 */

/** Properties of a function that become resources of their own, not part of the Lambda function. */
const NOT_LAMBDAS = new Set(['Events', 'Policies', 'PermissionsBoundary', 'RolePath', 'AssumeRolePolicyDocument', 'AutoPublishAlias', 'AutoPublishCodeSha256', 'DeploymentPreference', 'EventInvokeConfig', 'FunctionUrlConfig', 'ProvisionedConcurrencyConfig', 'VersionDescription', 'Connectors']);
const NOT_STATE_MACHINES = new Set(['Events', 'Policies', 'PermissionsBoundary', 'RolePath', 'AutoPublishAlias', 'DeploymentPreference', 'UseAliasAsEventTarget']);

/** The resource that an event makes, by the event's type: its own type, and what SAM's property is called there. */
const EVENTS: Readonly<Record<string, { readonly type?: string; readonly names?: Readonly<Record<string, string>>; readonly permission: boolean }>> = {
  SQS: { type: 'AWS::Lambda::EventSourceMapping', names: { Queue: 'EventSourceArn' }, permission: false },
  Kinesis: { type: 'AWS::Lambda::EventSourceMapping', names: { Stream: 'EventSourceArn' }, permission: false },
  DynamoDB: { type: 'AWS::Lambda::EventSourceMapping', names: { Stream: 'EventSourceArn' }, permission: false },
  MSK: { type: 'AWS::Lambda::EventSourceMapping', names: { Stream: 'EventSourceArn' }, permission: false },
  MQ: { type: 'AWS::Lambda::EventSourceMapping', names: { Broker: 'EventSourceArn' }, permission: false },
  DocumentDB: { type: 'AWS::Lambda::EventSourceMapping', names: { Cluster: 'EventSourceArn' }, permission: false },
  SelfManagedKafka: { type: 'AWS::Lambda::EventSourceMapping', permission: false },
  Schedule: { type: 'AWS::Events::Rule', names: { Schedule: 'ScheduleExpression' }, permission: true },
  EventBridgeRule: { type: 'AWS::Events::Rule', names: { Pattern: 'EventPattern' }, permission: true },
  CloudWatchEvent: { type: 'AWS::Events::Rule', names: { Pattern: 'EventPattern' }, permission: true },
  SNS: { type: 'AWS::SNS::Subscription', names: { Topic: 'TopicArn' }, permission: true },
  CloudWatchLogs: { type: 'AWS::Logs::SubscriptionFilter', permission: true },
  IoTRule: { type: 'AWS::IoT::TopicRule', names: { Sql: 'TopicRulePayload' }, permission: true },
  S3: { permission: true },
  AlexaSkill: { permission: true },
  Cognito: { permission: true },
};

type Made = Map<string, ResolvedResource>;

/** The template with what the transform adds, as far as its names are documented; the same template when it has no such transform. */
export function withGenerated(template: ResolvedTemplate): ResolvedTemplate {
  if (!template.transforms.includes(SAM_TRANSFORM)) return template;
  const resources: Made = new Map();
  const made: Made = new Map();
  const api: Record<string, Value> = {};
  const http: Record<string, Value> = {};
  for (const resource of template.resources.values()) {
    switch (resource.type) {
      case 'AWS::Serverless::Function': resources.set(resource.id, ofFunction(resource, made, { api, http, template })); break;
      case 'AWS::Serverless::StateMachine': resources.set(resource.id, ofStateMachine(resource, made)); break;
      case 'AWS::Serverless::LayerVersion': resources.set(resource.id, ofLayer(resource)); break;
      case 'AWS::Serverless::Api':
      case 'AWS::Serverless::HttpApi': resources.set(resource.id, ofApi(resource, made)); break;
      default: resources.set(resource.id, resource);
    }
  }
  const add = (id: string, type: string, properties: ValueObject): void => {
    made.set(id, { id, type, exists: { known: true, value: true }, properties, attributes: {}, dependsOn: [], generated: true });
  };
  if (Object.keys(api).length > 0) {
    add('ServerlessRestApi', 'AWS::ApiGateway::RestApi', { Body: api });
    add('ServerlessRestApiProdStage', 'AWS::ApiGateway::Stage', { RestApiId: ref('ServerlessRestApi'), StageName: 'Prod' });
  }
  if (Object.keys(http).length > 0) {
    add('ServerlessHttpApi', 'AWS::ApiGatewayV2::Api', { Body: http });
    add('ServerlessHttpApiApiGatewayDefaultStage', 'AWS::ApiGatewayV2::Stage', { ApiId: ref('ServerlessHttpApi'), StageName: '$default' });
  }
  // A resource of that name that the template has itself is that one.
  for (const [id, one] of made) if (!resources.has(id)) resources.set(id, one);
  return { ...template, resources };
}

interface Shared {
  readonly api: Record<string, Value>;
  readonly http: Record<string, Value>;
  readonly template: ResolvedTemplate;
}

function ofFunction(source: ResolvedResource, made: Made, shared: Shared): ResolvedResource {
  const own = source.properties;
  const arn = att(source.id, 'Arn');
  if (own['Role'] === undefined) addRole(source, made);
  const alias = scalarText(own['AutoPublishAlias']);
  if (alias !== undefined) add(source, made, `${source.id}Alias${alias}`, 'AWS::Lambda::Alias', { FunctionName: ref(source.id), Name: alias });
  if (isObject(own['FunctionUrlConfig'])) {
    add(source, made, `${source.id}Url`, 'AWS::Lambda::Url', { ...own['FunctionUrlConfig'], TargetFunctionArn: ref(source.id) });
    if (scalarText(own['FunctionUrlConfig']['AuthType']) === 'NONE') add(source, made, `${source.id}UrlPublicPermissions`, 'AWS::Lambda::Permission', { FunctionName: ref(source.id), Principal: '*' });
  }
  if (isObject(own['EventInvokeConfig'])) add(source, made, `${source.id}EventInvokeConfig`, 'AWS::Lambda::EventInvokeConfig', { ...own['EventInvokeConfig'], FunctionName: ref(source.id) });
  for (const [name, event] of Object.entries(isObject(own['Events']) ? own['Events'] : {})) {
    const type = isObject(event) ? scalarText(event['Type']) : undefined;
    const properties = isObject(event) && isObject(event['Properties']) ? event['Properties'] : {};
    const id = `${source.id}${name}`;
    if (type === 'Api') ofApiEvent({ source, made, shared, id, properties });
    else if (type === 'HttpApi') {
      if (properties['ApiId'] === undefined) shared.http[id] = { ...properties, Function: arn };
      add(source, made, `${id}Permission`, 'AWS::Lambda::Permission', { FunctionName: ref(source.id), SourceArn: properties['ApiId'] ?? ref('ServerlessHttpApi') });
    } else if (type === 'ScheduleV2') {
      add(source, made, id, 'AWS::Scheduler::Schedule', { ...properties, Target: arn });
      if (properties['RoleArn'] === undefined) add(source, made, `${id}Role`, 'AWS::IAM::Role', {});
    } else {
      const entry = type !== undefined && Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
      const target = entry?.type === 'AWS::Lambda::EventSourceMapping' ? { FunctionName: ref(source.id) } : entry?.type === 'AWS::SNS::Subscription' ? { Endpoint: arn, Protocol: 'lambda' } : entry?.type === 'AWS::Logs::SubscriptionFilter' ? { DestinationArn: arn } : { Targets: arn };
      if (entry?.type !== undefined) add(source, made, id, entry.type, { ...renamed(properties, entry.names ?? {}), ...target });
      if (entry?.permission === true) add(source, made, `${id}Permission`, 'AWS::Lambda::Permission', { FunctionName: ref(source.id), ...(properties['Topic'] === undefined ? {} : { SourceArn: properties['Topic'] }) });
    }
  }
  return { ...source, properties: { ...without(own, NOT_LAMBDAS), ...(own['Role'] === undefined ? { Role: att(`${source.id}Role`, 'Arn') } : {}) } };
}

function ofApiEvent(at: { readonly source: ResolvedResource; readonly made: Made; readonly shared: Shared; readonly id: string; readonly properties: ValueObject }): void {
  const { source, made, shared, id, properties } = at;
  const explicit = properties['RestApiId'];
  if (explicit === undefined) shared.api[id] = { ...properties, Function: att(source.id, 'Arn') };
  const named = isSymbolic(explicit) && explicit.sym === 'ref' ? scalarText(shared.template.resources.get(explicit.id)?.properties['StageName']) : undefined;
  const stage = explicit === undefined ? 'Prod' : named;
  // With an API that stands elsewhere, the stage in the name is not known.
  if (stage !== undefined) add(source, made, `${id}Permission${stage}`, 'AWS::Lambda::Permission', { FunctionName: ref(source.id), SourceArn: explicit ?? ref('ServerlessRestApi') });
}

function ofStateMachine(source: ResolvedResource, made: Made): ResolvedResource {
  const own = source.properties;
  if (own['Role'] === undefined) addRole(source, made);
  for (const [name, event] of Object.entries(isObject(own['Events']) ? own['Events'] : {})) {
    const type = isObject(event) ? scalarText(event['Type']) : undefined;
    const properties = isObject(event) && isObject(event['Properties']) ? event['Properties'] : {};
    const id = `${source.id}${name}`;
    const rule = type === 'ScheduleV2' ? 'AWS::Scheduler::Schedule' : type === 'Schedule' || type === 'EventBridgeRule' || type === 'CloudWatchEvent' ? 'AWS::Events::Rule' : undefined;
    if (rule === undefined) continue;
    add(source, made, id, rule, { ...renamed(properties, EVENTS[type ?? '']?.names ?? {}), ...(rule === 'AWS::Scheduler::Schedule' ? { Target: ref(source.id) } : { Targets: ref(source.id) }) });
    if (properties['RoleArn'] === undefined) add(source, made, `${id}Role`, 'AWS::IAM::Role', {});
  }
  return { ...source, properties: { ...without(own, NOT_STATE_MACHINES), ...(own['Role'] === undefined ? { RoleArn: att(`${source.id}Role`, 'Arn') } : {}) } };
}

/** A layer version stays when another takes its place, unless RetentionPolicy says otherwise. Source: `RetentionPolicy`, AWS::Serverless::LayerVersion. */
function ofLayer(source: ResolvedResource): ResolvedResource {
  const policy = scalarText(source.properties['RetentionPolicy']) === 'Delete' ? 'Delete' : 'Retain';
  return { ...source, attributes: { DeletionPolicy: policy, UpdateReplacePolicy: policy, ...source.attributes } };
}

function ofApi(source: ResolvedResource, made: Made): ResolvedResource {
  const stage = scalarText(source.properties['StageName']);
  const rest = source.type === 'AWS::Serverless::Api';
  const id = stage !== undefined && /^[A-Za-z0-9]+$/.test(stage) ? `${source.id}${stage}Stage` : rest ? undefined : `${source.id}ApiGatewayDefaultStage`;
  if (id !== undefined) add(source, made, id, rest ? 'AWS::ApiGateway::Stage' : 'AWS::ApiGatewayV2::Stage', { [rest ? 'RestApiId' : 'ApiId']: ref(source.id), StageName: stage ?? '$default' });
  return source;
}

function addRole(source: ResolvedResource, made: Made): void {
  const { Policies, PermissionsBoundary, RolePath, AssumeRolePolicyDocument, Tags } = source.properties;
  add(source, made, `${source.id}Role`, 'AWS::IAM::Role', defined({ Policies, PermissionsBoundary, Path: RolePath, AssumeRolePolicyDocument, Tags }));
}

/** What is generated has the condition and the policies of what it is generated from. Source: "Resource attributes supported by AWS SAM". */
function add(source: ResolvedResource, made: Made, id: string, type: string, properties: ValueObject): void {
  const { DeletionPolicy, UpdateReplacePolicy } = source.attributes;
  made.set(id, { id, type, exists: source.exists, properties, attributes: defined({ DeletionPolicy, UpdateReplacePolicy }), dependsOn: [], generated: true });
}

function renamed(properties: ValueObject, names: Readonly<Record<string, string>>): ValueObject {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [Object.hasOwn(names, name) ? (names[name] ?? name) : name, value]));
}

function without(properties: ValueObject, names: ReadonlySet<string>): ValueObject {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name)));
}

function defined(properties: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

function ref(id: string): Value {
  return symbolic({ sym: 'ref', id });
}

function att(id: string, attribute: string): Value {
  return symbolic({ sym: 'att', id, attribute });
}

/** Names in `Globals` and the type whose resources get them. Source: "Globals section of the AWS SAM template". */
const GLOBALS: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function', 'AWS::Serverless::Api': 'Api', 'AWS::Serverless::HttpApi': 'HttpApi', 'AWS::Serverless::SimpleTable': 'SimpleTable',
  'AWS::Serverless::StateMachine': 'StateMachine', 'AWS::Serverless::LayerVersion': 'LayerVersion', 'AWS::Serverless::CapacityProvider': 'CapacityProvider',
};

/**
 * The properties of a SAM resource with what `Globals` gives to all of its type: maps are merged, lists are joined with the global
 * ones first, anything else of the resource's own wins. Source: same page.
 */
export function withGlobals(type: string, own: ValueObject, globals: Value): ValueObject {
  const section = Object.hasOwn(GLOBALS, type) ? GLOBALS[type] : undefined;
  const shared = section === undefined || !isObject(globals) ? undefined : globals[section];
  return isObject(shared) ? (merged(shared, own) as ValueObject) : own;
}

function merged(shared: Value, own: Value): Value {
  if (isList(shared) && isList(own)) return [...shared, ...own];
  if (!isObject(shared) || !isObject(own)) return own === undefined ? shared : own;
  return Object.fromEntries([...new Set([...Object.keys(shared), ...Object.keys(own)])].map((key) => [key, merged(shared[key], own[key])]));
}
