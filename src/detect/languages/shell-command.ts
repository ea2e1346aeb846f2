import type { Command } from 'unbash';

import { knownWord, type Finding, type Invocation, type Word } from '../invocation';
import type { TextRange } from '../../model';
import { allTools } from '../tools/registry';
import { globPattern } from './shell-glob';
import { copyState, MAX_DEPTH, UNKNOWN, type Frame, type Run, type State } from './shell-state';
import { absolute, fileText, printed, walkBody, walkText, type Written } from './shell-walk';
import { variable } from './shell-words';
import { DATA, SHELLS, WRAPPERS, type Wrapper } from './wrappers';

/** What stands around the words of a command. */
export interface Place {
  /** Assignments before the command. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** What it reads, where that is known; null when nothing is piped or redirected into it. */
  readonly stdin: string | undefined | null;
  /** The command whose output is piped into it. */
  readonly piped: Command | undefined;
  readonly range: TextRange;
  readonly redirects: readonly Written[];
  readonly state: State;
  readonly frame: Frame;
  readonly run: Run;
}

/** Looks at the words of one command after all expansions that are known: its name decides what the rest means. */
export function runWords(words: readonly Word[], place: Place): void {
  const { state, frame, run } = place;
  const [first, ...args] = words;
  if (!first) return;
  if (frame.depth > MAX_DEPTH) return unparsed(place, 'it is nested too deeply');
  remember(words, place);
  if (first.value === undefined) return dynamic(first, args, place);
  const called = first.value;
  const alias = state.aliases.get(called);
  if (alias !== undefined && !frame.calls.includes(`alias ${called}`)) {
    return walkInside(`${alias} ${args.map((a) => quote(a)).join(' ')}`, place, { ...frame, calls: [...frame.calls, `alias ${called}`] }, state);
  }
  const defined = state.functions.get(called);
  if (defined && !frame.calls.includes(called)) {
    run.called.add(called);
    const positional = state.positional;
    state.positional = args;
    const inner: Frame = { ...frame, source: defined.source, depth: frame.depth + 1, calls: [...frame.calls, called] };
    for (const [name, value] of place.env) state.vars.set(name, variable(value));
    walkBody(defined.body, state, inner, run);
    state.positional = positional;
    return;
  }
  if (defined) return;
  const name = baseName(called);
  if (builtin(name, args, place)) return;
  if (SHELLS.has(name)) return shell(name, args, place);
  const tool = run.tools(called);
  if (tool) return report(tool.detect(invocation(words, place), run.context), place);
  // A path with a wildcard is whatever file fits: `/usr/bin/aw?`.
  if (/[*?[]/.test(called)) {
    const fits = globPattern(name);
    for (const known of allTools()) for (const n of known.names) if (fits(n)) report(known.detect(invocation([knownWord(n, first.range), ...args], place), run.context), place);
    return;
  }
  switch (name) {
    case 'xargs':
      return xargs(args, place);
    case 'parallel':
      return parallel(args, place);
    case 'find':
    case 'fd':
      return find(args, place);
    case 'at':
    case 'batch':
      if (typeof place.stdin === 'string') walkInside(place.stdin, place, { ...frame, wrappers: [...frame.wrappers, name] }, copyState(state));
      return;
    case 'tmux':
    case 'screen':
      return typed(name, args, place);
  }
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (wrapper) return unwrap(name, wrapper, args, place);
  if (called.includes('/') || /\.(?:sh|bash|zsh)$/.test(called)) {
    if (runFile(called, args, place)) return;
  }
  if (!DATA.has(name)) unknownCommand(args, place);
  else if (name === 'docker' || name === 'podman' || name === 'kubectl') innerShell(args, place);
}

const baseName = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

function invocation(words: readonly Word[], { env, stdin, range, state, frame }: Place): Invocation {
  const all = new Map<string, string | undefined>();
  for (const [name, value] of state.vars) {
    if (state.exported.has(name) || /^(AWS_|KUBE|TF_|GOOGLE_|CLOUDSDK_|AZURE_|ARM_)/.test(name)) all.set(name, value.values?.length === 1 ? value.values[0] : undefined);
  }
  for (const [name, value] of env) all.set(name, value);
  return { argv: words, env: all, cwd: state.cwd, stdin, range, wrappers: frame.wrappers };
}

function report(findings: readonly Finding[], { range, run, frame }: Place): void {
  const file = frame.files.at(-1);
  for (const finding of findings) {
    run.findings.push({ ...finding, range, ...(file === undefined ? {} : { reason: `${finding.reason} (It is in ${baseName(file)}, which this runs.)` }) });
  }
}

/** A finding of the shell itself: something is run, and what it is can't be known. */
function unknown(operation: string, reason: string, unknowns: string, place: Place): void {
  report([{
    operation, tool: 'shell', mutation: 'unknown', effects: ['unknown'], reversibility: { kind: 'unknown' }, targets: [], context: {}, reason, unknowns: [unknowns], guardsOff: [], range: place.range,
  }], place);
}

function unparsed(place: Place, why: string): void {
  unknown('shell:unparsed', `Runs something that could not be read: ${why}.`, why, place);
}

/** A command whose name only the shell will know. Reported when its words are those of a guarded tool. */
function dynamic(first: Word, args: readonly Word[], place: Place): void {
  const { run } = place;
  const known = first.parts.filter((p) => p !== undefined).join('');
  for (const tool of allTools()) {
    const [name] = tool.names;
    if (name === undefined) continue;
    const words = first.multi && known === '' ? [[knownWord(name, first.range), ...args], args] : [[knownWord(name, first.range), ...args]];
    for (const argv of words) {
      const [head] = argv;
      if (!head || (argv === args && run.tools(head.value ?? '') !== tool)) continue;
      const found = tool.detect(invocation(argv, place), run.context).filter((f) => f.mutation !== 'none' && !(f.mutation === 'unknown' && f.operation.endsWith(':unknown')));
      const sure = found.filter((f) => f.mutation === 'destructive' || (f.mutation === 'modifying' && f.previewDecides));
      if (sure.length > 0) return report(sure.map((f) => ({ ...f, unknowns: [...f.unknowns, `the command itself comes from ${first.raw}`] })), place);
    }
  }
}

/** Builtins that change what the shell knows, or run what they are given. True when it was one. */
function builtin(name: string, args: readonly Word[], place: Place): boolean {
  const { state, frame } = place;
  const values = args.map((a) => a.value);
  switch (name) {
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly': {
      for (const arg of args) {
        const text = arg.value ?? arg.parts[0] ?? '';
        if (text.startsWith('-')) continue;
        const at = text.indexOf('=');
        const variableName = (at < 0 ? text : text.slice(0, at)).replace(/\+$/, '');
        if (!/^[A-Za-z_]\w*$/.test(variableName)) continue;
        if (at >= 0) state.vars.set(variableName, arg.value === undefined || text.charAt(at - 1) === '+' ? UNKNOWN : variable(text.slice(at + 1)));
        if (name === 'export' || args.some((a) => /^-\w*x/.test(a.value ?? ''))) state.exported.add(variableName);
      }
      return true;
    }
    case 'unset':
      for (const v of values) if (v !== undefined) {
        state.vars.set(v, variable(''));
        state.functions.delete(v);
      }
      return true;
    case 'set': {
      const dashes = values.indexOf('--');
      if (dashes >= 0) state.positional = args.slice(dashes + 1);
      else if (values[0] !== undefined && !/^[-+]/.test(values[0])) state.positional = args;
      return true;
    }
    case 'shift': {
      const count = Number(values[0] ?? '1');
      state.positional = state.positional && Number.isInteger(count) && !state.positional.slice(0, count).some((w) => w.multi) ? state.positional.slice(count) : undefined;
      return true;
    }
    case 'cd':
    case 'pushd': {
      const dir = values.find((v) => v === undefined || !v.startsWith('-'));
      state.cwd = values.length === 0 ? place.run.context.home : dir === undefined ? undefined : absolute(dir, state);
      return true;
    }
    case 'alias':
      for (const v of values) {
        const at = v?.indexOf('=') ?? -1;
        if (v !== undefined && at > 0) state.aliases.set(v.slice(0, at), v.slice(at + 1));
      }
      return true;
    case 'unalias':
      for (const v of values) if (v !== undefined) state.aliases.delete(v);
      return true;
    case 'read': {
      const names = values.filter((v): v is string => v !== undefined && !v.startsWith('-'));
      const line = typeof place.stdin === 'string' ? place.stdin.split('\n')[0]?.trim() : undefined;
      const cut = line?.split(/\s+/);
      names.forEach((n, i) => state.vars.set(n, variable(cut && names.length > 0 ? (i === names.length - 1 ? cut.slice(i).join(' ') : cut[i]) : undefined)));
      return true;
    }
    case 'mapfile':
    case 'readarray':
    case 'getopts':
      for (const v of values) if (v !== undefined && /^[A-Za-z_]\w*$/.test(v)) state.vars.set(v, UNKNOWN);
      return true;
    case 'printf': {
      const at = values.indexOf('-v');
      const target = at < 0 ? undefined : values[at + 1];
      if (target === undefined) return false;
      const rest = [knownWord('printf'), ...args.filter((_, i) => i !== at && i !== at + 1)];
      state.vars.set(target, variable(printed(rest, null, state, frame, place.run)));
      return true;
    }
    case 'eval': {
      if (args.length === 0) return true;
      if (args.every((a) => a.value !== undefined)) walkInside(values.join(' '), place, { ...frame, wrappers: [...frame.wrappers, 'eval'] }, state);
      else evalParts(args, place);
      return true;
    }
    case 'source':
    case '.': {
      const file = values[0];
      if (file !== undefined) runFile(file, args.slice(1), place, state);
      return true;
    }
    case 'trap': {
      const [action] = values;
      if (action !== undefined && !action.startsWith('-') && action !== '') walkInside(action, place, frame, copyState(state));
      return true;
    }
    default:
      return false;
  }
}

