import type { DetectContext, Finding, Tool } from '../invocation';
import { allTools, toolNamed } from '../tools/registry';
import { copyState, newState, type Frame, type Run } from './shell-state';
import { walkBody, walkText } from './shell-walk';

/** A text longer than this is not taken apart; when it names a guarded tool it is unknown. */
const MAX_LENGTH = 16 * 1024 * 1024;

/**
 * Every operation that a shell text would run, in the order in which it would. Never throws.
 * Reads are among them, with mutation `none`. What can't be known is a finding with mutation `unknown`.
 * @param text a command line or a script in the grammar of bash, which POSIX sh and most of zsh share.
 * @param tools finds the tool that a command word names; tests give their own.
 */
export function findInShell(text: string, context: DetectContext, tools: (name: string) => Tool | undefined = toolNamed): Finding[] {
  const run: Run = { context, tools, findings: [], called: new Set(), steps: 0 };
  const frame: Omit<Frame, 'source'> = { within: undefined, depth: 0, wrappers: [], files: [], calls: [] };
  const unread = (): Finding[] => (namesTool(text) ? [unparsed(text)] : []);
  if (text.length > MAX_LENGTH) return unread();
  try {
    const state = newState(context);
    const script = walkText(text, state, frame, run);
    // A function that nothing here calls may be called by whoever sources this.
    for (const [name, { body, source }] of state.functions) {
      if (!run.called.has(name)) walkBody(body, { ...copyState(state), positional: undefined }, { ...frame, source, calls: [name] }, run);
    }
    const found = unique(run.findings);
    const errors = script?.errors ?? [];
    if (errors.length > 0 && !found.some((f) => f.mutation === 'destructive' || f.mutation === 'unknown')) {
      const from = Math.max(0, Math.min(...errors.map((e) => e.pos)) - 200);
      if (namesTool(text.slice(from))) found.push(unparsed(text));
    }
    return found;
  } catch {
    // Nested deeper than this process can follow: what was found counts, and the rest is not known.
    return [...unique(run.findings), ...unread()];
  }
}

/** Whether a guarded tool's name stands in a text as a word of its own. */
function namesTool(text: string): boolean {
  return allTools().some((tool) => tool.names.some((name) => {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (!/[\w.-]/.test(text.charAt(at - 1)) && !/[\w.-]/.test(text.charAt(at + name.length))) return true;
    }
    return false;
  }));
}

function unparsed(text: string): Finding {
  return {
    operation: 'shell:unparsed', tool: 'shell', mutation: 'unknown', effects: ['unknown'], reversibility: { kind: 'unknown' }, targets: [], context: {},
    reason: 'This could not be read as shell text, and it names a guarded tool.', unknowns: ['the text is not complete or not shell'], guardsOff: [],
    range: { start: 0, end: Math.min(text.length, 1) },
  };
}

/** The same operation on the same target at the same place counts once: loops and branches come by several times. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((f) => {
    const key = `${f.range.start} ${f.range.end} ${f.operation} ${f.mutation} ${JSON.stringify(f.targets)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
