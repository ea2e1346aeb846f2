import { hasFlag, optionText, optionTexts, optionWords, readObject, targetNames, wordTargets } from './aws-call';
import { rewritten } from './aws-reason';
import type { Finding } from '../invocation';
import type { Refinement } from './aws-special';
import { sqlEffect } from './aws-sql';
import type { SqlDialect } from './sql/dialects';

const nameOf = (base: Finding): string => targetNames(base.targets) ?? 'the resource';

/** A flag that makes a deletion go further; its absence is the safer form. */
const forced = (option: string, reason: string): Refinement => (call, base) => (hasFlag(call, option)
  ? { ...base, guardsOff: [`--${option}`], reason: `${base.reason.replace(/\.$/, '')}; ${reason}.`, saferForm: { title: `Leave out --${option}`, replace: rewritten(call, [option], []) } }
  : base);

const WORST: readonly Finding['mutation'][] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];

/** An operation that runs SQL or PartiQL: a text that only reads makes it a read, one that destroys names the loss. */
const sql = (option: string, member: string, ...dialects: readonly SqlDialect[]): Refinement => (call, base) => {
  const texts = optionTexts(call, option, member);
  // Each member of a list is a statement of its own: a string that one leaves open ends with it.
  const judged = texts?.map((text) => ({ text, effect: sqlEffect(text, ...dialects) })).sort((a, b) => WORST.indexOf(a.effect) - WORST.indexOf(b.effect)).at(-1);
  const text = judged?.text;
  const effect = judged?.effect ?? 'unknown';
  switch (effect) {
    case 'none':
      return { ...base, mutation: 'none', effects: [], reversibility: { kind: 'reversible' }, reason: 'Runs SQL that only reads.' };
    case 'additive':
      return { ...base, mutation: 'additive', effects: [], reversibility: { kind: 'unknown' }, reason: 'Runs SQL that adds data or tables.' };
    case 'modifying':
      return { ...base, mutation: 'modifying', effects: [], reversibility: { kind: 'irreversible' }, reason: 'Runs SQL that changes data.' };
    case 'destructive':
      return { ...base, mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' }, reason: `Runs SQL that deletes (${(text ?? '').replace(/'[^']*'/g, "'…'").trim().slice(0, 120)}).` };
    case 'unknown':
      return text === undefined ? { ...base, unknowns: [...base.unknowns, `the text of --${option}`] } : base;
  }
};

/** Where a document of Systems Manager runs: what it runs is judged as a door. */
const sendCommand: Refinement = (call, base) => {
  const instances = ['instance-ids', 'targets'].flatMap((o) => wordTargets(optionWords(call, o) ?? [], o === 'targets' ? o : 'AWS::EC2::Instance', call));
  return instances.length === 0 ? base : { ...base, targets: [...instances, ...base.targets] };
};

/** AWS-owned automation documents that end or delete things. Source: AWS Systems Manager Automation runbook reference. */
const DESTROYING_RUNBOOK = /^AWS(Support|Config(Remediation)?)?-.*(Terminate|Delete|Stop|Restart|Reboot|Detach|Disable|Release|Reset|Remove|Revoke)/;

const automation: Refinement = (call, base) => {
  const document = optionText(call, 'document-name', 'DocumentName') ?? '';
  return DESTROYING_RUNBOOK.test(document)
    ? { ...base, mutation: 'destructive', effects: ['outage'], reversibility: { kind: 'unknown' }, reason: `Runs the automation ${document}, which ends, deletes or switches off what it is pointed at.` }
    : base;
};

const invoke: Refinement = (call, base) => (optionText(call, 'invocation-type', 'InvocationType') === 'DryRun'
  ? { ...base, mutation: 'none', effects: [], reversibility: { kind: 'reversible' }, reason: 'A dry run: checks the permission and runs nothing.' }
  : base);

const changeRecords: Refinement = (call, base) => {
  const text = optionText(call, 'change-batch', 'ChangeBatch');
  const actions = [...(text ?? '').matchAll(/"?Action"?\s*[:=]\s*"?(CREATE|DELETE|UPSERT)/g)].map((m) => m[1]);
  const names = [...(text ?? '').matchAll(/"Name"\s*:\s*"([^"]+)"/g)].map((m) => ({ type: 'AWS::Route53::RecordSet', name: m[1], known: true }));
  const targets = [...base.targets, ...names];
  const records = targetNames(names) ?? `records of ${nameOf(base)}`;
  if (text === undefined) return { ...base, unknowns: [...base.unknowns, 'the change batch could not be read'] };
  if (actions.length > 0 && actions.every((a) => a === 'CREATE')) return { ...base, targets, mutation: 'additive', effects: [], reversibility: { kind: 'reversible', how: 'Delete the new records.' }, reason: `Creates ${records}.` };
  return { ...base, targets, reason: actions.includes('DELETE') ? `Deletes DNS records (${records}): names stop resolving.` : `Replaces DNS records (${records}): the old values are not kept.` };
};

/** What runs other things, ends them, or serves. Source: the API reference of each operation. */
export const runRefinements: Readonly<Record<string, Refinement>> = {
  'ssm:SendCommand': sendCommand,
  'ssm:StartAutomationExecution': automation,
  'lambda:Invoke': invoke,
  'rds-data:ExecuteStatement': sql('sql', 'sql', 'postgresql', 'mysql'),
  'rds-data:BatchExecuteStatement': sql('sql', 'sql', 'postgresql', 'mysql'),
  'redshift-data:ExecuteStatement': sql('sql', 'Sql', 'redshift'),
  'redshift-data:BatchExecuteStatement': sql('sqls', 'Sqls', 'redshift'),
  'athena:StartQueryExecution': sql('query-string', 'QueryString', 'trino'),
  'dynamodb:ExecuteStatement': sql('statement', 'Statement', 'partiql'),
  'route53:ChangeResourceRecordSets': changeRecords,
  'ecr:DeleteRepository': forced('force', 'every image in it goes too'),
  'ecr-public:DeleteRepository': forced('force', 'every image in it goes too'),
  'autoscaling:DeleteAutoScalingGroup': forced('force-delete', 'running instances are not waited for'),
  'ecs:DeleteService': forced('force', 'running tasks are ended'),
  'elasticbeanstalk:TerminateEnvironment': forced('force-terminate', 'instances that do not answer are not waited for'),
  'elasticbeanstalk:DeleteApplication': forced('terminate-env-by-force', 'running environments are terminated'),
  'ec2:StopInstances': forced('force', 'file systems are not flushed'),
  'ec2:TerminateInstances': forced('force', 'the operating system is not shut down'),
  'ec2:DetachVolume': forced('force', 'data that was not written yet is lost'),
  'rds:RebootDBInstance': forced('force-failover', 'the standby takes over'),
  'lambda:PutFunctionConcurrency': (call, base) => (optionText(call, 'reserved-concurrent-executions', 'ReservedConcurrentExecutions') === '0'
    ? { ...base, mutation: 'destructive', effects: ['outage'], reversibility: { kind: 'reversible', how: 'Delete the reserved concurrency.' }, reason: `Stops function ${nameOf(base)}: with a concurrency of 0 it is never run.` }
    : base),
  'cloudfront:UpdateDistribution': (call, base) => (readObject(optionText(call, 'distribution-config', 'DistributionConfig') ?? '')?.['Enabled'] === false
    ? { ...base, mutation: 'destructive', effects: ['outage'], reversibility: { kind: 'reversible', how: 'Enable it again.' }, reason: `Switches distribution ${nameOf(base)} off.` }
    : base),
};
