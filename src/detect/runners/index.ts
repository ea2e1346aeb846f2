import path from 'node:path';
import { parseTree, type Node as JsonNode } from 'jsonc-parser';
import { readable } from '../engines/readable';
import { documents, entries, get, items, textOf, tooDeep } from '../engines/yaml';
import type { DetectContext, Finding, Language, ReaderContext } from '../invocation';
import { located, shellOf, type RunnerCommand } from './commands';
import type { RunnerKind } from './kinds';
import { makeCommands } from './make';
import { commandOf, commandsOf, environment } from './yaml';
import { shQuote } from '../../model/sh-quote';

export type { RunnerKind } from './kinds';
export type { RunnerCommand } from './commands';

/** Everything that a file of this kind runs. Never throws; what can't be read runs nothing that is known. */
function runnerCommands(kind: RunnerKind, file: string, text: string, context: DetectContext): RunnerCommand[] {
  switch (kind) {
    case 'makefile': return makeCommands(text, context, path.posix.dirname(file));
    case 'justfile': return justCommands(text);
    case 'package-json': return packageScripts(text);
    case 'dockerfile': return dockerCommands(text);
    case 'jenkinsfile': return jenkinsCommands(text);
    case 'devcontainer': case 'vscode-tasks': return jsonCommands(kind, text);
    case 'systemd': return byLine(text, /^Exec(?:Start|StartPre|StartPost|Stop|StopPost|Reload|Condition)\s*=\s*[-@:+!|]*(.*)$/, 1);
    case 'crontab': return byLine(text.replace(/^\s*#[^\n]*/gm, (m) => ' '.repeat(m.length)), /^\s*(?:@\w+|(?:[\d*,/a-zA-Z-]+\s+){4}[\d*,/a-zA-Z-]+)\s+(?:root\s+|[a-z_][\w-]*\s+(?=\/|[a-z]+\s))?([^\n%]*)/, 1);
    case 'procfile': return byLine(text, /^[\w-]+:\s*(.*)$/, 1);
    case 'markdown': return fenced(text);
    default: return documents(text).flatMap((doc) => yamlCommands(kind, doc, text));
  }
}

function yamlCommands(kind: RunnerKind, doc: unknown, source: string): RunnerCommand[] {
  switch (kind) {
    case 'github-actions': {
      const top = environment(get(doc, 'env'));
      const jobs = [...entries(get(doc, 'jobs')), ...(get(doc, 'runs') ? [['action', get(doc, 'runs')] as const] : [])];
      return jobs.flatMap(([job, body]) => {
        const env = { ...top, ...environment(get(body, 'env')) };
        const shell = textOf(get(get(get(body, 'defaults'), 'run'), 'shell')) ?? textOf(get(get(get(doc, 'defaults'), 'run'), 'shell'));
        return items(get(body, 'steps')).flatMap((step) => [
          ...commandOf(get(step, 'run'), source, job, { ...env, ...environment(get(step, 'env')) }, textOf(get(step, 'shell')) ?? shell),
          // The two steps that take a script as an input. Source: actions/github-script, azure/CLI documentation.
          ...(/github-script/.test(textOf(get(step, 'uses')) ?? '') ? commandOf(get(get(step, 'with'), 'script'), source, job, env, 'node') : []),
          ...commandOf(get(get(step, 'with'), 'inlineScript'), source, job, env),
        ]);
      });
    }
    case 'gitlab-ci': {
      const top = environment(get(doc, 'variables'));
      return [...entries(doc)].flatMap(([job, body]) => (job === 'variables' || job === 'stages' ? [] : ['before_script', 'script', 'after_script'].flatMap((k) => commandOf(get(body, k), source, job, { ...top, ...environment(get(body, 'variables')) }))).concat(/^(?:before_script|after_script)$/.test(job) ? commandOf(body, source, job, top) : []));
    }
    case 'buildspec': return [...entries(get(doc, 'phases')), ...entries(get(doc, 'hooks'))].flatMap(([phase, body]) => [...commandsOf(get(body, 'commands'), source, phase, environment(get(get(doc, 'env'), 'variables')), textOf(get(get(doc, 'env'), 'shell'))), ...commandsOf(get(body, 'finally'), source, phase)]);
    case 'circleci': return [...entries(get(doc, 'jobs')), ...entries(get(doc, 'commands'))].flatMap(([job, body]) => items(get(body, 'steps')).flatMap((step) => deep(step, (k) => k === 'run').flatMap((run) => [...commandOf(run, source, job, environment(get(body, 'environment'))), ...commandOf(get(run, 'command'), source, job, environment(get(body, 'environment')), textOf(get(run, 'shell')))])));
    case 'azure-pipelines': return deep(doc, (k) => /^(?:script|bash|pwsh|powershell|inlineScript)$/.test(k), true).flatMap((found) => commandOf(found, source, undefined, {}, undefined));
    case 'bitbucket-pipelines': return deep(doc, (k) => k === 'script' || k === 'after-script').flatMap((found) => commandsOf(found, source, undefined));
    case 'drone': return deep(doc, (k) => k === 'commands').flatMap((found) => commandsOf(found, source, undefined));
    case 'travis': return entries(doc).filter(([k]) => /^(?:before_|after_)?(?:install|script|deploy|success|failure)$/.test(k)).flatMap(([k, v]) => commandOf(v, source, k));
    case 'cloud-init': return ['bootcmd', 'runcmd'].flatMap((k) => items(get(doc, k)).flatMap((item) => (textOf(item) === undefined ? words(item, k) : commandOf(item, source, k)))).concat(items(get(doc, 'write_files')).flatMap((f) => (/^#!.*sh\b/.test(textOf(get(f, 'content')) ?? '') ? commandOf(get(f, 'content'), source, textOf(get(f, 'path'))) : [])));
    case 'taskfile': {
      const env = { ...environment(get(doc, 'vars')), ...environment(get(doc, 'env')) };
      return entries(get(doc, 'tasks')).flatMap(([task, body]) => {
        const own = { ...env, ...environment(get(body, 'vars')), ...environment(get(body, 'env')) };
        const all = textOf(body) !== undefined || items(body).length > 0 ? commandOf(body, source, task, own) : [...items(get(body, 'cmds')), ...(get(body, 'cmd') ? [get(body, 'cmd')] : [])].flatMap((c) => [...commandOf(c, source, task, own), ...commandOf(get(c, 'cmd'), source, task, own)]);
        return all.map((c) => ({ ...c, text: c.text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, '${$1}').replace(/\{\{[^}]*\}\}/g, '$UNKNOWN_VALUE') }));
      });
    }
    default: return [];
  }
}

/** A command given as a list of words. */
function words(node: unknown, target: string): RunnerCommand[] {
  const all = items(node).map((i) => textOf(i) ?? '');
  const at = (node as { range?: [number, number, number] }).range?.[0] ?? 0;
  return all.length === 0 ? [] : [{ ...located([{ text: all.map(shQuote).join(' '), at }]), shell: 'sh', target, env: {} }];
}

/** Every value below a key that the test wants, at any depth. */
function deep(node: unknown, wanted: (key: string) => boolean, scalars = false, depth = 0): unknown[] {
  if (depth > 60) return [];
  const own = entries(node).flatMap(([k, v]) => (wanted(k) && (!scalars || textOf(v) !== undefined) ? [v] : deep(v, wanted, scalars, depth + 1)));
  return [...own, ...items(node).flatMap((i) => deep(i, wanted, scalars, depth + 1))];
}

function byLine(text: string, pattern: RegExp, group: number): RunnerCommand[] {
  let at = 0;
  return text.split('\n').flatMap((line): RunnerCommand[] => {
    const begin = at;
    at += line.length + 1;
    const m = pattern.exec(line);
    const command = m?.[group];
    return command === undefined || command.trim() === '' ? [] : [{ ...located([{ text: command, at: begin + line.indexOf(command) }]), shell: 'sh', target: undefined, env: {} }];
  });
}

/** Fenced blocks of a shell. Source: CommonMark, "Fenced code blocks". */
function fenced(text: string): RunnerCommand[] {
  const out: RunnerCommand[] = [];
  for (const m of text.matchAll(/^([ \t]*)(```+|~~~+)[ \t]*(\w+)[^\n]*\n([^]*?)^[ \t]*\2[ \t]*$/gm)) {
    if (!/^(?:sh|bash|shell|zsh|console|terminal|fish|ksh|powershell|pwsh|ps1|python|py)$/i.test(m[3] ?? '')) continue;
    let at = m.index + m[0].indexOf('\n') + 1;
    const session = /^[ \t]*[$%#>] /m.test(m[4] ?? '') && /console|terminal|shell|sh/.test(m[3] ?? '') && /^[ \t]*\$ /m.test(m[4] ?? '');
    const lines = (m[4] ?? '').split('\n').flatMap((line) => {
      const begin = at;
      at += line.length + 1;
      const prompt = /^[ \t]*\$ /.exec(line)?.[0].length ?? 0;
      return session && prompt === 0 ? [] : [{ text: line.slice(prompt), at: begin + prompt }];
    });
    out.push({ ...located(lines), shell: shellOf(/^(?:ps1)$/i.test(m[3] ?? '') ? 'pwsh' : /^py/i.test(m[3] ?? '') ? 'python' : (m[3] ?? '').toLowerCase().replace(/^(?:console|terminal|shell)$/, 'sh')), target: undefined, env: {} });
  }
  return out;
}

/** Recipes of a justfile. Source: just manual, "Recipe parameters", "Shebang recipes", "Expressions and substitutions". */
function justCommands(text: string, target?: string): RunnerCommand[] {
  const env: Record<string, string | undefined> = {};
  const recipes: { name: string; needs: string[]; lines: { text: string; at: number }[] }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const begin = at;
    at += line.length + 1;
    const variable = /^(?:export\s+)?([\w-]+)\s*:=\s*(?:"([^"]*)"|'([^']*)')/.exec(line);
    if (variable) env[variable[1] ?? ''] = variable[2] ?? variable[3];
    const recipe = /^@?([A-Za-z_][\w-]*)((?:\s+[*+$]?[\w-]+(?:=(?:"[^"]*"|'[^']*'|\S+))?)*)\s*:(?!=)\s*(.*)$/.exec(line);
    if (recipe) recipes.push({ name: recipe[1] ?? '', needs: (recipe[3] ?? '').replace(/&&/g, ' ').split(/[\s()]+/).filter((w) => w !== ''), lines: [] });
    else if (/^\s+\S/.test(line)) recipes.at(-1)?.lines.push({ text: line.trimStart().replace(/^[@-]+/, '').replace(/\{\{\s*([\w-]+)\s*\}\}/g, (_, name: string) => (env[name] === undefined ? '$UNKNOWN_VALUE' : String(env[name]))).replace(/\{\{[^}]*\}\}/g, '$UNKNOWN_VALUE'), at: begin + line.length - line.trimStart().length });
  }
  const wanted = target === undefined ? undefined : reachable(target === '' ? (recipes[0]?.name ?? '') : target, (name) => recipes.find((r) => r.name === name)?.needs ?? []);
  return recipes.filter((r) => r.lines.length > 0 && (!wanted || wanted.has(r.name))).map((r) => ({ ...located(r.lines), shell: shellOf(/^#!\s*(?:\S*\/)?(?:env\s+)?(\w+)/.exec(r.lines[0]?.text ?? '')?.[1]), target: r.name, env }));
}

/** Names that can be come to from one, itself among them. */
function reachable(name: string, next: (name: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (n: string): void => {
    if (seen.has(n) || seen.size > 500) return;
    seen.add(n);
    next(n).forEach(visit);
  };
  visit(name);
  return seen;
}

const jsonTree = (text: string): JsonNode | undefined => (tooDeep(text) ? undefined : parseTree(text, [], { allowTrailingComma: true }));

const property = (node: JsonNode | undefined, name: string): JsonNode | undefined => node?.children?.find((c) => c.type === 'property' && c.children?.[0]?.value === name)?.children?.[1];

function packageScripts(text: string): RunnerCommand[] {
  return (property(jsonTree(text), 'scripts')?.children ?? []).flatMap((p): RunnerCommand[] => {
    const [key, value] = p.children ?? [];
    return typeof value?.value === 'string' ? [{ ...located([{ text: value.value, at: value.offset + 1 }]), shell: 'sh', target: String(key?.value), env: {} }] : [];
  });
}

function jsonCommands(kind: 'devcontainer' | 'vscode-tasks', text: string): RunnerCommand[] {
  const tree = jsonTree(text);
  const one = (value: JsonNode | undefined, target: string | undefined): RunnerCommand[] => {
    if (typeof value?.value === 'string') return [{ ...located([{ text: value.value, at: value.offset + 1 }]), shell: 'sh', target, env: {} }];
    if (value?.type === 'array') return [{ ...located([{ text: (value.children ?? []).map((c) => shQuote(String(c.value ?? property(c, 'value')?.value ?? ''))).join(' '), at: value.offset }]), shell: 'sh', target, env: {} }];
    return value?.type === 'object' ? (value.children ?? []).flatMap((p) => one(p.children?.[1], target)) : [];
  };
  if (kind === 'devcontainer') return (tree?.children ?? []).flatMap((p) => (/^(?:initialize|onCreate|updateContent|postCreate|postStart|postAttach)Command$/.test(String(p.children?.[0]?.value)) ? one(p.children?.[1], String(p.children?.[0]?.value)) : []));
  return (property(tree, 'tasks')?.children ?? []).flatMap((task) => {
    const command = property(task, 'command');
    const args = property(task, 'args');
    const label = String(property(task, 'label')?.value ?? property(task, 'taskName')?.value ?? '');
    if (typeof command?.value !== 'string' || !args) return one(command, label);
    return [{ ...located([{ text: [command.value, ...(args.children ?? []).map((c) => shQuote(String(c.value ?? property(c, 'value')?.value ?? '')))].join(' '), at: command.offset + 1 }]), shell: 'sh' as const, target: label, env: {} }];
  });
}

/** Instructions that run something when an image is built or started. Source: Dockerfile reference. */
function dockerCommands(text: string): RunnerCommand[] {
  const out: RunnerCommand[] = [];
  const env: Record<string, string | undefined> = {};
  let shell: string | undefined;
  let at = 0;
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const begin = at;
    const line = lines[i] ?? '';
    at += line.length + 1;
    const m = /^\s*(RUN|CMD|ENTRYPOINT|SHELL|ENV|ARG|HEALTHCHECK|ONBUILD\s+RUN)\s+(.*)$/i.exec(line);
    if (!m) continue;
    const instruction = (m[1] ?? '').toUpperCase();
    const body = [{ text: m[2] ?? '', at: begin + line.length - (m[2] ?? '').length }];
    while (/\\\s*$/.test(lines[i] ?? '') && i + 1 < lines.length) {
      i++;
      const next = lines[i] ?? '';
      if (!/^\s*#/.test(next)) body.push({ text: next, at });
      at += next.length + 1;
    }
    const here = /<<-?\s*["']?(\w+)["']?/.exec(m[2] ?? '');
    if (here && instruction.endsWith('RUN')) {
      body.length = 0;
      while (i + 1 < lines.length && (lines[i + 1] ?? '').trim() !== here[1]) {
        i++;
        body.push({ text: lines[i] ?? '', at });
        at += (lines[i] ?? '').length + 1;
      }
    }
    if (instruction === 'ENV' || instruction === 'ARG') {
      for (const pair of (m[2] ?? '').matchAll(/(\w+)[= ]("[^"]*"|\S+)/g)) env[pair[1] ?? ''] = pair[2]?.replace(/^"|"$/g, '');
      continue;
    }
    if (instruction === 'SHELL') {
      shell = /"([^"]+)"/.exec(m[2] ?? '')?.[1];
      continue;
    }
    const first = body[0];
    if (first) body[0] = { ...first, text: first.text.replace(/^(?:--\w+=\S+\s+)+/, '').replace(/^CMD\s+/i, '') };
    const exec = /^\s*\[([^]*)\]\s*$/.exec(body.map((l) => l.text).join(' '));
    const list = exec ? [...(exec[1] ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((w) => shQuote(w[1] ?? '')).join(' ') : undefined;
    out.push({ ...located(list === undefined ? body : [{ text: list, at: begin }]), shell: shellOf(shell), target: instruction, env: { ...env } });
  }
  return out;
}

/** `sh`, `bat`, `powershell` steps of a pipeline. Source: Jenkins, "Pipeline: Nodes and Processes". */
function jenkinsCommands(text: string): RunnerCommand[] {
  return [...text.matchAll(/\b(sh|bat|powershell|pwsh)\s*\(?\s*(?:script:\s*|label:\s*['"][^'"]*['"],\s*script:\s*)?('''[^]*?'''|"""[^]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g)].map((m) => {
    const literal = m[2] ?? '';
    const quote = /^('''|"""|'|")/.exec(literal)?.[0].length ?? 1;
    let at = m.index + m[0].indexOf(literal) + quote;
    const lines = literal.slice(quote, -quote).split('\n').map((line) => {
      const place = { text: literal.startsWith('"') ? line.replace(/\$\{(?:params|env)\.(\w+)\}/g, '${$1}').replace(/\\\$/g, '$') : line, at };
      at += line.length + 1;
      return place;
    });
    return { ...located(lines), shell: m[1] === 'bat' ? ('cmd' as const) : shellOf(m[1] === 'sh' ? 'sh' : 'pwsh'), target: undefined, env: {} };
  });
}

/** What one target, script or recipe runs, with all that it needs; the file's default without a name. */
export function commandsOfTarget(kind: RunnerKind, file: string, text: string, target: string | undefined, given: Readonly<Record<string, string>>, context: DetectContext): RunnerCommand[] {
  if (kind === 'makefile') return makeCommands(text, context, path.posix.dirname(file), { name: target, given });
  if (kind === 'justfile') return justCommands(text, target ?? '');
  const all = runnerCommands(kind, file, text, context);
  if (kind !== 'package-json' && kind !== 'taskfile') return all;
  const name = target ?? (kind === 'package-json' ? 'start' : 'default');
  return all.filter((c) => c.target === name || (kind === 'package-json' && (c.target === `pre${name}` || c.target === `post${name}`)));
}

/** What a file that runs commands would do; positions are those of the file. */
export function findInRunner(kind: RunnerKind, file: string, text: string, context: ReaderContext): Finding[] {
  return runnerCommands(kind, file, text, context).flatMap((command) => judgeRunnerCommand(command, { ...context, cwd: context.cwd ?? path.posix.dirname(file) }));
}

const LANGUAGES: Readonly<Record<RunnerCommand['shell'], Language>> = { sh: 'shell', cmd: 'shell', powershell: 'powershell', python: 'python', node: 'javascript' };

/** What one text of such a file would do. */
export function judgeRunnerCommand(command: RunnerCommand, context: ReaderContext): Finding[] {
  const env = { ...context.env, ...command.env };
  const language = LANGUAGES[command.shell];
  const found = context.readers.find(language, command.text, language === 'shell' ? { ...context, env } : context);
  return found.map((f) => readable({ ...f, range: command.locate(f.range.start, f.range.end), reason: command.target === undefined ? f.reason : `${f.reason} (${command.target} runs it.)` }));
}