/** `eval` of text with gaps: what is known of it is read with the gaps as variables that nobody set. */
function evalParts(args: readonly Word[], place: Place): void {
  const text = args.map((a) => (a.multi && a.parts.every((p) => p === undefined) ? '$__unknown' : a.parts.map((p) => p ?? '${__unknown}').join(''))).join(' ');
  if (/^\s*\$\{?__unknown\}?\s*$/.test(text)) return;
  walkInside(text, place, { ...place.frame, wrappers: [...place.frame.wrappers, 'eval'] }, place.state);
}

/** Text inside this text: findings get this command's range. */
function walkInside(text: string, place: Place, frame: Frame, state: State): void {
  walkText(text, state, { ...frame, depth: frame.depth + 1, within: frame.within ?? place.range }, place.run);
}

/** A shell: `-c TEXT`, a script's name, or what is piped into it. */
function shell(name: string, args: readonly Word[], place: Place): void {
  const { state, frame } = place;
  const inner: Frame = { ...frame, wrappers: [...frame.wrappers, name] };
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at];
    const text = word?.value ?? word?.parts[0] ?? '';
    if (text === '--') {
      at++;
      break;
    }
    if (!/^[-+]/.test(text) || text === '-') break;
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(text) && !text.startsWith('--')) {
      // Options may stand between -c and its text.
      let code = at + 1;
      while (/^[-+][a-zA-Z]/.test(args[code]?.value ?? '')) code += /^[-+][a-zA-Z]*[oO]$/.test(args[code]?.value ?? '') ? 2 : 1;
      return shellText(name, args[code], args.slice(code + 2), place, inner);
    }
    if (/^[-+][a-zA-Z]*[oO]$/.test(text) || text === '--rcfile' || text === '--init-file') at++;
    if (/^(--version|--help|-n)$/.test(text)) return;
  }
  const script = args[at];
  const reads = args.slice(0, at).some((a) => /^-[a-zA-Z]*s/.test(a.value ?? ''));
  if (script && !reads && script.value !== '-' && script.value !== '/dev/stdin') {
    if (script.value !== undefined) runFile(script.value, args.slice(at + 1), { ...place, frame: inner });
    return;
  }
  const { stdin } = place;
  if (typeof stdin === 'string') return walkInside(stdin, place, inner, childState(state, args.slice(at + 1)));
  if (stdin === undefined) {
    const from = place.piped?.name?.value ?? 'another command';
    const remote = from === 'curl' || from === 'wget';
    unknown(remote ? 'shell:remote-script' : 'shell:unknown-script', remote ? `Runs what ${from} downloads, unseen.` : `Runs what ${from} prints, unseen.`, `the script comes from ${from}`, place);
  }
}

