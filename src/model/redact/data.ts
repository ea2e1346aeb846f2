import { isSecretName, REDACTED, type Note } from './names';
import { hide } from './values';
import { parsed } from './variables';

/** How words and lines within data are read: as commands of their own. */
export interface Reading {
  readonly argv: (words: readonly string[], note?: Note) => string[];
  readonly line: (text: string, note?: Note) => string;
}

/** Members that hold a command. Sources: ECS ContainerDefinition, Batch ContainerProperties, EMR HadoopJarStepConfig, SSM's AWS-RunShellScript, Kubernetes Container. */
const COMMAND = /^(?:commands?|args|arguments|entry_?point|cmd|script|run_?command|inline_?script|executionParameters)$/i;
/** AttributeValue of DynamoDB: the name of a type, and the value. Source: Amazon DynamoDB API reference, "AttributeValue". */
const ATTRIBUTE = /^(?:S|N|B|SS|NS|BS|L|M|BOOL|NULL)$/;
/** Data that is nested deeper is not read. */
const DEEPEST = 64;

/** Takes out of JSON in a word what a shell or a table would not see: commands within it, what a key says, attributes, defaults that nobody shall see. */
export function hideWithin(word: string, reading: Reading, note?: Note): string {
  const data = word.length > 2 ? parsed(word) : undefined;
  if (typeof data !== 'object' || data === null) return word;
  try {
    const before = JSON.stringify(data);
    const after = JSON.stringify(walk(data, '', reading, note, 0));
    return before === after ? word : after;
  } catch {
    return REDACTED; // Nested deeper than can be written.
  }
}

function walk(value: unknown, key: string, reading: Reading, note: Note | undefined, depth: number): unknown {
  if (depth > DEEPEST) return REDACTED;
  if (typeof value === 'string') return isSecretName(key) ? hide(value, note) : COMMAND.test(key) || /\s/.test(value) ? reading.line(value, note) : value;
  if (Array.isArray(value)) {
    const texts = value.every((one): one is string => typeof one === 'string');
    if (texts && isSecretName(key)) return value.map((one) => hide(one, note));
    if (texts && (COMMAND.test(key) || value.some((one) => one.startsWith('-')))) return commands(value, reading, note);
    return value.map((one) => walk(one, key, reading, note, depth + 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (isSecretName(key) && members.length > 0 && members.every(([name]) => ATTRIBUTE.test(name))) return everyText(value, note, depth);
  const unseen = 'Default' in value && (isSecretName(key) || ('NoEcho' in value && String(value.NoEcho) === 'true'));
  return Object.fromEntries(members.map(([name, one]) => [name, unseen && name === 'Default' && typeof one !== 'object' ? hide(String(one), note) : walk(one, name, reading, note, depth + 1)]));
}

/** A list of lines (a script), or the words of one command. */
function commands(words: readonly string[], reading: Reading, note?: Note): string[] {
  const lines = words.map((word) => (/\s/.test(word) ? reading.line(word, note) : word));
  return reading.argv(lines, note);
}

function everyText(value: unknown, note: Note | undefined, depth: number): unknown {
  if (depth > DEEPEST) return REDACTED;
  if (typeof value === 'string') return hide(value, note);
  if (Array.isArray(value)) return value.map((one) => everyText(one, note, depth + 1));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, everyText(one, note, depth + 1)])) : value;
}

/** Lists of words in the AWS CLI's shorthand: `Args=[--password,SECRET]`, `command=mysql,-pSECRET`, `commands=["mysql -pSECRET"]`. */
export function hideInLists(word: string, reading: Reading, note?: Note): string {
  const list = /^([A-Za-z]\w{0,63}=)(\[[\s\S]*\])$/.exec(word);
  if (list && parsed(list[2] ?? '') !== undefined) return `${list[1]}${hideWithin(`{"${list[1]?.slice(0, -1)}":${list[2]}}`, reading, note).slice((list[1]?.length ?? 0) + 3, -1)}`;
  return word.replace(/((?<![\w-])(?:args|commands?|entrypoint|arguments)=)(\[(?:\[redacted\]|[^\]])*\]|(?:\[redacted\]|[^\s{}[\]])+)/gi, (_, before: string, inside: string) => {
    const bare = inside.startsWith('[') ? inside.slice(1, -1) : inside;
    const clean = commands(bare.split(','), reading, note).join(',');
    return `${before}${inside.startsWith('[') ? `[${clean}]` : clean}`;
  });
}

/** The defaults in the parameters of a CloudFormation template in YAML that its author, or their name, says nobody shall see. */
export function hideDefaults(template: string, note?: Note): string {
  if (!/\bDefault\s*:/.test(template)) return template;
  const lines = template.split('\n');
  const indentOf = (line: string): number => line.length - line.trimStart().length;
  for (const [at, line] of lines.entries()) {
    const found = /^(\s*Default\s*:\s*)(\S.*)$/.exec(line);
    if (!found) continue;
    const deep = indentOf(line);
    let first = at;
    while (first > 0 && at - first < 64 && (indentOf(lines[first] ?? '') >= deep || (lines[first] ?? '').trim() === '')) first--;
    let last = at;
    while (last + 1 < lines.length && last - at < 64 && indentOf(lines[last + 1] ?? '') >= deep) last++;
    const name = /^\s*["']?([\w.-]+)["']?\s*:/.exec(lines[first] ?? '')?.[1] ?? '';
    const unseen = lines.slice(first + 1, last + 1).some((one) => /^\s*NoEcho\s*:\s*["']?(?:true|yes|on)["']?\s*$/i.test(one));
    if (unseen || isSecretName(name)) lines[at] = `${found[1]}${hide((found[2] ?? '').replace(/^(["'])([\s\S]*)\1$/, '$2'), note)}`;
  }
  return lines.join('\n').replace(/\{[^{}\n]*\bNoEcho\s*:\s*["']?true[^{}\n]*\}/gi, (flow) => flow.replace(/(\bDefault\s*:\s*)("[^"]*"|'[^']*'|[^,}]+)/, (_, before: string, one: string) => `${before}${hide(one.replace(/["']/g, '').trim(), note)}`));
}
