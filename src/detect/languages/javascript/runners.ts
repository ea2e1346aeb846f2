import type { ReaderContext, Finding } from '../../invocation';
import { findInCommandText, findInWords } from '../commands';
import { known, partsOf, type Call, type Value } from '../program/value';
import { children, code, type State } from './state';
import type { SyntaxNode } from '@lezer/common';
import { evaluate } from './evaluate';

/**
 * Calls that run one text in a shell. Sources: Node.js documentation, child_process; ShellJS, execa, node-cmd, sudo-prompt,
 * child-process-promise, teen_process, tinyexec, ssh2 and node-ssh readmes.
 */
const TEXT = /^(?:child_process\.(?:exec|execSync)|(?:child-process-promise|promisify-child-process|mz\/child_process)\.exec|shelljs(?:\.exec|\.cmd)|execa\.(?:execaCommand|execaCommandSync|command|commandSync)|node-cmd\.(?:run|runSync|get)|sudo-prompt\.exec|ssh2\.Client\(\)\.exec|node-ssh\.NodeSSH\(\)\.execCommand|node-exec-promise\.exec|async-exec|just-shell|concurrently|@actions\/exec\.(?:exec|getExecOutput)|webpack-shell-plugin-next\(\))$/;
/** Calls that start a program with a list of words. Sources: the same, and the Deno and Bun API references. */
const LIST = /^(?:child_process\.(?:spawn|spawnSync|execFile|execFileSync)|(?:child-process-promise|promisify-child-process|mz\/child_process)\.(?:spawn|execFile|fork)|execa(?:\.(?:execa|execaSync|sync|execaNode))?|cross-spawn(?:\.(?:sync|spawn))?|cross-spawn-promise|nano-spawn|tinyexec\.(?:x|exec)|teen_process\.exec|@npmcli\/promise-spawn|foreground-child(?:\.foregroundChild)?|node-pty\.spawn|spawn-please|Deno\.Command|Deno\.run|(?:Bun|bun)\.(?:spawn|spawnSync)|@actions\/exec\.(?:exec|getExecOutput)|zx\.(?:spawn))$/;
/** Tags whose template is run. Sources: zx, execa, dax and Bun documentation. */
const TAG = /^(?:(?:zx|execa|bun|Bun|dax|@david\/dax|dax-sh|google\/zx|zx\/core|npm:zx)?\.?\$(?:\.sync|\.spawnSync|\(\)|\.with\(\))*|execa\.(?:execa|execaSync|execaCommand|\$)(?:\(\))*|(?:shelljs\.)?exec|nano-spawn|tinyexec\.x|zx\.\$.*)$/;

/** What a call that starts programs would run; undefined when it starts none. */
export function runs(call: Call, state: State): Finding[] | undefined {
  const { path, args, range } = call;
  const { context } = state;
  const [first, second] = args;
  const options = args.find((a): a is Extract<Value, { kind: 'map' }> => a.kind === 'map')?.entries;
  if (/^child_process\.fork$/.test(path) && first) return words([{ kind: 'text', parts: ['node'] }, first, ...itemsOf(second)], range, context);
  if (TEXT.test(path) && second?.kind !== 'list') {
    if (first?.kind === 'list') return first.items.flatMap((item) => runText(item.kind === 'map' ? item.entries.get('command') : item, range, context));
    return runText(first, range, context);
  }
  if (!LIST.test(path)) return shellGlobals(call, state);
  const command = first?.kind === 'map' ? (first.entries.get('cmd') ?? first.entries.get('cmds')) : first;
  if (command?.kind === 'list') return words(command.items, range, context);
  const list = second?.kind === 'list' ? second : path === 'Deno.Command' ? options?.get('args') : undefined;
  if (!command) return [];
  const inShell = options?.get('shell');
  // A shell reads the words again: `spawn('cd infra &&', ['terraform', 'destroy'], { shell: true })`.
  if (inShell && known(inShell) !== 'false') return runText({ kind: 'text', parts: [command, ...itemsOf(list)].flatMap((item, i) => [...(i > 0 ? [' '] : []), ...partsOf(item)]) }, range, context);
  if (!list) return runText(command, range, context);
  return words([command, ...itemsOf(list)], range, context);
}

const itemsOf = (value: Value | undefined): readonly Value[] => (value?.kind === 'list' ? value.items : []);

/** `require('shelljs/global')` and zx's globals put their functions beside the language's. */
function shellGlobals({ path, args, range }: Call, { modules, context }: State): Finding[] | undefined {
  if ((path === 'exec' && modules.has('shelljs/global')) || (path === '$' && args[0]?.kind === 'text')) return runText(args[0], range, context);
  const removes = /^(?:shelljs\.)?(?:rm|rm\(\))$/.test(path) && (path.startsWith('shelljs') || modules.has('shelljs/global'));
  if (!removes) return undefined;
  const [options, ...rest] = args;
  const flags = known(options)?.startsWith('-') === true;
  const paths = flags ? rest : args;
  return words([{ kind: 'text', parts: ['rm'] }, ...(flags && options ? [options] : []), ...paths.flatMap((p) => (p.kind === 'list' ? p.items : [p]))], range, context);
}

function runText(value: Value | undefined, range: Call['range'], context: ReaderContext): Finding[] {
  const parts = partsOf(value);
  return parts.every((p) => p === undefined || p.trim() === '') ? [] : changes(findInCommandText(parts, range, context));
}

function words(items: readonly Value[], range: Call['range'], context: ReaderContext): Finding[] {
  return items[0]?.kind === 'text' ? changes(findInWords(items.map((i) => (i.kind === 'text' ? i.parts : i.kind === 'list' ? 'many' : [undefined])), range, context)) : [];
}

const changes = (findings: readonly Finding[]): Finding[] => findings.filter((f) => f.mutation !== 'none');

/** What a tagged template would run: zx, execa, Bun and dax. */
export function runsTag(node: SyntaxNode, state: State): Finding[] {
  const [tag, body] = children(node);
  if (!tag || body?.name !== 'TemplateString') return [];
  const value = evaluate(tag, state);
  const path = value.kind === 'from' ? value.path : code(tag, state);
  return TAG.test(path) ? runText(evaluate(body, state), { start: node.from, end: node.to }, state.context) : [];
}
