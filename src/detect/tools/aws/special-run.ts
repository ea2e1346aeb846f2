import { FROM_BEST_TO_WORST } from '../../../model';
import { memberOf, nameOf, optionTexts, targetNames } from './call';
import { rewritten } from './reason';
import type { Refinement } from './refinement';
import { sqlEffect } from './sql';
import type { SqlDialect } from '../../engines/sql/dialects';

/** A flag that makes a deletion go further; its absence is the safer form. */
const forced = (option: string, reason: string): Refinement => (call, base) => (call.params.at(memberOf(option)).bool() === true
  ? { ...base, guardsOff: [`--${option}`], reason: `${base.reason.replace(/\.$/, '')}; ${reason}.`, saferForm: { title: `Leave out --${option}`, replace: rewritten(call, [option], []) } }
  : base);

/** An operation that runs SQL or PartiQL: a text that only reads makes it a read, one that destroys names the loss. */
const sql = (option: string, member: string, ...dialects: readonly SqlDialect[]): Refinement => (call, base) => {
  const texts = optionTexts(call, option, member);
  // Each member of a list is a statement of its own: a string that one leaves open ends with it.
  const judged = texts?.map((text) => ({ text, effect: sqlEffect(text, ...dialects) })).sort((a, b) => FROM_BEST_TO_WORST.indexOf(a.effect) - FROM_BEST_TO_WORST.indexOf(b.effect)).at(-1);
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
const sendCommand: Refinement = ({ params }, base) => {
  const instances = params.at('InstanceIds').items().map((i) => ({ type: 'AWS::EC2::Instance', name: i.shown(), known: i.shown() !== undefined }));
  const targets = params.at('Targets').items().flatMap((t) => {
    const values = t.at('Values').items().map((v) => v.shown());
    return [{ type: 'targets', name: `${t.at('Key').shown() ?? 'a target'}=${values.join(',')}`, known: values.length > 0 && values.every((v) => v !== undefined) }];
  });
  return instances.length + targets.length === 0 ? base : { ...base, targets: [...instances, ...targets, ...base.targets] };
};

/** AWS-owned automation documents that end or delete things. Source: AWS Systems Manager Automation runbook reference. */
const DESTROYING_RUNBOOK = /^AWS(Support|Config(Remediation)?)?-.*(Terminate|Delete|Stop|Restart|Reboot|Detach|Disable|Release|Reset|Remove|Revoke)/;

const automation: Refinement = ({ params }, base) => {
  const document = params.at('DocumentName').shown() ?? '';
  return DESTROYING_RUNBOOK.test(document)
    ? { ...base, mutation: 'destructive', effects: ['outage'], reversibility: { kind: 'unknown' }, reason: `Runs the automation ${document}, which ends, deletes or switches off what it is pointed at.` }
    : base;
};

const invoke: Refinement = ({ params }, base) => (params.at('InvocationType').shown() === 'DryRun'
  ? { ...base, mutation: 'none', effects: [], reversibility: { kind: 'reversible' }, reason: 'A dry run: checks the permission and runs nothing.' }
  : base);

const changeRecords: Refinement = ({ params }, base) => {
  const changes = params.at('ChangeBatch').at('Changes').items();
  if (changes.length === 0) return { ...base, unknowns: [...base.unknowns, 'the change batch could not be read'] };
  const actions = changes.map((c) => c.at('Action').text());
  const records = changes.map((c) => c.at('ResourceRecordSet').at('Name').shown());
  const named = records.map((name) => ({ type: 'AWS::Route53::RecordSet', name, known: name !== undefined }));
  const targets = [...base.targets, ...named];
  const names = targetNames(named) ?? `records of ${nameOf(base)}`;
  if (actions.every((a) => a === 'CREATE')) return { ...base, targets, mutation: 'additive', effects: [], reversibility: { kind: 'reversible', how: 'Delete the new records.' }, reason: `Creates ${names}.` };
  return { ...base, targets, reason: actions.includes('DELETE') ? `Deletes DNS records (${names}): names stop resolving.` : `Replaces DNS records (${names}): the old values are not kept.` };
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
  'lambda:PutFunctionConcurrency': ({ params }, base) => (params.at('ReservedConcurrentExecutions').int() === 0
    ? { ...base, mutation: 'destructive', effects: ['outage'], reversibility: { kind: 'reversible', how: 'Delete the reserved concurrency.' }, reason: `Stops function ${nameOf(base)}: with a concurrency of 0 it is never run.` }
    : base),
  'cloudfront:UpdateDistribution': ({ params }, base) => (params.at('DistributionConfig').at('Enabled').bool() === false
    ? { ...base, mutation: 'destructive', effects: ['outage'], reversibility: { kind: 'reversible', how: 'Enable it again.' }, reason: `Switches distribution ${nameOf(base)} off.` }
    : base),
};
