import type { TextRange } from '../../../model';
import type { Finding, Tool } from '../../invocation';
import { BUILTINS } from './builtins';
import { MAX_DEPTH, type Calls, type Frame } from './frame';
import { globPattern } from './glob';
import { baseName, DATA, SHELLS } from './names';
import { PROGRAMS } from './programs';
import { cantFollow, collected, invocation, nameIn, report, reportUnknown } from './report';
import { runShell, runFile } from './shells';
import { fork, type FunctionDefinition, functionsNamed, join, POSITIONAL, putVariable, setVariable, type State, type Variable, variable, widen } from './state';
import { DECODED_GAP, GAP, hasGap, REMOTE_GAP, sourceAt, type Field } from './text';
import { walkBody, walkText } from './parts';
import { unwrap, WRAPPERS } from './wrappers';

/** Builtins that run what they are given. */
const RUNS = /^(?:eval|source|\.|trap|alias|command|builtin|exec|noglob|nocorrect|hash|compgen)$/;

/** Looks at the words of one command after all expansions that are known: its name decides what the rest means. */
export function runArgv(argv: readonly Field[], frame: Frame, range: TextRange): void {
  const [head, ...args] = argv;
  const { run } = frame;
  if (!head || ++run.steps > run.maxSteps) return;
  if (frame.chain.length > MAX_DEPTH) return cantFollow('it is nested too deeply', { ...frame, source: sourceAt(argv.map((a) => a.text).join(' '), range) });
  if (hasGap(head.text)) return runDynamic(head, args, frame, range);
  // zsh looks `=aws` up on PATH.
  const called = head.text.startsWith('=') && run.toolNamed(head.text.slice(1)) ? head.text.slice(1) : head.text;

  if (frame.without === 'nothing') {
    const definitions = functionsNamed(frame.state, called);
    if (definitions) {
      callFunction(definitions, args, frame);
      if (!definitions.includes(undefined)) return;
    }
  }
  const name = baseName(called);
  const { elsewhere } = frame.state.context;
  if (elsewhere) report(elsewhere.program(invocation(argv, frame, range), run.context.readers), frame);
  if (frame.without !== 'builtins') {
    const builtin = BUILTINS.get(called);
    if (builtin && RUNS.test(called)) run.matters++;
    if (builtin) return builtin(args, frame.without === 'nothing' ? frame : { ...frame, without: 'nothing' }, range, called);
  }
  const inner: Frame = frame.without === 'nothing' ? frame : { ...frame, without: 'nothing' };
  if (!DATA.has(name)) run.matters++;
  const link = run.links.get(called.includes('/') ? fileName(called) : called);
  if (link !== undefined && !frame.chain.includes(`link ${called}`)) return runArgv([{ ...head, text: link }, ...args], { ...frame, without: 'builtins', chain: [...frame.chain, `link ${called}`] }, range);

  const tool = run.toolNamed(called);
  if (tool) {
    run.seen.add(head.range.start);
    if (tool.worthAsking?.(args) !== false) report(around(tool.detect(invocation(argv, inner, range), frame.state.context), called, tool, inner), inner);
  }
  if (SHELLS.has(name)) return runShell(name, args, inner, range);
  const program = PROGRAMS.get(name);
  if (program) return program(args, inner, range, name);
  const wrapper = WRAPPERS.get(name);
  if (wrapper) return unwrap(name, wrapper, args, inner, range);
  if (tool) return;
  if ((called.includes('/') || /\.(?:sh|bash|zsh|ksh)$/.test(called) || wroteByName(name, frame)) && runFile(head, args, inner, range, 'program')) return;
  if (!DATA.has(name)) runWithin(args, inner, range, name);
}

/** A guarded tool called by its path, or with a PATH of its own, goes around the shim that would ask. */
function around(findings: readonly Finding[], called: string, tool: Tool, { env }: Frame): readonly Finding[] {
  const way = called.includes('/') && !called.startsWith('./') ? `called by its path (${called})` : env?.has('PATH') === true ? 'called with a PATH of its own' : undefined;
  if (way === undefined || tool.everyday) return findings;
  return findings.map((f) => (f.mutation === 'destructive' || f.mutation === 'unknown' ? { ...f, guardsOff: [...f.guardsOff, way] } : f));
}

