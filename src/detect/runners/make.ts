import type { DetectContext } from '../invocation';
import { located, shellOf, type RunnerCommand } from './commands';

interface Rule {
  readonly target: string;
  readonly needs: readonly string[];
  readonly lines: readonly { readonly text: string; readonly at: number }[];
}

interface Makefile {
  readonly rules: readonly Rule[];
  readonly variables: Map<string, string>;
  readonly shell: string | undefined;
}

const MAX_INCLUDES = 16;

/** Reads a makefile: rules with their recipes, variables, includes. Both branches of conditionals count. Source: GNU make manual. */
function read(text: string, context: DetectContext, folder: string | undefined, depth: number): Makefile {
  const variables = new Map<string, string>();
  const rules: { target: string; needs: string[]; lines: { text: string; at: number }[] }[] = [];
  let current: typeof rules = [];
  let prefix = '\t';
  let shell: string | undefined;
  let at = 0;
  let defining: { name: string; body: string[] } | undefined;
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const begin = at;
    let line = lines[i] ?? '';
    at += line.length + 1;
    if (defining) {
      if (/^\s*endef\b/.test(line)) {
        variables.set(defining.name, defining.body.join('\n'));
        defining = undefined;
      } else defining.body.push(line);
      continue;
    }
    if (line.startsWith(prefix) && current.length > 0) {
      const recipe = { text: line.slice(prefix.length), at: begin + prefix.length };
      for (const rule of current) rule.lines.push(recipe);
      continue;
    }
    while (line.endsWith('\\') && i + 1 < lines.length) {
      i++;
      const next = lines[i] ?? '';
      at += next.length + 1;
      line = `${line.slice(0, -1)} ${next.trim()}`;
    }
    const bare = line.replace(/(^|[^\\])#.*$/, '$1').trimEnd();
    if (bare.trim() === '' || /^\s*(?:ifeq|ifneq|ifdef|ifndef|else|endif)\b/.test(bare)) continue;
    const include = /^\s*-?s?include\s+(.+)$/.exec(bare);
    if (include) {
      for (const file of (include[1] ?? '').split(/\s+/)) {
        const path = file.startsWith('/') ? file : folder === undefined ? undefined : `${folder}/${file}`;
        const inner = path === undefined || depth >= MAX_INCLUDES ? undefined : context.readFile?.(path);
        if (inner === undefined) continue;
        const more = read(inner, context, folder, depth + 1);
        for (const [name, value] of more.variables) variables.set(name, value);
        // What stands in another file is shown at the line that includes it.
        for (const rule of more.rules) rules.push({ target: rule.target, needs: [...rule.needs], lines: rule.lines.map((l) => ({ text: l.text, at: begin })) });
      }
      continue;
    }
    const define = /^\s*define\s+([\w.-]+)/.exec(bare);
    if (define) {
      defining = { name: define[1] ?? '', body: [] };
      continue;
    }
    const assign = /^\s*(?:export\s+|override\s+)*([\w.-]+)\s*(\+=|\?=|::?:?=|!=|=)\s*(.*)$/.exec(bare);
    if (assign && !/^\s*[^=]*:[^=]/.test(bare.slice(0, bare.indexOf(assign[2] ?? '=')))) {
      const [, name = '', operator, value = ''] = assign;
      if (name === '.RECIPEPREFIX') prefix = value.charAt(0) || '\t';
      else if (name === 'SHELL') shell = value;
      else if (operator === '+=') variables.set(name, `${variables.get(name) ?? ''} ${value}`.trim());
      else if (operator !== '?=' || !variables.has(name)) variables.set(name, operator === '!=' ? `$(shell ${value})` : value);
      current = [];
      continue;
    }
    const rule = /^([^\t:=][^:=]*?)\s*(?:::?|&:)(?!=)\s*(.*)$/.exec(bare);
    if (!rule) continue;
    const local = /^([\w.-]+)\s*(?:[:?+]?=)\s*(.*)$/.exec(rule[2] ?? '');
    if (local) {
      if (!variables.has(local[1] ?? '')) variables.set(local[1] ?? '', local[2] ?? '');
      continue;
    }
    const [needs = '', inline] = (rule[2] ?? '').split(';');
    current = (rule[1] ?? '').split(/\s+/).filter((t) => t !== '').slice(0, 50).map((target) => ({ target, needs: needs.replace('|', ' ').split(/\s+/).filter((n) => n !== ''), lines: inline === undefined ? [] : [{ text: inline.trim(), at: begin + line.indexOf(';') + 1 }] }));
    rules.push(...current);
  }
  return { rules, variables, shell };
}

