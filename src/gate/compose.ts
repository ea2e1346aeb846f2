/** Puts detection, rules, preview and record to a gate: the same way for the editor and for the command line. */
import os from 'node:os';
import path from 'node:path';

import type { Ledger } from '../ledger/ledger';
import { folderOf, type Operation } from '../model';
import { redact } from '../model/redact';
import { redactionOf } from '../model/redact/action';
import { detectAction } from './detect-action';
import type { GateDeps } from './gatekeeper';
import { createHandOver } from './handed-over';
import type { Home } from './home';
import { createPreviewer } from './previewer';
import { userName } from './user';

export interface Composition {
  /** Folder of the bundles. */
  readonly dist: string;
  readonly execPath: string;
  readonly ledger: Ledger;
  readonly home: Pick<Home, 'previews' | 'kept' | 'memory'>;
  readonly decide: GateDeps['decide'];
  readonly identify: GateDeps['identify'];
  readonly settings: GateDeps['settings'];
  /** The environment of a window that decides for others; see `PreviewerOptions`. */
  readonly own?: Readonly<Record<string, string | undefined>>;
  readonly folders: () => readonly string[];
  readonly place: () => string;
  /** The secret of this installation; absent where it can't be read (the command line). */
  readonly key?: () => string;
  readonly log: (line: string) => void;
}

/** Everything that the gate asks of others. */
export function gateDeps(c: Composition): GateDeps {
  const record: GateDeps['record'] = (r) => c.ledger.append(r);
  const say = (r: Parameters<GateDeps['record']>[0]): void => {
    const written = record(r);
    if (!written.ok) c.log(written.why);
  };
  return {
    detect(action, env, { readFile, namesIn }, stdin) {
      const context = { cwd: folderOf(action), env, home: env['HOME'] ?? ownFolder(), readFile, namesIn };
      return said(detectAction(action, context, stdin), redactionOf(action));
    },
    decide: c.decide,
    previewer: createPreviewer({
      workerPath: path.join(c.dist, 'preview-worker.js'), execPath: c.execPath, temporary: c.home.previews, kept: c.home.kept, memory: c.home.memory, folders: c.folders,
      ...(c.own && { own: c.own }), record: say, log: c.log, ...(c.key && { key: c.key }),
    }),
    handOver: createHandOver(c.home.previews, (line) => c.log(redact(line))),
    record,
    identify: c.identify,
    settings: c.settings,
    place: c.place,
    user: userName,
    log: (line) => c.log(redact(line)),
  };
}

/** The user's home as the system has it, whatever this process's environment says. */
function ownFolder(): string {
  try {
    return os.userInfo().homedir;
  } catch {
    return os.homedir();
  }
}

/** What is said of an operation never repeats a secret of its action. Targets stay: rules and previews go by them. */
function said(operations: readonly Operation[], hide: (text: string) => string): Operation[] {
  return operations.map((o) => ({ ...o, reason: hide(o.reason), unknowns: o.unknowns.map(hide), guardsOff: o.guardsOff.map(hide) }));
}
