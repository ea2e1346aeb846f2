import type { Mutation } from '../../model';

const READS = new Set(['select', 'show', 'describe', 'desc', 'explain', 'values', 'table', 'exists', 'use', 'set', 'begin', 'commit', 'rollback', 'start', 'end']);
/** A longer text is left undecided: taking comments out of a hostile one could take long. */
const LONGEST = 20_000;
const ORDER: readonly Mutation[] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];

/**
 * The worst a SQL or PartiQL text may do, by the words that begin its statements; comments and quoted text are taken out first.
 * What isn't a known beginning is `unknown`.
 */
export function sqlEffect(text: string): Mutation {
  if (text.length > LONGEST) return 'unknown';
  // In one pass, so that a quote inside a comment opens no string and the other way round.
  const bare = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`/g, (m) => (/^[-/]/.test(m) ? ' ' : "''")).toLowerCase();
  const statements = bare.split(';').map((s) => s.trim()).filter((s) => s !== '');
  const worst = Math.max(-1, ...statements.map((s) => ORDER.indexOf(statementEffect(s))));
  return ORDER[worst] ?? 'unknown';
}

function statementEffect(statement: string): Mutation {
  const first = /^\(*\s*([a-z]+)/.exec(statement)?.[1] ?? '';
  if (/\b(drop|truncate)\b/.test(statement) || /^(?:with\b[\s\S]*\b)?delete\b/.test(statement) || first === 'unload') return first === 'unload' ? 'additive' : 'destructive';
  if (/^(?:with\b[\s\S]*\b)?update\b/.test(statement)) return /\bwhere\b/.test(statement) ? 'modifying' : 'destructive';
  if (first === 'explain' && /\banalyze\b/.test(statement)) return statementEffect(statement.replace(/^explain\s+(?:\([^)]*\)|analyze|verbose|\s)*/, ''));
  if (first === 'with') return /\b(insert|merge|update|delete)\b/.test(statement) ? 'modifying' : 'none';
  if (READS.has(first)) return /\binto\b/.test(statement) && first === 'select' ? 'additive' : 'none';
  if (first === 'insert') return /\boverwrite\b/.test(statement) ? 'destructive' : 'additive';
  if (first === 'create') return /\bor\s+replace\b/.test(statement) ? 'modifying' : 'additive';
  if (first === 'alter' || first === 'merge' || first === 'grant' || first === 'msck' || first === 'copy' || first === 'analyze') return 'modifying';
  if (first === 'revoke') return 'destructive';
  return 'unknown';
}
