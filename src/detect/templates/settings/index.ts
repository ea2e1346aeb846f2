import { switchedOff } from '../../engines/guard-files';
import type { Mark } from '../mark';

/** What an edit of the editor's or an agent's settings switches off that was on at git HEAD. */
export function settingsMarks(head: string | undefined, current: string | undefined): Mark[] {
  if (current === undefined) return [];
  const before = new Set(switchedOff(head ?? '').map((s) => s.what));
  return switchedOff(current).filter((s) => !before.has(s.what)).map((s): Mark => ({
    range: { start: s.start, end: s.end }, logicalId: current.slice(s.start, s.end).split(/[":\s]+/).find((w) => w !== '') ?? 'setting', type: 'setting', kind: 'guard-removed', risk: 'high', effects: ['guard-removal'], data: 'none',
    reversibility: { kind: 'reversible' }, message: `With this setting ${s.what}.`, fixes: [],
  }));
}
