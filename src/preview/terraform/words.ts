/** Why a plan does what it does. Source: "JSON Output Format", Terraform internals documentation, `action_reason`. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'It is marked as tainted: an apply before left it half made, or somebody tainted it.',
  replace_because_cannot_update: 'The provider can\'t change this in place.',
  replace_by_request: 'Its replacement was asked for (-replace).',
  replace_by_triggers: 'Something in its replace_triggered_by changes.',
  delete_because_no_resource_config: 'Its block is gone from the configuration.',
  delete_because_no_module: 'The module that it belonged to is gone from the configuration.',
  delete_because_wrong_repetition: 'Its block has no count or for_each any more, or has got one.',
  delete_because_count_index: 'Its index is beyond the count.',
  delete_because_each_key: 'Its key is no longer in the for_each.',
  delete_because_no_move_target: 'It was moved to an address that the configuration does not have.',
  delete_because_enabled_false: 'It is switched off in its lifecycle block (enabled).',
  read_because_config_unknown: 'Its configuration has values that come only with the apply.',
  read_because_dependency_pending: 'What it depends on changes first.',
  read_because_check_nested: 'It belongs to a check.',
};

/** The sentence for a reason; one that is not known is told as it is written. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? `The plan says: ${reason.replaceAll('_', ' ')}.`;
}

/** `["triggers_replace"]`, `["ebs", 0, "size"]` as it is written in a configuration. */
export function pathWords(path: readonly (string | number)[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('') || 'the whole resource';
}
