import type { Door } from '../../model';
import { readTable } from './load';

/** What is known of one command that opens a way which its own words do not show. */
export interface KnownDoor {
  readonly door: Door;
  /** Members of an API's input, or options: with one of them given, a job or a definition holds a command of its own. */
  readonly members: readonly string[];
  /** What that means, as a sentence. */
  readonly reason: string;
}

export type DoorTool = 'aws' | 'gcloud' | 'az' | 'kubectl' | 'terraform';

interface Table {
  /** How many names of each tool were asked, and the digest of them all: a name that is not listed below has `no` for an answer. */
  readonly asked: Readonly<Record<DoorTool, readonly [count: number, digest: string]>>;
  readonly doors: Readonly<Record<DoorTool, readonly (readonly [door: Door, reason: string, names: string])[]>>;
}

const indexes = new Map<DoorTool, ReadonlyMap<string, KnownDoor>>();

/**
 * The door that a command is. Source: scripts/knowledge/doors.py and its hand-made lines.
 * @param name `service:Api` for aws, the command's words for the others.
 */
export function doorOf(tool: DoorTool, name: string): KnownDoor | undefined {
  return doorsOf(tool).get(name);
}

/** Every door of a tool, by the command's name. */
export function doorsOf(tool: DoorTool): ReadonlyMap<string, KnownDoor> {
  const done = indexes.get(tool);
  if (done) return done;
  const index = new Map<string, KnownDoor>();
  for (const [door, reason, names] of readTable<Table>('doors.json').doors[tool]) {
    for (const entry of names.split(tool === 'aws' ? ' ' : ';')) {
      const [name = '', members] = entry.split('=');
      index.set(name, { door, reason, members: members?.split(',') ?? [] });
    }
  }
  indexes.set(tool, index);
  return index;
}

/** For which names the table has an answer: their number and digest. */
export const askedDoors = (tool: DoorTool): readonly [count: number, digest: string] => readTable<Table>('doors.json').asked[tool];
