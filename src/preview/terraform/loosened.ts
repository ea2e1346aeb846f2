import type { Effect } from '../../model';
import type { Values } from './plan-json';

/** Settings that keep something from being deleted, or keep what it is had back from. Source: the providers' documentation of each argument. */
const GUARDS = /^(?:prevent_destroy|deletion_protection|deletion_protection_enabled|enable_deletion_protection|disable_api_termination|disable_api_stop|purge_protection_enabled|soft_delete_enabled|backup_enabled)$/;
const DANGERS = /^(?:force_destroy|force_delete|skip_final_snapshot|skip_final_backup|delete_automated_backups|delete_contents_on_destroy)$/;
const KEEPERS = /^(?:backup_retention_period|snapshot_retention_limit|recovery_window_in_days|soft_delete_retention_days)$/;
/** Settings that let the internet in. */
const OPENERS = /^(?:publicly_accessible|public_network_access_enabled|allow_nested_items_to_be_public|allow_blob_public_access)$/;
const CLOSERS = /^(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets)$/;
const ANYBODY = /"(?:0\.0\.0\.0\/0|::\/0|allUsers|allAuthenticatedUsers)"/;

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
    else if (!/egress/.test(`${type} ${name}`) && /cidr|source_ranges|source_address_prefix|ingress|members?$/.test(name) && ANYBODY.test(JSON.stringify(now ?? '')) && !ANYBODY.test(JSON.stringify(then ?? ''))) say('exposure', `${name} lets everybody in.`);
  }
  return { effects: [...effects], sentences };
}
