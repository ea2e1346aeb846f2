import { readTable } from '../../knowledge/load';
import { propertyAt } from './stateful-types';
import { scalarText, type Value } from './value';

/** A property that keeps a resource or its data from going. */
export interface Guard {
  readonly type: string;
  readonly property: string;
  /** Values that protect; `>0` is any number above nought. */
  readonly on: readonly string[];
  /** In words ("deletion protection"). */
  readonly what: string;
  /** True when a deletion fails while it is on. */
  readonly blocks?: boolean;
  readonly source: string;
}

export interface Interruption {
  readonly type: string;
  readonly properties: readonly string[];
  readonly what: string;
  readonly source: string;
}

interface Table {
  readonly guards: readonly Guard[];
  readonly interruptions: readonly Interruption[];
}

/** The guards of a type. Source: the table `cfn-guards.json`, with a source per entry. */
export function guardsOf(type: string): readonly Guard[] {
  return readTable<Table>('cfn-guards.json').guards.filter((guard) => guard.type === type);
}

/** Whether a guard is on; undefined when the value is not known here. */
export function guardIsOn(guard: Guard, properties: Readonly<Record<string, Value>>): boolean | undefined {
  const value = propertyAt(properties, guard.property);
  if (value === undefined) return false;
  const text = scalarText(value);
  if (text === undefined) return undefined;
  return guard.on.some((on) => (on === '>0' ? Number(text) > 0 : on.toLowerCase() === text.toLowerCase()));
}

/** What a change of these top-level properties interrupts, in words; undefined when nothing is known to. */
export function interruptionOf(type: string, properties: readonly string[]): Interruption | undefined {
  return readTable<Table>('cfn-guards.json').interruptions.find((one) => one.type === type && one.properties.some((name) => properties.includes(name)));
}
