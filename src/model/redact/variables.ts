import { isSecretName, REDACTED, type Note } from './names';
import { redact } from './text';
import { hide, hideInData, hidePair } from './values';

/** Variables: pairs, maps and lists of them, in JSON and in the tools' shorthands. */

/** `KEY=VALUE` or JSON that holds the same. */
export function pairOrData(value: string, strict: boolean, note?: Note): string {
  if (/^\s*[[{]/.test(value)) return environment(value, note);
  if (value.startsWith('ParameterKey=')) return shorthandParameter(value, note);
  return hidePair(value, strict, note);
}

/** The AWS CLI's shorthand of a stack's parameter. */
function shorthandParameter(value: string, note?: Note): string {
  const found = /^(ParameterKey=([^,]*),\s*ParameterValue=)([\s\S]*)$/.exec(value);
  if (!found) return value;
  const [, before = '', key = '', inside = ''] = found;
  return `${before}${hidePair(`${key}=${inside}`, false, note).slice(key.length + 1)}`;
}

/** What stands in a shorthand beside the variables, and says what is meant. */
const BESIDE = /^(?:name|key|parameterkey|variables|type|optionname|namespace|command|args|entrypoint|jar|vcpus|memory|instancetype|environment)$/i;

/** Each value of a map or list of variables, in JSON or in the tool's shorthand (`Variables={A=1,B=2}`, `A=1 B=2`). */
export function environment(value: string, note?: Note, under?: RegExp): string {
  if (/^fileb?:\/\/|^@/.test(value)) return value;
  const data = parsed(value);
  if (data !== undefined) {
    return JSON.stringify(hideInData(data, { secret: isSecretName, all: (key) => under?.test(key) ?? false }, note, under === undefined));
  }
  if (under !== undefined) return redact(value, note);
  // A shell that expands braces makes words of `Variables={A=1,B=2}`: `Variables=A=1` and `Variables=B=2` (bash(1), "Brace Expansion").
  const expanded = /^((?:Variables|variables|Environment|environment)=)(?=[\w.-]+=)([\s\S]*)$/.exec(value);
  if (expanded) return `${expanded[1]}${hidePair(expanded[2] ?? '', false, note)}`;
  // Shorthand: pairs stand in braces, behind commas or blanks.
  return value.replace(/([A-Za-z_][\w.-]*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,{}[\]"']+)/g, (whole, key: string, one: string) => {
    if (BESIDE.test(key)) return whole;
    const bare = one.replace(/^["']|["']$/g, '');
    return hidePair(`${key}=${bare}`, false, note) === `${key}=${bare}` ? whole : `${key}=${REDACTED}`;
  });
}

/** A variable of Terraform's that is set for it; anything else as it is. Source: Terraform CLI, "Environment Variables", TF_VAR_name. */
export function terraformVariable(word: string, note?: Note): string {
  const found = /^(TF_VAR_)([\w-]+=[\s\S]*)$/.exec(word);
  return found ? `${found[1]}${pairOrData(found[2] ?? '', false, note)}` : word;
}

/** JSON in a word; undefined when it is none. */
export function parsed(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** One value of a member in the AWS CLI's shorthand, with the further elements of its list. */
export function hideMember(value: string, member: string, note?: Note): string {
  const found = new RegExp(`(?<![\\w-])(${member.replace(/[^\w-]/g, '')}=)(\\[[^\\]]*\\]|"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s,{}[\\]"']+(?:,[^\\s,={}[\\]"']+(?![^\\s,{}[\\]"']*=))*)`, 'gi');
  return value.replace(found, (_, before: string, one: string) => `${before}${one === REDACTED ? one : hide(one.replace(/^["'[]|["'\]]$/g, ''), note)}`);
}