/** Variables folded as make does before the shell sees a line; `$$` is the shell's own dollar. */
function folded(text: string, rule: Rule, file: Makefile, given: Readonly<Record<string, string>>, depth = 0): string {
  if (depth > 8 || !text.includes('$')) return text;
  return text.replace(/\$\$|\$[@<^*?+%|]|\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\$\{([^{}]*)\}|\$(\w)/g, (whole, a?: string, b?: string, c?: string) => {
    if (whole === '$$') return '$';
    if (whole === '$@') return rule.target;
    if (whole === '$<') return rule.needs[0] ?? '';
    if (whole === '$^' || whole === '$+' || whole === '$?') return rule.needs.join(' ');
    const name = a ?? b ?? c ?? '';
    const call = /^(\w+)\s+(.*)$/.exec(name);
    if (call?.[1] === 'shell') return `$(${folded(call[2] ?? '', rule, file, given, depth + 1)})`;
    if (call?.[1] === 'call') return folded(file.variables.get((call[2] ?? '').split(',')[0]?.trim() ?? '') ?? '', rule, file, given, depth + 1);
    if (call && /^(?:if|or|and|foreach|patsubst|subst|wildcard|addprefix|addsuffix|filter|strip|dir|notdir|sort|word|words|firstword|lastword|eval|value|error|warning|info|origin)$/.test(call[1] ?? '')) return '$UNKNOWN_VALUE';
    const value = given[name] ?? file.variables.get(name.replace(/:.*$/, ''));
    if (value !== undefined) return folded(value, rule, file, given, depth + 1);
    return name === 'MAKE' ? 'make' : `\${${/^\w+$/.test(name) ? name : 'UNKNOWN_VALUE'}}`;
  });
}

/** Everything that a makefile runs, or what one target runs with all that it needs. */
export function makeCommands(text: string, context: DetectContext, folder: string | undefined, target?: { readonly name: string | undefined; readonly given: Readonly<Record<string, string>> }): RunnerCommand[] {
  const file = read(text, context, folder, 0);
  const chosen = new Set<Rule>();
  const visit = (name: string, depth: number): void => {
    if (depth > MAX_INCLUDES) return;
    for (const rule of file.rules) {
      const same = rule.target === name || (rule.target.includes('%') && new RegExp(`^${rule.target.split('%').map((p) => p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`).test(name));
      if (!same || chosen.has(rule)) continue;
      chosen.add(rule);
      rule.needs.forEach((n) => visit(folded(n, rule, file, {}), depth + 1));
    }
  };
  if (target) {
    const first = target.name ?? (/^\s*\.DEFAULT_GOAL\s*:?=\s*(\S+)/m.exec(text)?.[1] ?? file.rules.find((r) => !r.target.startsWith('.') && !r.target.includes('%'))?.target);
    if (first !== undefined) visit(first, 0);
  }
  return file.rules.filter((r) => !target || chosen.has(r)).flatMap((rule) => (rule.lines.length === 0 ? [] : [{
    ...located(rule.lines.map((l) => {
      const prefix = /^[@+-]+\s*/.exec(l.text)?.[0].length ?? 0;
      return { at: l.at + prefix, text: folded(l.text.slice(prefix), rule, file, target?.given ?? {}) };
    })),
    shell: shellOf(file.shell), target: rule.target, env: {},
  }]));
}
