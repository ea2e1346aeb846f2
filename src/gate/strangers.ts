import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

import { readStarts, unaccounted } from '../ledger/starts';
import { alive } from './discovery';
import type { Home } from './home';
import { gateName } from './proof';
import type { Discovery } from './protocol';

/** Something that is not as this window left it, or that no window wrote down. */
export interface Alarm {
  /** The same thing has the same key, so that it is told once. */
  readonly key: string;
  readonly what: string;
}

/** The gates and runs that the record knows. */
export interface Known {
  readonly gates: ReadonlySet<string>;
  readonly runs: readonly string[];
}

/** The gates that listen now and that no window has written down when it opened. */
export function strangeGates(home: Home, known: Pick<Known, 'gates'>): Alarm[] {
  return discoveries(home).flatMap((found) => {
    if (known.gates.has(gateName(found)) || !alive(found.pid)) return [];
    return [{ key: gateName(found), what: `process ${found.pid} (${programOf(found.pid)}) answers for Holdpoint, and no window has written it down when it opened: ${found.socket}` }];
  });
}

/** The commands that were started on the word of a gate and that no window let go. */
export function strangeStarts(home: Home, known: Known): Alarm[] {
  return unaccounted(readStarts(home.ledger), known.runs).map((started) => ({
    key: `${started.gate} ${started.id} ${started.time}`,
    what: `${started.tool} was started at ${started.time} on the word of process ${started.gatePid}, and no window has it in the record`,
  }));
}

function discoveries(home: Home): Discovery[] {
  let names: string[] = [];
  try {
    names = readdirSync(home.run);
  } catch {
    return [];
  }
  return names.filter((name) => name.endsWith('.json')).flatMap((name) => {
    try {
      const data = JSON.parse(readFileSync(path.join(home.run, name), 'utf8')) as Partial<Discovery> | null;
      return typeof data?.pid === 'number' && typeof data.socket === 'string' && typeof data.token === 'string' ? [data as Discovery] : [];
    } catch {
      return [];
    }
  });
}

function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return 'its program can\'t be seen';
  }
}

/** What makes a file another one under the same name. */
export function identityOf(file: string): string | undefined {
  try {
    const stat = lstatSync(file, { bigint: true });
    return `${stat.dev} ${stat.ino} ${stat.birthtimeNs}`;
  } catch {
    return undefined;
  }
}
