/** Puts detection, rules, preview and record to a gate: the same way for the editor and for the command line. */
import os from 'node:os';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { detectArgv } from '../detect/detect';
import type { Ledger } from '../ledger/ledger';
import type { Operation } from '../model';
import { redact, redactArgv, redactionFor } from '../model/redact';
import type { GateDeps } from './gatekeeper';
import type { Home } from './home';
import { createPreviewer } from './previewer';

export interface Composition {
  /** Folder of the bundles. */
  readonly dist: string;
  readonly execPath: string;
  readonly ledger: Ledger;
  readonly home: Pick<Home, 'previews' | 'kept' | 'memory'>;
  readonly decide: GateDeps['decide'];
  readonly identify: GateDeps['identify'];
  readonly settings: GateDeps['settings'];
  readonly folders: () => readonly string[];
  readonly place: () => string;
  readonly log: (line: string) => void;
}

/** A file that detection may read is a parameter file, not a data set. */
const MAX_INPUT = 8 * 1024 * 1024;

/** Everything that the gate asks of others. */
export function gateDeps(c: Composition): GateDeps {
  const record: GateDeps['record'] = (r) => c.ledger.append(r);
  const say = (r: Parameters<GateDeps['record']>[0]): void => {
    const written = record(r);
    if (!written.ok) c.log(written.why);
  };
  return {
    detect: (argv, cwd, env) => said(detectArgv(argv, { cwd, env, home: env['HOME'] ?? os.homedir(), readFile: readInput }), redactionFor(argv)),
    decide: c.decide,
    previewer: createPreviewer({
      workerPath: path.join(c.dist, 'preview-worker.js'), execPath: c.execPath, temporary: c.home.previews, kept: c.home.kept, memory: c.home.memory, folders: c.folders, record: say, log: c.log,
    }),
    record,
    identify: c.identify,
    redact,
    redactArgv,
    settings: c.settings,
    place: c.place,
    user: userName,
    log: (line) => c.log(redact(line)),
  };
}

/** What is said of an operation never repeats a secret of its command. Targets stay: rules and previews go by them. */
function said(operations: readonly Operation[], hide: (text: string) => string): Operation[] {
  return operations.map((o) => ({ ...o, reason: hide(o.reason), unknowns: o.unknowns.map(hide), guardsOff: o.guardsOff.map(hide) }));
}

/** The login name, which stays the same whatever the environment says. */
export function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return 'unknown';
  }
}

function readInput(file: string): string | undefined {
  try {
    const stat = statSync(file);
    return stat.isFile() && stat.size <= MAX_INPUT ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
