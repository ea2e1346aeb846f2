import type { Hold, HoldState } from '../../model';
import { holdOf, type Case } from './case';

/** How many holds a session remembers. */
const KEPT = 200;

/** The cases of a window: all that go on, and those that were before a person, newest first. */
export interface Store {
  /** Takes in one that begins. */
  add(it: Case): void;
  /** Puts it into the list that a person sees. */
  list(it: Case): void;
  /** Makes its hold anew from it, and tells whoever listens. */
  show(it: Case, state: HoldState, status?: string, reason?: string): void;
  /** A case that is, or was, before a person. */
  get(id: string): Case | undefined;
  holds(): readonly Hold[];
  /** Those that are not over. */
  going(): readonly Case[];
  onDidChange(listener: (hold: Hold) => void): { dispose(): void };
  clear(): void;
}

/** Whether it still waits for a decision. */
const waits = (it: Case): boolean => it.state.at === 'held' || it.state.at === 'check' || it.state.at === 'release';

export function createStore(log: (line: string) => void): Store {
  const open = new Set<Case>();
  const shown = new Map<string, Case>();
  const listeners = new Set<(hold: Hold) => void>();
  let order: string[] = [];
  /** One that still waits is never forgotten. */
  const forgetOld = (): void => {
    const keeps = (id: string, at: number): boolean => at < KEPT || (shown.get(id) !== undefined && waits(shown.get(id) as Case));
    for (const id of order.filter((each, at) => !keeps(each, at))) shown.delete(id);
    order = order.filter((id) => shown.has(id));
  };
  return {
    add(it) {
      for (const other of open) if (other.state.at === 'over') open.delete(other);
      open.add(it);
    },
    list(it) {
      shown.set(it.id, it);
      order.unshift(it.id);
      forgetOld();
    },
    show(it, state, status, reason) {
      const hold = holdOf(it, state, status ?? it.hold?.previewStatus ?? '', reason ?? it.hold?.decisionReason);
      it.hold = hold;
      for (const listener of listeners) {
        try {
          listener(hold);
        } catch (error) {
          log(`a listener failed: ${String(error)}`);
        }
      }
    },
    get: (id) => shown.get(id),
    holds: () => order.flatMap((id) => shown.get(id)?.hold ?? []),
    going: () => [...open].filter((it) => it.state.at !== 'over'),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    clear: () => listeners.clear(),
  };
}
