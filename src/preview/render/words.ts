import type { AffectedResource, BlastRadius, DataOutcome, DependencyKind, Downtime, Outcome, PreviewSource, ResourceAction, Reversibility } from '../../model';

/** What the outcome means, and how its group is called. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, { readonly label: string; readonly meaning: string }>> = {
  lost: { label: 'Lost', meaning: 'Deleted, with what is in it.' },
  replaced: { label: 'Replaced', meaning: 'A new one is made and the old one is deleted.' },
  interrupted: { label: 'Interrupted', meaning: 'Stays, but is not available while the change runs.' },
  unknown: { label: 'Unknown', meaning: 'What happens to these could not be seen. Count them as lost.' },
  snapshotted: { label: 'Snapshotted', meaning: 'Deleted after a snapshot of the data is taken.' },
  retained: { label: 'Retained', meaning: 'Stays as it is, but nothing manages it any more.' },
  modified: { label: 'Modified', meaning: 'Changed in place.' },
  added: { label: 'Added', meaning: 'New.' },
  unchanged: { label: 'Unchanged', meaning: 'Nothing happens to these.' },
};

export const ACTION_WORDS: Readonly<Record<ResourceAction, string>> = {
  add: 'made', modify: 'changed', remove: 'deleted', import: 'taken under management', forget: 'no longer managed', none: 'left alone', unknown: 'action unknown',
};

export const DATA_WORDS: Readonly<Record<DataOutcome, string>> = {
  lost: 'data lost', snapshotted: 'data in a snapshot', orphaned: 'data stays, unmanaged', kept: 'data kept', none: '', unknown: 'data unknown',
};

export const SOURCE_WORDS: Readonly<Record<PreviewSource, string>> = {
  'change-set': 'CloudFormation change set', plan: 'Saved plan', 'dry-run': 'Dry run of the tool', 'live-reads': 'Read from what stands now', offline: 'Offline prediction',
};

/** Why one needs the other: "web needs db: …". */
export const DEPENDENCY_WORDS: Readonly<Record<DependencyKind, string>> = {
  reference: 'refers to it', 'depends-on': 'is ordered after it', export: 'imports its export', 'nested-stack': 'is nested in it', 'security-group': 'uses it as a security group',
  'kms-key': 'is encrypted with it', 'iam-role': 'acts with this role', 'dns-record': 'its name points to it', 'event-source': 'gets its events', 'target-group': 'gets traffic through it',
  network: 'is reached through it', volume: 'keeps its data on it', owner: 'belongs to it',
};

/** Downtime in a sentence; undefined when there is nothing to say. */
export function downtimeWords(d: Downtime | undefined): string | undefined {
  if (d === undefined) return undefined;
  const order = d.order === 'create-first' ? 'The new one is made before the old one goes.' : d.order === 'delete-first' ? 'The old one goes before the new one is made.' : '';
  const interrupted = { yes: 'Out of service.', may: 'May be out of service meanwhile.', no: '', unknown: 'Whether it is out of service meanwhile is not known.' }[d.interrupted];
  return [interrupted, order, d.long === undefined ? '' : `${d.long.charAt(0).toUpperCase()}${d.long.slice(1)}.`].filter((part) => part !== '').join(' ') || undefined;
}

/** The way back in words. */
export function wayBackWords(r: Reversibility): string {
  const tail = `${r.how ? `: ${r.until ? r.how.replace(/\.$/, '') : r.how}` : ''}${r.until ? ` (until ${r.until})` : ''}`;
  switch (r.kind) {
    case 'reversible': return `can be undone${tail}`;
    case 'recoverable': return `recoverable${tail}`;
    case 'irreversible': {
      const how = r.how?.replace(/^There is none: /, '');
      return how ? `cannot be undone. ${how.charAt(0).toUpperCase()}${how.slice(1)}` : 'cannot be undone';
    }
    case 'unknown': return `way back unknown${tail}`;
  }
}

/** What happens to how many, and to the data: "3 resources affected, data lost in 1". */
export function headline({ resources }: Pick<BlastRadius, 'resources'>): string {
  const touched = resources.filter((r) => r.outcome !== 'unchanged');
  if (touched.length === 0) return 'No resource changes';
  const count = (test: (r: AffectedResource) => boolean): number => touched.filter(test).length;
  const parts = [
    [count((r) => r.outcome === 'lost'), 'lost'], [count((r) => r.outcome === 'replaced'), 'replaced'], [count((r) => r.outcome === 'interrupted'), 'interrupted'], [count((r) => r.outcome === 'unknown'), 'unknown'],
  ] as const;
  const data = [[count((r) => r.data === 'lost'), 'data lost in'], [count((r) => r.data === 'unknown'), 'data unknown in']] as const;
  return [
    `${touched.length} ${touched.length === 1 ? 'resource' : 'resources'} affected`, ...parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`),
    ...(data.some(([n]) => n > 0) ? data.filter(([n]) => n > 0).map(([n, word]) => `${word} ${n}`) : ['no data lost']),
  ].join(', ');
}
