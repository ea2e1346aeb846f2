import { copyOf, differs, type HeadCopy } from '../ledger/copy';
import { openHistory, type History } from '../ledger/history';
import type { Ledger } from '../ledger/ledger';
import type { Mark } from '../ledger/reading';

/** What of the vault the record needs. */
export interface CopyKeeper {
  head(): HeadCopy | undefined;
  noteHead(copy: HeadCopy): Promise<void>;
}

/** The ledger of this window, watched: where it ends is noted outside of it, and what does not fit that is an alarm. Free of `vscode`. */
export interface Record {
  readonly ledger: Ledger;
  /** What is wrong with the record, compared with what this editor knows of it. */
  alarm(): string | undefined;
  /** Compares the record with the copy of its end. */
  check(): Promise<string | undefined>;
  /** A person says that the record as it is now is the right one. */
  accept(): Promise<void>;
  dispose(): void;
}

/** So many lines may follow each other before the copy is renewed: the editor's storage is slow. */
const NOTE_MS = 1000;

export function watchRecord(ledger: Ledger, folder: string, keeper: CopyKeeper, changed: () => void, failed: (error: unknown) => void, history: History = openHistory(folder)): Record {
  let alarm: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** The chain's own name; unknown until the record was compared. */
  let chain: string | undefined;
  let end: Mark | undefined;
  const raise = (what: string | undefined): void => {
    if (what === alarm) return;
    alarm = what;
    changed();
  };
  const note = async (): Promise<void> => {
    timer = undefined;
    if (alarm !== undefined) return;
    chain ??= (await history.now()).chain;
    const known = keeper.head();
    // Another window may be ahead.
    if (chain !== undefined && end && !(known?.chain === chain && known.seq >= end.seq)) await keeper.noteHead({ chain, ...end });
  };
  const check = async (): Promise<string | undefined> => {
    const copy = keeper.head();
    // From the beginning: what an earlier look has read may have been changed since.
    const read = await history.whole(copy?.seq);
    const what = differs(read, copy);
    raise(what);
    const now = copyOf(read);
    if (what === undefined && now) {
      // Meanwhile this window may have written on.
      if (!end || chain !== now.chain || end.seq < now.seq) end = now;
      chain = now.chain;
      await note();
    }
    return what;
  };
  return {
    ledger: {
      file: ledger.file,
      append(record) {
        const done = ledger.append(record);
        if (!done.ok) {
          // Perhaps because of what the copy can tell.
          check().catch(failed);
          return done;
        }
        const known = keeper.head();
        // A number that was given out before: the record is shorter than it was, whatever it says of itself.
        if (known && chain === known.chain && done.seq <= known.seq) check().catch(failed);
        end = { seq: done.seq, hash: done.hash };
        timer ??= setTimeout(() => void note().catch(failed), NOTE_MS);
        return done;
      },
    },
    alarm: () => alarm,
    check,
    async accept() {
      const now = copyOf(await history.whole());
      if (!now) throw new Error('there is no record to accept yet: it begins with the next command');
      chain = now.chain;
      end = now;
      await keeper.noteHead(now);
      raise(undefined);
    },
    dispose: () => clearTimeout(timer),
  };
}
