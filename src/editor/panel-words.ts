import type { Downtime, HoldState } from '../model';
import { redact } from '../model/redact';
import { oneLine, unlinked } from '../model/visible';
import { shWord } from '../model/sh-quote';

/** The words of the review panel: one table for each thing that is said of a hold or a resource, and how a text is made fit to show. */

export const STATE_WORDS: Readonly<Record<HoldState, string>> = {
  previewing: 'Held. The preview is running',
  pending: 'Held. Waiting for your decision',
  approved: 'Approved. It runs in its terminal',
  denied: 'Denied. It did not run',
  moved: 'Held again: something changed after the approval',
  cancelled: 'Cancelled in its terminal. It did not run',
  expired: 'Expired. It did not run',
  abandoned: 'Not run: the window that held it was closed',
};

/** A text as it may be shown: without secrets, and looking like what it is. */
export const say = (text: string): string => oneLine(redact(text));

/** The same for notifications, input boxes and lists, which make links and icons of what they are given. */
export const sayPlainly = (text: string): string => unlinked(redact(text));

/** An argv as a line that a shell would read as the same words. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(shWord).join(' ');
}

/** What a downtime means for who uses it; empty when there is nothing to say. `bad` when it is, or may be, gone for a while. */
export function downtimeWords(downtime: Downtime): { text: string; bad: boolean } {
  const interrupted = { yes: 'out of service', may: 'may be out of service', no: 'stays in service', unknown: 'whether it stays in service is unknown' }[downtime.interrupted];
  const order = downtime.order === 'create-first' ? ', the new one is made before the old one goes'
    : downtime.order === 'delete-first' ? ', the old one goes before the new one is made' : '';
  return { text: `${interrupted}${order}`, bad: downtime.interrupted !== 'no' };
}

const TOOLS = 'aws|az|bq|cdk|docker|eksctl|gcloud|git|gsutil|helm|kubectl|mongorestore|mysql|pg_restore|psql|pulumi|redis-cli|sam|terraform|terragrunt|tofu|velero';
const COMMAND_START = new RegExp(`(?:^|[:;.(]\\s+|\\(|\\b(?:with|run)\\s+)((?:${TOOLS})\\s)`, 'gi');
/** Words with which a sentence goes on after a command. */
const SENTENCE = new Set(['after', 'again', 'and', 'before', 'first', 'for', 'from', 'goes', 'in', 'of', 'on', 'once', 'or', 'shows', 'that', 'the', 'then', 'to', 'until', 'which', 'with']);

/**
 * The commands in a sentence that tells a way back, each exactly as it stands there, so that it can be shown as code: what
 * stands between backticks, and what begins with a tool's name where a sentence would not. Cuts too early rather than too late.
 */
export function commandsIn(text: string): string[] {
  const found = [...text.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? '');
  for (const start of found.length > 0 ? [] : text.matchAll(COMMAND_START)) {
    const from = start.index + start[0].length - (start[1]?.length ?? 0);
    let end = from;
    for (const token of text.slice(from).matchAll(/\s*((?:'[^']*'|"[^"]*"|[^\s'"])+)/g)) {
      const word = token[1] ?? '';
      const bare = word.length > 1 ? word.replace(/[.,;:)]+$/, '') : word;
      if (word.startsWith('(') || SENTENCE.has(bare.toLowerCase())) break;
      end = from + token.index + token[0].length - (word.length - bare.length);
      if (bare !== word) break;
    }
    const command = text.slice(from, end);
    if (command.includes(' ')) found.push(command);
  }
  return [...new Set(found)];
}
