import { askedAction, type LedgerLine } from '../ledger/record';
import { actionTitle } from '../model/redact/action';

/** A yes that a program could have typed is told apart from one that only a person can give. */
function how(confirmed: 'panel' | 'terminal' | 'terminal-weak' | undefined, terminal: string | undefined): string {
  if (confirmed === undefined) return '';
  const at = confirmed === 'panel' ? 'in the editor' : confirmed === 'terminal' ? 'at a terminal' : 'at a terminal where a program could have typed it';
  return ` ${at}${terminal === undefined ? '' : ` (${terminal})`}`;
}

/** A line of the record in words. */
export function lineDetail(l: LedgerLine): string {
  switch (l.type) {
    case 'asked':
      return `${l.held ? 'held' : l.verdict.kind} (${l.verdict.risk}) for ${l.actor.kind} ${l.actor.name}: ${actionTitle(askedAction(l))}`;
    case 'previewed':
      return `${l.source}: ${Object.entries(l.counts).map(([outcome, n]) => `${n} ${outcome}`).join(', ') || 'nothing changes'}`;
    case 'preview-failed':
      return l.why;
    case 'decided':
      return `${l.decision} by ${l.by}${how(l.confirmed, l.terminal)}${l.reason ? `: ${l.reason}` : ''}`;
    case 'kept':
      return `saved before the run: ${l.files.map((f) => `${f.what} in ${f.path}`).join('; ')}`;
    case 'run':
      return `starts, fingerprint ${l.fingerprint.slice(0, 12)}`;
    case 'ended':
      return l.signal ? `by signal ${l.signal}` : l.exitCode === null ? 'how is not known' : `with exit code ${l.exitCode}`;
    case 'abandoned':
      return 'not run: the window that held it was closed';
    case 'gate-opened':
      return `a window began to answer: process ${l.gatePid}, version ${l.version}`;
    case 'alarm':
      return l.what;
    case 'escaped':
      return `ran around the gate: ${l.commandLine}`;
    case 'cleanup-needed':
      return `a temporary change set was about to be made: ${l.changeSet.name}`;
    case 'cleanup-done':
      return `the temporary change set is gone: ${l.changeSet}`;
    case 'resealed':
      return `gone on with by ${l.by}${how(l.confirmed, l.terminal)}${l.missing === null ? ', its end not known' : `, ${l.missing} lines short`}: ${l.reason}`;
    case 'guard-off':
    case 'guard-on':
      return `${l.how}, user ${l.by}`;
    case 'loosened':
      return `by ${l.by}: ${l.what}`;
    case 'torn':
      return `half a line of an earlier writer was put aside into ${l.setAside}`;
  }
}
