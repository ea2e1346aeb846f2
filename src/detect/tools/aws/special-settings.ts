import type { Effect, Reversibility } from '../../../model';
import type { Finding } from '../../invocation';
import { nameOf } from './call';
import type { AwsParameters, Part } from './parameters';
import type { Refinement } from './refinement';

/** A refinement of one setting: where it holds, the operation destroys. */
function where(holds: (params: AwsParameters) => boolean, effects: readonly Effect[], reversibility: Reversibility, reason: (name: string) => string): Refinement {
  return ({ params }, base): Finding => (holds(params) ? { ...base, mutation: 'destructive', effects, reversibility, reason: reason(nameOf(base)) } : base);
}

const GONE: Reversibility = { kind: 'irreversible' };

/** The rules of a lifecycle policy of ECR, which is JSON in a text. Source: ECR user guide, "Lifecycle policy properties". */
const expires = (policy: Part): boolean => policy.json().at('rules').items().some((rule) => rule.at('action').at('type').is('expire'));

const snapshotsOff = where(
  (params) => params.at('SnapshotRetentionLimit').int() === 0, ['guard-removal'], { kind: 'reversible', how: 'Set a retention again; snapshots that were deleted are gone.' },
  (name) => `Switches automatic snapshots of ${name} off.`,
);

/** Settings with which things expire, end, are overwritten or stop. Source: the API reference of each operation. */
export const settingRefinements: Readonly<Record<string, Refinement>> = {
  'imagebuilder:StartResourceStateUpdate': where((params) => params.at('state').at('status').is('DELETED'), ['data-loss'], GONE, (name) => `Deletes ${name} and the images that it made.`),
  'backup:UpdateRecoveryPointLifecycle': where(
    (params) => params.at('Lifecycle').at('DeleteAfterDays').given || params.at('Lifecycle').at('DeleteAfterEvent').given, ['data-loss', 'guard-removal'], GONE,
    (name) => `Has the backup ${name} deleted when its new time is over.`,
  ),
  'ecr:PutLifecyclePolicy': where((params) => expires(params.at('lifecyclePolicyText')), ['data-loss'], GONE, (name) => `Deletes images that the new rules expire (${name}).`),
  'dynamodb:UpdateTimeToLive': where((params) => params.at('TimeToLiveSpecification').at('Enabled').bool() === true, ['data-loss'], GONE, (name) => `Deletes items of ${name} whose time is over, now and from now on.`),
  'sqs:SetQueueAttributes': where(
    (params) => params.at('Attributes').at('MessageRetentionPeriod').given, ['data-loss'], GONE,
    (name) => `Changes how long messages of ${name} are kept: older ones are deleted.`,
  ),
  'dms:StartReplicationTask': where(
    (params) => params.at('StartReplicationTaskType').is('reload-target'), ['data-loss'], GONE, (name) => `Loads the target of ${name} anew: its tables may be dropped or emptied first.`,
  ),
  'elasticache:ModifyReplicationGroup': snapshotsOff,
  'elasticache:ModifyCacheCluster': snapshotsOff,
  'memorydb:UpdateCluster': snapshotsOff,
  'cloudformation:SignalResource': where(
    (params) => params.at('Status').is('FAILURE'), ['outage'], { kind: 'unknown' }, (name) => `Has CloudFormation take ${name} for failed: the stack's creation or update is rolled back.`,
  ),
  'apigateway:PutRestApi': where((params) => params.at('mode').is('overwrite'), ['outage'], GONE, (name) => `Replaces the whole API ${name} by another definition: what that does not have is gone.`),
  'apigateway:UpdateRestApi': where((params) => params.at('patchOperations').items().some((p) => p.at('op').is('remove')), ['outage'], { kind: 'unknown' }, (name) => `Removes settings of the API ${name}.`),
  'application-autoscaling:RegisterScalableTarget': where(
    (params) => params.at('MaxCapacity').int() === 0, ['outage'], { kind: 'reversible', how: 'Register it again with a higher capacity.' }, (name) => `Scales ${name} to zero: nothing serves any more.`,
  ),
};
