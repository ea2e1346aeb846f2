import { randomBytes } from 'node:crypto';
import { changedSeen, readSeen, type SeenRules, type SeenStore } from '../gate/seen-rules';
import type { HeadCopy } from '../ledger/copy';
import type { Confirmation } from '../rules/loosening';

/** What of the editor's secret storage is used (vscode.SecretStorage): a program that writes files can't write there. */
export interface Secrets {
  get(key: string): Thenable<string | undefined>;
  store(key: string, value: string): Thenable<void>;
  delete(key: string): Thenable<void>;
  onDidChange(listener: (e: { readonly key: string }) => void): { dispose(): void };
}

/**
 * What Holdpoint keeps where the editor keeps secrets: what a person has confirmed, what was last seen, and the key of this
 * installation. Read once before the first decision, then at hand; what cannot be read or is not of its form confirms nothing.
 */
export interface Vault {
  ready(): Promise<void>;
  /** Calls back when what is confirmed has changed, here or in another window. */
  onDidChange(listener: () => void): { dispose(): void };
  /** What a person has confirmed of the user's own rules. */
  confirmation(): Confirmation | undefined;
  confirm(what: Confirmation | undefined): Promise<void>;
  /** Whether a person has confirmed that the guard is switched off. */
  offConfirmed(): boolean;
  confirmOff(yes: boolean): Promise<void>;
  /** Where the ledger ended when this editor last looked. */
  head(): HeadCopy | undefined;
  noteHead(copy: HeadCopy): Promise<void>;
  /** The secret of this installation: with it, it can prove what it wrote itself. */
  key(): string;
  /** The memory of committed rules: what stands in the file only adds to it. */
  seen(file: SeenStore): SeenStore;
  dispose(): void;
}

const KEYS = { confirmation: 'holdpoint.confirmed', off: 'holdpoint.off', head: 'holdpoint.ledger', key: 'holdpoint.installation', seen: 'holdpoint.seen' } as const;

export function createVault(secrets: Secrets, failed: (error: unknown) => void): Vault {
  const at = new Map<string, string | undefined>();
  const listeners = new Set<() => void>();
  let started: Promise<void> | undefined;
  const read = async (key: string): Promise<void> => {
    at.set(key, await secrets.get(key));
  };
  const put = async (key: string, value: string | undefined): Promise<void> => {
    at.set(key, value);
    await (value === undefined ? secrets.delete(key) : secrets.store(key, value));
  };
  // The storage tells of a change made here too late or, where the value is at hand already, not at all.
  const decide = async (key: string, value: string | undefined): Promise<void> => {
    await put(key, value);
    for (const l of listeners) l();
  };
  const start = async (): Promise<void> => {
    await Promise.all(Object.values(KEYS).map(read));
    if (!/^[0-9a-f]{64}$/.test(at.get(KEYS.key) ?? '')) await put(KEYS.key, randomBytes(32).toString('hex'));
  };
  const known = new Set<string>(Object.values(KEYS));
  const listener = secrets.onDidChange(({ key }) => {
    if (!known.has(key)) return;
    const before = at.get(key);
    read(key).then(() => {
      // Where the ledger ends is read when it is needed, and moves with every command of any window.
      if (at.get(key) !== before && key !== KEYS.head && key !== KEYS.key) for (const l of listeners) l();
    }, failed);
  });
  return {
    // A storage that fails (no key ring) is an empty one: nothing counts as confirmed, and the key is of this session.
    ready: () => (started ??= start().catch((error: unknown) => {
      if (!at.get(KEYS.key)) at.set(KEYS.key, randomBytes(32).toString('hex'));
      failed(error);
    })),
    onDidChange(l) {
      listeners.add(l);
      return { dispose: () => void listeners.delete(l) };
    },
    confirmation: () => readConfirmation(at.get(KEYS.confirmation)),
    confirm: (what) => decide(KEYS.confirmation, what && JSON.stringify(what)),
    offConfirmed: () => at.get(KEYS.off) === 'yes',
    confirmOff: (yes) => (yes === (at.get(KEYS.off) === 'yes') ? Promise.resolve() : decide(KEYS.off, yes ? 'yes' : undefined)),
    head: () => readCopy(at.get(KEYS.head)),
    noteHead: (copy) => put(KEYS.head, JSON.stringify(copy)),
    key: () => at.get(KEYS.key) ?? '',
    seen: (file) => seenInVault(file, () => readSeen(at.get(KEYS.seen)), (all) => void put(KEYS.seen, JSON.stringify(all)).catch(failed)),
    dispose: () => listener.dispose(),
  };
}

/** Of what both know, the vault's word counts; what the file alone knows is added, because it can only tighten. */
function seenInVault(file: SeenStore, own: () => readonly SeenRules[], keep: (all: readonly SeenRules[]) => void): SeenStore {
  const all = (): readonly SeenRules[] => changedSeen(file.all(), own(), []);
  return {
    all,
    change(noted, forgotten) {
      const next = changedSeen(all(), noted, forgotten);
      keep(next);
      try {
        file.change(next, forgotten);
      } catch {
        // The file is for the command line; here, the vault's word counts.
      }
    },
  };
}

function readConfirmation(text: string | undefined): Confirmation | undefined {
  const data = parsed(text) as Partial<Record<keyof Confirmation, unknown>> | undefined;
  if (typeof data?.loosens !== 'string' || !Array.isArray(data.tightens) || !data.tightens.every((d) => typeof d === 'string')) return undefined;
  return { loosens: data.loosens, tightens: data.tightens as string[] };
}

function readCopy(text: string | undefined): HeadCopy | undefined {
  const data = parsed(text) as Partial<Record<keyof HeadCopy, unknown>> | undefined;
  if (typeof data?.chain !== 'string' || typeof data.hash !== 'string' || !Number.isSafeInteger(data.seq)) return undefined;
  return { chain: data.chain, hash: data.hash, seq: data.seq as number };
}

function parsed(text: string | undefined): object | undefined {
  try {
    const data: unknown = JSON.parse(text ?? 'null');
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}
