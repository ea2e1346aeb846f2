import type { AffectedResource } from '../../model';

type Update = 'Modify' | 'Replace' | 'Delete';
/** `unknown`: a part of the policy is not understood, so it may deny. */
export type PolicyAnswer = 'allowed' | 'denied' | 'unknown';

interface Asked {
  readonly logicalId: string;
  readonly type: string;
  readonly update: Update;
}

type Statement = Readonly<Record<string, unknown>>;

const PAGE = '"Prevent updates to stack resources", CloudFormation User Guide';

/**
 * What a stack policy says of one update: with a policy everything is denied that no statement allows, and a Deny beats every Allow.
 * Source: "Prevent updates to stack resources", CloudFormation User Guide.
 */
export function policyAnswer(policy: string, asked: Asked): PolicyAnswer {
  const statements = statementsOf(policy);
  if (statements === undefined) return 'unknown';
  const applies = (effect: string): readonly (boolean | undefined)[] => statements.filter((one) => one['Effect'] === effect).map((one) => matches(one, asked));
  const [denied, allowed] = [applies('Deny'), applies('Allow')];
  if (denied.includes(true)) return 'denied';
  if (denied.includes(undefined)) return 'unknown';
  return allowed.includes(true) ? 'allowed' : allowed.includes(undefined) ? 'unknown' : 'denied';
}

/**
 * Sentences about the resources whose change the policy refuses. A nested stack has a policy of its own, which is not this one.
 * @param resources of the preview; those inside nested stacks have a way (`Network/Vpc`) as their id.
 */
export function policyWarnings(policy: string, resources: readonly AffectedResource[]): string[] {
  const found: string[] = [];
  for (const { id, logicalId, type, action, replacement } of resources) {
    if (id !== logicalId || (action !== 'modify' && action !== 'remove')) continue;
    const update: Update = action === 'remove' ? 'Delete' : replacement === 'no' ? 'Modify' : 'Replace';
    const answer = policyAnswer(policy, { logicalId, type, update });
    if (answer === 'allowed') continue;
    const when = replacement === 'may' ? ' if it comes to that' : '';
    found.push(answer === 'denied'
      ? `The stack policy denies Update:${update} of ${id}: CloudFormation refuses the update${when} (${PAGE}).`
      : `Whether the stack policy allows Update:${update} of ${id} can't be told: read it with 'aws cloudformation get-stack-policy'.`);
  }
  return found;
}

function statementsOf(policy: string): readonly Statement[] | undefined {
  try {
    const data: unknown = (JSON.parse(policy) as { readonly Statement?: unknown } | null)?.Statement;
    const list = Array.isArray(data) ? data : [data];
    return list.every((one): one is Statement => typeof one === 'object' && one !== null) ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined: there is a condition that is not understood. */
function matches(statement: Statement, asked: Asked): boolean | undefined {
  const action = `Update:${asked.update}`;
  const resource = `LogicalResourceId/${asked.logicalId}`;
  const part = (name: string, value: string): boolean => {
    if (statement[`Not${name}`] !== undefined) return !texts(statement[`Not${name}`]).some((pattern) => like(pattern, value));
    return texts(statement[name]).some((pattern) => like(pattern, value));
  };
  if (!part('Action', action) || !part('Resource', resource)) return false;
  const condition = statement['Condition'];
  if (condition === undefined) return true;
  if (typeof condition !== 'object' || condition === null) return undefined;
  let result: boolean | undefined = true;
  for (const [operator, test] of Object.entries(condition as Readonly<Record<string, unknown>>)) {
    for (const [key, value] of Object.entries((test ?? {}) as Readonly<Record<string, unknown>>)) {
      // Types are the only key that is documented, with these two operators.
      if (key !== 'ResourceType' || (operator !== 'StringEquals' && operator !== 'StringLike')) result = result === false ? false : undefined;
      else if (!texts(value).some((pattern) => (operator === 'StringEquals' ? pattern === asked.type : like(pattern, asked.type)))) result = false;
    }
  }
  return result;
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
}

function like(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(text);
}
