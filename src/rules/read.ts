import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

import { EFFECTS, RISKS, VERDICTS, type Risk, type VerdictKind } from '../model';
import { HOLDING } from './defaults';
import { fieldsOf, type Fields } from './fields';
import { MATCH_FIELDS, type EnvironmentRule, type Rule, type RuleExample, type RuleSet, type When } from './rule';

/** Something wrong in a rules file, at its place. */
export interface Problem {
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** One-based. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export { EFFECTS };
export const TIERS = ['production', 'staging', 'development'] as const;
export const REVERSIBILITIES = ['reversible', 'recoverable', 'irreversible', 'unknown'] as const;
/** The built-in rules that hold something: what `overrides` can name. */
export const OVERRIDABLE: readonly string[] = HOLDING.map((rule) => rule.id);
export const MUTATIONS = ['none', 'additive', 'modifying', 'destructive', 'unknown'] as const;

/** The members of each object of the file: the JSON schema has the same. */
export const FIELDS = {
  file: ['$schema', 'version', 'environments', 'rules'],
  environment: ['name', 'tier', 'match'],
  match: MATCH_FIELDS,
  rule: ['id', 'when', 'verdict', 'reason', 'approvers', 'overrides', 'examples'],
  when: ['effect', 'operation', 'resourceType', 'environment', 'tier', 'actor', 'risk', 'target', 'reversibility', 'mutation'],
  example: ['command', 'verdict'],
} as const;

/** What a rule may be called: nothing that could be taken for a sentence of ours. The JSON schema has the same. */
const ID = /^[A-Za-z0-9][\w.:-]{0,59}$/;

const DEPTH = 20;
const MAX_LENGTH = 1024 * 1024;

/**
 * Reads a rules file. Never throws.
 * @param text JSON with comments. @param source which file, in words. @param own whether it is the user's own file, which alone may override a default.
 * @returns the rules, or, when anything is wrong with the file, none of them and every problem at its place.
 */
export function readRules(text: string, source: string, own = false): { readonly rules?: RuleSet; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const at = (start: number, end: number, message: string): void => {
    const before = text.slice(0, start);
    problems.push({ start, end, message, line: before.split('\n').length, column: start - before.lastIndexOf('\n') });
  };
  if (text.length > MAX_LENGTH) {
    at(0, 1, 'The file is larger than 1 MB. Split it, or remove what is not a rule.');
    return { problems };
  }
  if (deep(text)) {
    at(0, 1, `Brackets are nested deeper than ${DEPTH}. Rules need no more than six.`);
    return { problems };
  }
  const errors: ParseError[] = [];
  // Some editors begin a file with a byte order mark; a space in its place keeps every position.
  const tree = parseTree(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true });
  if (!tree) {
    at(0, 1, 'The file is empty. Write { "version": 1, "rules": [] }.');
    return { problems };
  }
  for (const e of errors) at(e.offset, e.offset + Math.max(1, e.length), `This is not JSON here (${printParseErrorCode(e.error)}).`);
  const rules = file(fieldsOf(at), tree, source, own);
  return problems.length > 0 ? { problems } : { rules, problems };
}

/** Whether brackets stand deeper than any rule needs: a parser that recurses must not see them. */
function deep(text: string): boolean {
  let depth = 0;
  for (const c of text) {
    if (c === '[' || c === '{') {
      if (++depth > DEPTH) return true;
    } else if (c === ']' || c === '}') depth--;
  }
  return false;
}

function file(fields: Fields, node: Node, source: string, own: boolean): RuleSet {
  const { wrong, members } = fields;
  const m = members(node, FIELDS.file, 'The file');
  const version = m.get('version');
  if (!version) wrong(node, '"version" is missing. Write "version": 1.');
  else if (version.value !== 1) wrong(version, 'This Holdpoint reads version 1.');
  const each = <T>(name: string, read: (n: Node) => T | undefined): T[] => {
    const of = m.get(name);
    if (!of) return [];
    if (of.type !== 'array') {
      wrong(of, `"${name}" must be a list [ … ].`);
      return [];
    }
    return (of.children ?? []).flatMap((n) => read(n) ?? []);
  };
  const environments = each('environments', (n) => environment(fields, n));
  const ids = new Set<string>();
  let number = 0;
  const rules = each('rules', (n) => rule(fields, n, { number: ++number, ids, own }));
  return { source, environments, rules };
}

