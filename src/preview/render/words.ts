import type { AffectedResource, BlastRadius, DataOutcome, DependencyKind, Downtime, Outcome, ResourceAction, Reversibility } from '../../model';

/** What the outcome means, and how its group is called. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, { label: string; meaning: string }>> = {
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

export const DATA_WORDS: Readonly<Record<DataOutcome, string>> = {
  lost: 'data is lost',
  snapshotted: 'snapshot kept',
  orphaned: 'left behind, unmanaged',
  kept: 'data is kept',
  none: 'holds no data',
  unknown: 'data: unknown',
};

export const ACTION_WORDS: Readonly<Record<ResourceAction, string>> = {
  add: 'made',
  modify: 'changed',
  remove: 'removed',
  import: 'taken under management as it is',
  forget: 'forgotten: it stays, nothing manages it any more',
  none: 'not touched',
  unknown: 'unknown',
};

export const SOURCE_WORDS: Readonly<Record<BlastRadius['source'], string>> = {
  'change-set': 'Change set (dry run by CloudFormation)',
  plan: 'Plan (dry run by the tool, kept for the run)',
  'dry-run': 'Dry run by the tool',
  'live-reads': 'Live reads',
  offline: 'Offline prediction, made without asking the cloud',
};

/** Of one dependency (`one`, said at an edge) and above a list of them (`all`), those that reach outside first. */
export const KIND_WORDS: Readonly<Record<DependencyKind, { one: string; all: string }>> = {
  export: { one: 'imports what it exports', all: 'Others that import what it exports' },
  network: { one: 'traffic comes through it', all: 'Traffic comes through it' },
  'dns-record': { one: 'DNS record', all: 'DNS records' },
  'target-group': { one: 'target group', all: 'Target groups and load balancers' },
  'event-source': { one: 'event source', all: 'Event sources' },
  'security-group': { one: 'uses it as security group', all: 'Uses it as security group' },
  'iam-role': { one: 'uses this role', all: 'Uses this role' },
  'kms-key': { one: 'encrypted with this key', all: 'Encrypted with this key' },
  volume: { one: 'uses this volume', all: 'Uses this volume' },
  owner: { one: 'owned by it', all: 'Owned by it' },
  'nested-stack': { one: 'holds it as a nested stack', all: 'Holds it as a nested stack' },
  reference: { one: 'refers to it', all: 'Refers to it' },
  'depends-on': { one: 'comes after it (depends-on)', all: 'Comes after it (depends-on)' },
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
