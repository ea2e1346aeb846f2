import type { Effect } from '../../../model';
import { joined } from './expression';
import type { Leaf } from './leaves';

/** How a setting's change loosens something. */
export type Change =
  /** A switch that was on and is off, or gone. */
  | 'off'
  /** A switch that is on and was not. */
  | 'on'
  /** Less of something that is kept. */
  | 'shorter'
  /** Something is deleted by age, or sooner than before. */
  | 'sooner'
  /** A number of things that run becomes nothing. */
  | 'zero'
  /** A reference that is taken out of what stays. */
  | 'gone'
  /** A value that is one of these, and was not; of a list: one that holds it. */
  | 'becomes'
  /** A value that was one of these, and is not. */
  | 'leaves'
  /** A version of TLS that is older. */
  | 'older';

/** What settings of one kind of name mean, in whatever resource they stand. */
export interface Meaning {
  /** The last name, whole. */
  readonly names: RegExp;
  /** The names above it, joined by dots. */
  readonly under?: RegExp;
  readonly except?: RegExp;
  readonly types?: RegExp;
  readonly change: Change;
  readonly values?: RegExp;
  readonly effect: Effect | ((type: string, leaf: Leaf) => Effect);
  /** To follow the setting's path and what happens to it. */
  readonly says: string;
  /** Where the providers' documentation tells it. */
  readonly source: string;
  /** True where providers fill the value in by themselves, so that one that is not known yet says nothing. */
  readonly computed?: true;
}

const GUARDED = joined(
  'versioning|point_in_time|pitr|backup|soft_delete|delete_retention|restore_policy|recovery|',
  'protection|immutab|object_lock|locked|lock_config|logging|log_config|log_options|access_logs|',
  'flow_log|audit|encrypt|\\bsse\\b|snapshot|security|firewall|waf|defender|threat|binary_auth|shielded|',
  'workload_identity|network_policy|monitor|alarm|data_protection',
);
const WATCHERS = joined(
  'guardduty|securityhub|inspector|macie|detective|access_?analyzer|config_config|cloudtrail|_shield|',
  'security_center|defender|_lock$|backup|audit|alarm|alert|monitor|waf|firewall',
);
/** What is switched off without anybody missing it. */
const HARMLESS = joined(
  'compress|cach|insight|trac(?:e|ing)|xray|telemetry|debug|preview|optimi[sz]|accelerat|ipv6|http2|',
  'gzip|\\btags?\\b|metric|sampl|auto_?(?:scal|upgrade|update|heal|repair|import|deploy|rollback|',
  'provision|tun)|maintenance|sticki|cross_zone|lifecycle|expir|ttl|time_to_live|cors|copy|warm|spot|',
  'burst|prefetch|shield_origin|origin_shield',
);

/** What is missed where something without a name of its own is switched off. */
export const off = (type: string, leaf: Leaf): Effect => (GUARDED.test(leaf.parents) || WATCHERS.test(type) ? 'guard-removal' : 'outage');

/** Whether a switch without a name of its own says nothing here. */
export const harmless = (leaf: Leaf): boolean => HARMLESS.test(leaf.parents) && !GUARDED.test(leaf.parents);
/** Whether what a switch is part of protects something: then it counts, too, where the block around it is gone. */
export const guarding = (leaf: Leaf): boolean => GUARDED.test(leaf.parents);