function shellText(name: string, word: Word | undefined, positional: readonly Word[], place: Place, frame: Frame): void {
  if (!word) return;
  if (word.value !== undefined) return walkInside(word.value, place, frame, childState(place.state, positional));
  evalParts([word], { ...place, frame, state: childState(place.state, positional) });
  if (word.parts.every((p) => p === undefined)) dynamicText(name, word, place);
}

/** `bash -c "$CMD"` of something unknown: told only when it is certain that text from outside is run unseen. */
function dynamicText(name: string, word: Word, place: Place): void {
  if (/\$\(\s*(?:curl|wget)\b|`\s*(?:curl|wget)\b/.test(word.raw)) {
    unknown('shell:remote-script', `Runs what a download gives in ${name}, unseen.`, `the script comes from ${word.raw}`, place);
  }
}

/** What a shell of its own knows: only what is exported. */
function childState(state: State, positional: readonly Word[]): State {
  const copy = copyState(state);
  for (const name of [...copy.vars.keys()]) if (!copy.exported.has(name) && !(name in process.env)) copy.vars.delete(name);
  copy.functions.clear();
  copy.aliases.clear();
  copy.positional = positional;
  return copy;
}

/** A script that this command runs. True when its text was there to be read. */
function runFile(path: string, args: readonly Word[], place: Place, shared?: State): boolean {
  const { state, frame, run } = place;
  const key = absolute(path, state) ?? path;
  if (frame.files.includes(key) || frame.files.length > 8) return true;
  const text = fileText(path, state, run);
  if (text === undefined || text.includes('\0')) return false;
  const shebang = /^#!\s*(?:\S*\/)?(?:env\s+(?:-S\s+)?)?([^\s/]+)/.exec(text)?.[1];
  if (shebang !== undefined && !SHELLS.has(shebang)) return false;
  const inner = shared ?? childState(state, args);
  const before = inner.positional;
  if (shared && args.length > 0) inner.positional = args;
  walkInside(text, place, { ...frame, files: [...frame.files, key] }, inner);
  if (shared) inner.positional = before;
  return true;
}

/** Takes a wrapper's own words off and goes on with the command behind them. */
function unwrap(name: string, wrapper: Wrapper, args: readonly Word[], place: Place): void {
  const { frame } = place;
  const inner: Frame = { ...frame, wrappers: [...frame.wrappers, name] };
  const env = new Map(place.env);
  if (name === 'command' && args.some((a) => /^-[vV]/.test(a.value ?? ''))) return;
  let at = 0;
  if (wrapper.first) {
    if (!wrapper.first.includes(args[0]?.value ?? '')) return;
    at = 1;
  }
  let ran = false;
  for (; at < args.length; at++) {
    const word = args[at];
    if (!word) break;
    const text = word.value ?? word.parts[0] ?? '';
    if (text === '--') {
      at++;
      break;
    }
    if (text.startsWith('--')) {
      const [option = '', ...rest] = text.split('=');
      if (wrapper.text?.includes(option)) {
        const code = rest.length > 0 ? knownWord(rest.join('='), word.range) : args[++at];
        ran = true;
        shellText(name, code, [], { ...place, env }, inner);
      } else if (rest.length === 0 && wrapper.long?.includes(option)) at++;
      continue;
    }
    if (text.startsWith('-') && text.length > 1) {
      const option = text.slice(0, 2);
      if (wrapper.text?.some((t) => t.length === 2 && text.slice(1).includes(t.charAt(1)))) {
        const attached = text.length > 2 && wrapper.text.includes(option) ? text.slice(2) : undefined;
        ran = true;
        shellText(name, attached !== undefined ? knownWord(attached, word.range) : args[++at], [], { ...place, env }, inner);
        continue;
      }
      const letters = text.slice(1);
      const valued = [...letters].findIndex((c) => wrapper.short?.includes(c));
      if (valued >= 0 && valued === letters.length - 1) at++;
      continue;
    }
    if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(text)) {
      env.set(text.slice(0, text.indexOf('=')), word.value?.slice(text.indexOf('=') + 1));
      continue;
    }
    break;
  }
  if (ran && wrapper.dashes) return;
  let rest = args.slice(at);
  if (wrapper.dashes) {
    const dashes = args.findIndex((a) => a.value === '--');
    rest = dashes >= 0 ? args.slice(dashes + 1) : name === 'mise' || name === 'dotenv' ? rest : [];
  } else if (wrapper.skip) {
    rest = rest.slice(wrapper.skip);
    if (rest[0]?.value === '--') rest = rest.slice(1);
  }
  if (rest.length === 0) return;
  const next: Place = { ...place, env, frame: inner };
  if (wrapper.joins) {
    if (rest.every((w) => w.value !== undefined)) walkInside(rest.map((w) => w.value).join(' '), next, inner, name === 'ssh' ? childState(place.state, []) : copyState(place.state));
    else evalParts(rest, { ...next, state: copyState(place.state) });
    return;
  }
  if (wrapper.text?.includes('-c') && rest[0]?.value === '-c') return shellText(name, rest[1], [], next, inner);
  runWords(rest, next);
}

/** `xargs CMD`: the words that it reads come behind, or where `-I` says. */
function xargs(args: readonly Word[], place: Place): void {
  let at = 0;
  let replace: string | undefined;
  for (; at < args.length; at++) {
    const text = args[at]?.value ?? args[at]?.parts[0] ?? '';
    if (text === '--') {
      at++;
      break;
    }
    if (!text.startsWith('-') || text === '-') break;
    if (/^-[Ii]$/.test(text)) replace = text === '-i' ? '{}' : args[++at]?.value;
    else if (/^-[Ii]./.test(text)) replace = text.slice(2);
    else if (text === '--replace') replace = '{}';
    else if (text.startsWith('--replace=')) replace = text.slice(10);
    else if (/^-[adEeLlnPs]$/.test(text) || /^--(?:arg-file|delimiter|max-lines|max-args|max-procs|max-chars|process-slot-var|eof)$/.test(text)) at++;
  }
  const rest = args.slice(at);
  if (rest.length === 0) return;
  const inner = { ...place, frame: { ...place.frame, wrappers: [...place.frame.wrappers, 'xargs'] }, stdin: null, piped: undefined };
  const { stdin } = place;
  if (typeof stdin === 'string') {
    const inputs = replace === undefined ? stdin.split(/[\s\0]+/).filter((w) => w !== '') : stdin.split(/[\n\0]/).filter((w) => w.trim() !== '');
    if (replace === undefined) return runWords([...rest, ...inputs.map((i) => knownWord(i, place.range))], inner);
    for (const input of inputs.slice(0, 32)) runWords(rest.map((w) => substitute(w, String(replace), input)), inner);
    return;
  }
  const gap: Word = { raw: 'the words that xargs reads', value: undefined, parts: [undefined], multi: true, range: place.range };
  runWords(replace === undefined ? [...rest, gap] : rest.map((w) => substitute(w, String(replace), undefined)), inner);
}

function substitute(word: Word, mark: string, input: string | undefined): Word {
  if (mark === '' || !word.parts.some((p) => p?.includes(mark))) return word;
  const parts = word.parts.flatMap((p): (string | undefined)[] => (p === undefined ? [p] : p.split(mark).flatMap((piece, i) => (i === 0 ? [piece] : [input, piece]))));
  const whole = parts.every((p) => p !== undefined);
  return { ...word, parts: whole ? [parts.join('')] : parts, value: whole ? parts.join('') : undefined };
}

/** `parallel CMD ::: a b`. */
function parallel(args: readonly Word[], place: Place): void {
  const at = args.findIndex((a) => a.value === ':::' || a.value === '::::');
  const own = at < 0 ? args : args.slice(0, at);
  let begin = 0;
  while (begin < own.length && (own[begin]?.value ?? '').startsWith('-')) begin += /^(-j|-P|-n|--jobs|--max-procs|-N|--colsep|-C|-a|--arg-file|--delay|--timeout|--retries|--joblog|--results|-S|--sshlogin)$/.test(own[begin]?.value ?? '') ? 2 : 1;
  const command = own.slice(begin);
  const inputs: readonly (string | undefined)[] = at >= 0 && args[at]?.value === ':::' ? args.slice(at + 1).map((a) => a.value) : typeof place.stdin === 'string' ? place.stdin.split('\n').filter((l) => l !== '') : [undefined];
  const inner = { ...place, frame: { ...place.frame, wrappers: [...place.frame.wrappers, 'parallel'] }, stdin: null };
  for (const input of inputs.slice(0, 32)) {
    const used = command.some((w) => w.parts.some((p) => p?.includes('{}')));
    const words = command.map((w) => substitute(w, '{}', input));
    const all = used ? words : [...words, input === undefined ? { raw: 'what parallel reads', value: undefined, parts: [undefined], multi: true, range: place.range } : knownWord(input, place.range)];
    // Its words are joined and read by a shell.
    if (all.length > 0 && all.every((w) => w.value !== undefined)) walkInside(all.map((w) => w.value).join(' '), inner, inner.frame, copyState(place.state));
    else runWords(all, inner);
  }
}

/** `find … -exec CMD {} ;` */
function find(args: readonly Word[], place: Place): void {
  const inner = { ...place, frame: { ...place.frame, wrappers: [...place.frame.wrappers, 'find'] } };
  args.forEach((arg, i) => {
    if (!/^(-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(arg.value ?? '')) return;
    const end = args.findIndex((a, at) => at > i && (a.value === ';' || a.value === '+'));
    runWords(args.slice(i + 1, end < 0 ? undefined : end).map((w) => substitute(w, '{}', undefined)), inner);
  });
}

/** Text that is typed into another terminal: `tmux send-keys 'text' Enter`, `screen -X stuff 'text'`. */
function typed(name: string, args: readonly Word[], place: Place): void {
  const inner = { ...place, frame: { ...place.frame, wrappers: [...place.frame.wrappers, name] } };
  const values = args.map((a) => a.value);
  const at = values.findIndex((v) => ['send-keys', 'send', 'new-session', 'new', 'new-window', 'neww', 'split-window', 'splitw', 'run-shell', 'run', 'respawn-pane', 'stuff'].includes(v ?? ''));
  const rest: Word[] = [];
  for (let i = at < 0 ? 0 : at + 1; i < args.length; i++) {
    const word = args[i];
    if (!word) break;
    if (/^-[a-zA-Z]*[tsncFexyl]$/.test(word.value ?? '') && values[i] !== '-d') i++;
    else if (!/^-/.test(word.value ?? '') && !/^(?:Enter|C-[a-z]|KPEnter|Return)$/.test(word.value ?? '')) rest.push(word);
  }
  if (rest.length === 0) return;
  if (name === 'screen' && at < 0) return runWords(rest, inner);
  const text = rest.map((w) => w.value ?? w.parts.map((p) => p ?? '${__unknown}').join('')).join(' ').replace(/\\n|\^M$/g, '');
  walkInside(text, inner, inner.frame, copyState(place.state));
}

/** A command that nothing here knows may be a wrapper: if its words hold a guarded command that changes something, it counts. */
function unknownCommand(args: readonly Word[], place: Place): void {
  const { run } = place;
  for (const [i, arg] of args.entries()) {
    if (arg.value === undefined) continue;
    const tool = run.tools(arg.value);
    if (!tool || i === args.length - 1) continue;
    const found = tool.detect(invocation(args.slice(i), place), run.context).filter((f) => f.mutation !== 'none' && f.mutation !== 'unknown');
    if (found.length > 0) return report(found, place);
  }
  innerShell(args, place);
}

/** `docker run IMAGE sh -c '…'`, `kubectl exec POD -- bash -c '…'`. */
function innerShell(args: readonly Word[], place: Place): void {
  const at = args.findIndex((a, i) => a.value !== undefined && SHELLS.has(baseName(a.value)) && /^-[a-zA-Z]*c$/.test(args[i + 1]?.value ?? ''));
  if (at >= 0) return runWords(args.slice(at), place);
  const dashes = args.findIndex((a) => a.value === '--');
  const next = dashes >= 0 ? args.slice(dashes + 1) : [];
  if (next.length > 0 && next[0]?.value !== undefined && place.run.tools(next[0].value)) runWords(next, place);
}

/** Keeps the text of files that this command writes, in case they are run later. */
function remember(words: readonly Word[], place: Place): void {
  const { state, frame, run } = place;
  const name = baseName(words[0]?.value ?? '');
  if (name === 'tee' && typeof place.stdin === 'string') {
    for (const w of words.slice(1)) if (w.value !== undefined && !w.value.startsWith('-')) state.files.set(absolute(w.value, state) ?? w.value, place.stdin);
  }
  if ((name === 'cp' || name === 'mv' || name === 'install' || name === 'ln') && words.length >= 3) {
    const [from, to] = words.slice(-2).map((w) => w.value);
    if (from !== undefined && to !== undefined) {
      const text = fileText(from, state, run);
      if (text !== undefined) state.files.set(absolute(to, state) ?? to, text);
    }
  }
  for (const { path, append } of place.redirects) {
    const key = absolute(path, state) ?? path;
    if (key.startsWith('/dev/')) continue;
    const text = printed(words, place.stdin, state, frame, run);
    const before = append ? fileText(path, state, run) : '';
    state.files.set(key, text === undefined || before === undefined ? undefined : before + text);
  }
}

/** A word as text that a shell reads back as the same word. */
function quote(word: Word): string {
  if (word.value === undefined) return word.multi ? '$__unknown' : `"${word.parts.map((p) => (p === undefined ? '${__unknown}' : p.replace(/["\\$`]/g, '\\$&'))).join('')}"`;
  return `'${word.value.replaceAll("'", `'\\''`)}'`;
}

