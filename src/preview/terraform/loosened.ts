import type { Effect } from '../../model';
import type { Values } from './plan-json';

/** Settings that keep something from being deleted, or keep what it is had back from. Source: the providers' documentation of each argument. */
const GUARDS = /^(?:prevent_destroy|deletion_protection|deletion_protection_enabled|enable_deletion_protection|disable_api_termination|disable_api_stop|purge_protection_enabled|soft_delete_enabled|backup_enabled)$/;
const DANGERS = /^(?:force_destroy|force_delete|skip_final_snapshot|skip_final_backup|delete_automated_backups|delete_contents_on_destroy)$/;
const KEEPERS = /^(?:backup_retention_period|snapshot_retention_limit|recovery_window_in_days|soft_delete_retention_days)$/;
/** Settings that let the internet in. */
const OPENERS = /^(?:publicly_accessible|public_network_access_enabled|allow_nested_items_to_be_public|allow_blob_public_access)$/;
const CLOSERS = /^(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets)$/;
/** How many of something run. */
const COUNTS = /^(?:desired_count|desired_capacity|replicas|min_replicas|max_size|node_count|instance_count|target_size|capacity)$/;
/**
 * Types whose change runs or carries something that the plan does not show: a chart, a template, a function. Source: the
 * documentation of hashicorp/helm, hashicorp/aws, alekc/kubectl, scottwinkler/shell.
 */
const OPAQUE: Readonly<Record<string, string>> = {
  helm_release: 'What the chart changes in the cluster a plan does not show (helm diff does).',
  aws_cloudformation_stack: 'What changes inside the stack a plan does not show (a change set does).',
  aws_cloudformation_stack_set: 'What changes inside the stacks a plan does not show.',
  aws_lambda_invocation: 'A function is called with the apply; what it does can\'t be seen.',
  azurerm_resource_group_template_deployment: 'What the deployment changes a plan does not show (az deployment what-if does).',
  shell_script: 'A script runs with the apply; what it does can\'t be seen.',
};
const ANYBODY = /"(?:0\.0\.0\.0\/0|::\/0|allUsers|allAuthenticatedUsers)"/;

/** Why a change in place can't be judged from its plan; undefined where it can. */
export function opaque(type: string): string | undefined {
  return Object.hasOwn(OPAQUE, type) ? OPAQUE[type] : undefined;
}

/** The counts that a change sets to nothing: what runs there is out of service then. */
export function stopped(before: Values, after: Values): string[] {
  const pairs = [[before, after], [inner(before['spec']), inner(after['spec'])]] as const;
  return pairs.flatMap(([then, now]) => Object.keys(now).filter((name) => COUNTS.test(name) && Number(then[name] ?? 0) > 0 && now[name] !== null && now[name] !== '' && Number(now[name]) === 0));
}

function inner(value: unknown): Values {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? (one as Values) : {};
}

/** A policy document that names everybody as its principal. Source: IAM JSON policy elements, Principal. */
function forEverybody(value: unknown): boolean {
  return typeof value === 'string' && value.includes('"Allow"') && /"Principal"\s*:\s*(?:"\*"|\{\s*"AWS"\s*:\s*\[?\s*"\*")/.test(value);
}

/**
 * What a change in place takes off or opens, by the names of the settings.
 * @param before and after as the plan has them; of lists only how they are written is compared.
 */
export function loosened(type: string, before: Values, after: Values): { readonly effects: readonly Effect[]; readonly sentences: readonly string[] } {
  const effects = new Set<Effect>();
  const sentences: string[] = [];
  const say = (effect: Effect, sentence: string): void => {
    effects.add(effect);
    sentences.push(sentence);
  };
  for (const [name, now] of Object.entries(after)) {
    const then = before[name];
    if (then === now) continue;
    if (GUARDS.test(name) && then === true && now === false) say('guard-removal', `${name} is switched off: nothing keeps it from being deleted any more.`);
    else if (DANGERS.test(name) && then !== true && now === true) say('guard-removal', `${name} is switched on: a later deletion takes everything at once.`);
    else if (KEEPERS.test(name) && typeof then === 'number' && then > 0 && now === 0) say('guard-removal', `${name} becomes 0: nothing is kept to have it back from.`);
    else if (OPENERS.test(name) && then !== true && now === true) say('exposure', `${name} is switched on: it can be reached from the internet.`);
    else if (CLOSERS.test(name) && then === true && now === false) say('exposure', `${name} is switched off: what is in it may become public.`);
    else if (forEverybody(now) && !forEverybody(then)) say('exposure', `${name} lets everybody in.`);
    else if (!/egress/.test(`${type} ${name}`) && /cidr|source_ranges|source_address_prefix|ingress|members?$/.test(name) && ANYBODY.test(JSON.stringify(now ?? '')) && !ANYBODY.test(JSON.stringify(then ?? ''))) say('exposure', `${name} lets everybody in.`);
  }
  return { effects: [...effects], sentences };
}