const fileName = (path: string): string => path.replace(/^\.\//, '');

/** With a changed PATH, a bare name may be a file that this text wrote. */
function wroteByName(name: string, { state, run }: Frame): boolean {
  return run.files.size > 0 && (variable(state, 'PATH')?.values ?? []).some((v) => v !== run.context.env?.['PATH']) && [...run.files.keys()].some((file) => baseName(file) === name);
}

/** Calls a function with its words; several definitions when it is not known which one holds. */
function callFunction(definitions: readonly (FunctionDefinition | undefined)[], args: readonly Field[], frame: Frame): void {
  const several = definitions.length > 1;
  const ways: State[] = [];
  for (const definition of definitions) {
    const state = several ? fork(frame.state) : frame.state;
    ways.push(state);
    if (definition) callDefinition(definition, args, { ...frame, state });
  }
  if (several) join(frame.state, ways);
}

/** Calls that are followed word for word: of a function that runs nothing guarded, and of one that may. */
const FOLLOWED = { inert: 8, inertSteps: 2000, all: 64, steps: 20_000 };

function callDefinition(definition: FunctionDefinition, args: readonly Field[], frame: Frame): void {
  const { run } = frame;
  run.called.add(definition);
  const mark = `function ${definition.name}`;
  const running = frame.chain.filter((c) => c.startsWith('function '));
  // A function that calls itself is followed once more with the words that it gives itself, and so are they all together.
  if (running.includes(mark) && running.length - new Set(running).size >= 1) return;

  const calls = run.calls.get(definition) ?? { count: 0, steps: 0, matters: false, blind: false, sets: new Set<string>() };
  run.calls.set(definition, calls);
  const enough = calls.matters ? calls.count >= FOLLOWED.all || (calls.count >= FOLLOWED.inert && calls.steps > FOLLOWED.steps) : calls.count >= FOLLOWED.inert && calls.steps > FOLLOWED.inertSteps;
  if (enough && !args.some((a) => a.text.length > 2000 || nameIn(a.text, run) >= 0)) return callBlind(definition, calls, frame, mark);

  const steps = run.steps;
  const matters = run.matters;
  calls.count++;
  const layer = fork(frame.state);
  runBody(definition, args, { ...frame, state: layer, chain: [...frame.chain, mark] });
  calls.steps += run.steps - steps;
  calls.matters ||= run.matters > matters;
  for (const name of layer.variables?.keys() ?? []) if (name !== POSITIONAL) calls.sets.add(name);
  join(frame.state, [layer]);
}

/**
 * Too many calls to follow each: once with nothing known, which holds for all of them; and whatever the function was
 * seen to set is not known afterwards.
 */
function callBlind(definition: FunctionDefinition, calls: Calls, frame: Frame, mark: string): void {
  if (!calls.blind) {
    calls.blind = true;
    const args = [{ text: GAP, multi: true, raw: '"$@"', range: definition.source.locate(definition.body.pos, definition.body.pos) }];
    runBody(definition, args, { ...frame, env: undefined, state: { ...fork(frame.state), blind: true }, chain: [...frame.chain, mark] });
  }
  for (const name of calls.sets) widen(frame.state, name);
}

function runBody(definition: FunctionDefinition, args: readonly Field[], frame: Frame): void {
  const { state } = frame;
  const locals = new Map<string, Variable | undefined>();
  for (const name of [POSITIONAL, ...(frame.env?.keys() ?? [])]) locals.set(name, variable(state, name));
  setVariable(state, POSITIONAL, [{ items: args.map((a, i) => ({ key: String(i + 1), text: a.text, multi: a.multi })) }]);
  for (const [name, value] of frame.env ?? []) setVariable(state, name, [value], { exported: true });
  walkBody(definition.body, { ...frame, source: definition.source, locals, env: undefined, without: 'nothing' });
  for (const [name, before] of locals) putVariable(state, name, before ?? { values: [GAP], exported: false });
}

/** A command whose name only the shell will know. */
function runDynamic(head: Field, args: readonly Field[], frame: Frame, range: TextRange): void {
  const { run } = frame;
  run.matters++;
  if (head.text.includes(REMOTE_GAP)) return reportUnknown('shell:remote-script', 'Runs what is downloaded, unseen.', `the command comes from ${shown(head)}`, range, frame);
  if (head.text.includes(DECODED_GAP)) return reportUnknown('shell:encoded-script', 'Runs what another program unpacks or makes up, unseen.', `the command comes from ${shown(head)}`, range, frame);
  const [next, text] = args;
  // `$SHELL -c '…'`
  if (next && text && /^-[a-zA-Z]*c$/.test(next.text)) {
    const found = collected(run, () => walkText(sourceAt(text.text, range, frame.source.file), { ...frame, state: fork(frame.state), wrappers: [...frame.wrappers, head.raw], chain: [...frame.chain, 'dynamic -c'] }));
    run.findings.push(...found.filter((f) => f.mutation !== 'none'));
    if (found.length > 0) return;
  }
  if (runWithin(args, frame, range, shown(head))) return;
  if (head.text.includes('/') && runFile(head, args, frame, range, 'program')) return;
  // Nothing among the words that could be an operation's name.
  if (!args.some((a) => /^[A-Za-z][A-Za-z0-9_:-]+$/.test(a.text))) return;
  const called = run.tools.filter((t) => !t.everyday && t.names.some((n) => n.length > 2 && head.raw.toLowerCase().includes(n)));
  for (const tool of called.length > 0 ? called : run.tools) {
    const name = tool.everyday ? undefined : tool.names.find((n) => couldBe(head.text, n) && likely(head, args, n));
    if (name === undefined) continue;
    const found = tool.detect(invocation([{ ...head, text: name, multi: false }, ...args], frame, range), frame.state.context);
    const sure = found.filter((f) => f.mutation === 'destructive' || f.mutation === 'modifying' || f.mutation === 'additive');
    report(sure.map((f) => ({
      ...f, mutation: 'unknown', effects: [...new Set([...f.effects, 'unknown' as const])],
      reason: `Runs ${shown(head)}, which may be ${name}. Then: ${f.reason}`, unknowns: [...f.unknowns, `the command itself comes from ${shown(head)}`],
    })), frame);
    if (sure.length > 0) return;
  }
}

const shown = (f: Field): string => (hasGap(f.raw) ? 'something that is not known' : f.raw);

/**
 * Whether a command of which nothing is known is worth trying as this tool: any AWS call, what a variable is called after
 * (`$KUBECTL`), and for the tools that most scripts keep in a variable the verbs that only they have.
 */
function likely(head: Field, args: readonly Field[], name: string): boolean {
  if (/[^\uFDD0-\uFDD2]/.test(baseName(head.text)) || name === 'aws') return true;
  if (name.length > 2 && head.raw.toLowerCase().includes(name)) return true;
  return /^(?:kubectl|terraform|gcloud|az|helm|pulumi)$/.test(name) && args.slice(0, 4).some((a) => /^(?:delete|destroy|drain|uninstall)$/.test(a.text));
}

/** Whether a text with gaps may be this name, or a path that ends in it. */
function couldBe(text: string, name: string): boolean {
  const pattern = baseName(text).replace(/[*?[\]\\]/g, '\\$&').replace(/[\uFDD0-\uFDD2]+/g, '*');
  return globPattern(pattern)(name);
}

/**
 * A command that nothing here knows may be a wrapper: a guarded command that changes something, or a shell with a text,
 * among its words counts. True when something was found.
 */
export function runWithin(args: readonly Field[], frame: Frame, range: TextRange, name: string): boolean {
  const { run } = frame;
  for (const [i, arg] of args.entries()) {
    if (i === args.length - 1 || hasGap(arg.text)) continue;
    const shell = SHELLS.has(baseName(arg.text)) && args.slice(i + 1, i + 4).some((a) => /^-[a-zA-Z]*c$/.test(a.text));
    if (!shell && !run.toolNamed(arg.text)) continue;
    // Words that are not known may be any operation, if the tool is certainly what is run.
    const open = args[i - 1]?.text === '--' || (i === 0 && args.slice(1, 3).some((a) => hasGap(a.text)));
    const inner: Frame = { ...frame, wrappers: [...frame.wrappers, name], without: 'builtins' };
    const found = collected(run, () => runArgv(args.slice(i), inner, range));
    const counts = found.filter((f) => f.mutation !== 'none' && (shell || open || f.mutation !== 'unknown'));
    // Without a change, words behind it are looked at as well: `install aws kubectl`.
    if (counts.length === 0) continue;
    run.findings.push(...counts);
    return true;
  }
  return false;
}

