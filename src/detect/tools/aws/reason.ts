import type { Effect, Target } from '../../../model';
import { beginningOf } from '../../engines/verbs';
import { shText } from '../../invocation';
import type { AwsOperation } from '../../knowledge/aws-operations';
import { type AwsCall, targetNames } from './call';

const CONSEQUENCE: Readonly<Record<Effect, string>> = {
  'data-loss': 'data is lost',
  outage: 'what depends on it stops working',
  replacement: 'resources are replaced',
  'identity-loss': 'its name or address may be gone for good',
  'access-loss': 'somebody or something loses access',
  exposure: 'more people can reach it',
  'guard-removal': 'a protection is gone',
  cost: 'it costs money',
  unknown: 'what it changes can not be told from the command',
};

/** What an operation does to whom and with what consequence, in one sentence. */
export function reasonOf(operation: AwsOperation, targets: readonly Target[], effects: readonly Effect[]): string {
  const what = `${phrase(operation.api)}${named(targets)}`;
  if (operation.mutation === 'none') return `${what}: changes nothing.`;
  if (operation.note !== undefined) return `${what}. ${operation.note}`;
  const consequences = effects.map((e) => CONSEQUENCE[e]);
  return consequences.length === 0 ? `${what}.` : `${what}: ${consequences.join(', and ')}.`;
}

/** `DeleteDBInstance` as the beginning of a sentence: `Deletes DB instance`. */
export function phrase(api: string): string {
  const words = (api.charAt(0).toUpperCase() + api.slice(1)).match(/[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+/g) ?? [api];
  const skipped = words.length > 1 && (words[0] === 'Batch' || words[0] === 'Admin') ? words.slice(1) : words;
  const [verb = api, ...rest] = skipped;
  const begins = beginningOf(verb);
  if (begins === undefined) return `Runs \`${api}\``;
  return [begins, ...rest.map((w) => (w.length > 1 && w === w.toUpperCase() ? w : w.toLowerCase()))].join(' ');
}

/**
 * The command again with some options left out and words added, quoted for a shell.
 * @param dropped names of flags; one that ends in `=` takes its value with it.
 */
export function rewritten(call: AwsCall, dropped: readonly string[], added: readonly string[]): string {
  const kept: string[] = [];
  let takesNext = false;
  for (const word of call.invocation.argv) {
    const name = word.value?.startsWith('--') === true ? word.value.slice(2).split('=')[0] : undefined;
    const match = name !== undefined && name.length > 2 ? dropped.find((d) => d.startsWith(name)) : undefined;
    if (match !== undefined) takesNext = match.endsWith('=') && word.value?.includes('=') === false;
    else if (takesNext && name === undefined) takesNext = false;
    else kept.push(shText(word));
  }
  return [...kept, ...added].join(' ');
}

function named(targets: readonly Target[]): string {
  // The first option names the thing itself, the others what it belongs to.
  const own = targets.filter((t) => t.type === targets[0]?.type);
  const names = targetNames(own);
  const around = targetNames(targets.filter((t) => !own.includes(t)));
  if (names !== undefined) return ` ${names}${around === undefined ? '' : ` (${around})`}`;
  return targets.some((t) => !t.known) ? ' (which one is not known yet)' : '';
}