function environment({ wrong, members, text, oneOf, globs }: Fields, node: Node): EnvironmentRule | undefined {
  const m = members(node, FIELDS.environment, 'An environment');
  const name = text(m.get('name'), node, 'name');
  const tier = oneOf(m.get('tier'), node, 'tier', TIERS);
  const matchNode = m.get('match');
  if (!matchNode) {
    wrong(node, '"match" is missing: say by what this environment is recognised.');
    return undefined;
  }
  const by = members(matchNode, FIELDS.match, '"match"');
  if (matchNode.type === 'object' && by.size === 0) wrong(matchNode, '"match" is empty and would be every target. Name an account, stack, profile or another.');
  const match = Object.fromEntries(MATCH_FIELDS.flatMap((f) => {
    const patterns = globs(by.get(f), f);
    return patterns ? [[f, patterns]] : [];
  }));
  return name !== undefined && tier !== undefined ? { name, tier, match } : undefined;
}

/** Where a rule stands: its place in the list, the ids of those before it, and whether the file is the user's own. */
interface Standing {
  readonly number: number;
  readonly ids: Set<string>;
  readonly own: boolean;
}

/** The id of a rule: its own, or its place in the list. */
function idOf({ wrong, text }: Fields, idNode: Node | undefined, node: Node, { number, ids }: Standing): string | undefined {
  const id = idNode ? text(idNode, node, 'id') : `rule-${number}`;
  if (id !== undefined && idNode) {
    if (ids.has(id)) wrong(idNode, `There is another rule "${id}". Give each its own.`);
    if (!ID.test(id)) wrong(idNode, 'An "id" is up to 60 letters, digits and _ . : -, and begins with a letter or digit: it is shown as a name.');
    if (id.startsWith('default:')) wrong(idNode, 'Names that begin with "default:" are the built-in rules\'.');
  }
  if (id !== undefined) ids.add(id);
  return id;
}

function rule(fields: Fields, node: Node, standing: Standing): Rule | undefined {
  const { wrong, members, text, oneOf } = fields;
  const m = members(node, FIELDS.rule, 'A rule');
  const id = idOf(fields, m.get('id'), node, standing);
  const verdict = oneOf(m.get('verdict'), node, 'verdict', VERDICTS);
  const reason = text(m.get('reason'), node, 'reason');
  const whenNode = m.get('when');
  if (!whenNode) wrong(node, '"when" is missing: say what the rule is about.');
  const approvers = m.get('approvers');
  if (approvers && (!Number.isSafeInteger(approvers.value) || Number(approvers.value) < 1 || Number(approvers.value) > 20)) wrong(approvers, '"approvers" is a whole number from 1 to 20.');
  if (approvers && verdict !== undefined && verdict !== 'approve') wrong(approvers, '"approvers" goes with the verdict "approve".');
  const overridesNode = m.get('overrides');
  const overrides = fields.list(overridesNode, 'overrides', OVERRIDABLE);
  if (overridesNode && !standing.own) wrong(overridesNode, 'Only your own rules file (~/.holdpoint/rules.json) may override a built-in rule. Rules of a workspace tighten.');
  const when = whenNode ? readWhen(fields, whenNode) : undefined;
  if (overridesNode && whenNode && when?.risk !== undefined) wrong(whenNode, '"risk" means this risk or a higher one, so it can\'t say what an override lets pass. Say it with effect, tier, target or another.');
  const examples = readExamples(fields, m.get('examples'));
  if (id === undefined || verdict === undefined || reason === undefined || !when) return undefined;
  return { id, when, verdict, reason, examples, ...(approvers ? { approvers: Number(approvers.value) } : {}), ...(overrides !== undefined ? { overrides } : {}) };
}

function readWhen({ members, list, globs, oneOf }: Fields, node: Node): When {
  const m = members(node, FIELDS.when, '"when"');
  const risk = m.get('risk');
  return {
    effect: list(m.get('effect'), 'effect', EFFECTS),
    operation: globs(m.get('operation'), 'operation'),
    resourceType: globs(m.get('resourceType'), 'resourceType'),
    environment: globs(m.get('environment'), 'environment'),
    tier: list(m.get('tier'), 'tier', [...TIERS, 'unknown'] as const),
    actor: globs(m.get('actor'), 'actor'),
    risk: risk ? oneOf<Risk>(risk, node, 'risk', RISKS) : undefined,
    target: globs(m.get('target'), 'target'),
    reversibility: list(m.get('reversibility'), 'reversibility', REVERSIBILITIES),
    mutation: list(m.get('mutation'), 'mutation', MUTATIONS),
  };
}

function readExamples({ wrong, members, text, oneOf }: Fields, node: Node | undefined): RuleExample[] {
  if (!node) return [];
  if (node.type !== 'array') {
    wrong(node, '"examples" must be a list [ … ].');
    return [];
  }
  return (node.children ?? []).flatMap((n) => {
    const m = members(n, FIELDS.example, 'An example');
    const command = text(m.get('command'), n, 'command');
    const verdict = oneOf<VerdictKind>(m.get('verdict'), n, 'verdict', VERDICTS);
    return command !== undefined && verdict !== undefined ? [{ command, verdict }] : [];
  });
}
