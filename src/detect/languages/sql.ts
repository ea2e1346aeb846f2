import type { Finding } from '../invocation';
import { sqlStatements } from '../engines/sql/statements';

/** The statements of a file of SQL that destroy. */
export function findInSql(text: string): Finding[] {
  return sqlStatements(text).filter((s) => s.mutation === 'destructive').map((s): Finding => {
    const start = Math.max(0, text.search(new RegExp(`\\b${s.verb.split(' ')[0] ?? ''}\\b`, 'i')));
    const end = text.indexOf(';', start);
    return {
      operation: `sql:${s.verb}`, tool: 'sql', mutation: s.mutation, effects: s.effects, reversibility: s.undo ?? { kind: 'unknown' },
      targets: s.targets.map((name) => ({ type: s.kind, name, known: true })), context: {}, reason: s.reason, unknowns: [], guardsOff: [],
      range: { start, end: end < 0 ? Math.min(text.length, start + 80) : end },
    };
  });
}
