import { policyMembers } from '../../knowledge/aws-arguments';
import type { AwsParameters, Part } from './parameters';

/** What a policy document lets in. */
export type Openness = { readonly kind: 'closed' } | { readonly kind: 'everybody' } | { readonly kind: 'everything' };

const CLOSED: Openness = { kind: 'closed' };

/** The member whose policy opens something to everybody or allows everything, and how; undefined when none does. */
export function openPolicy(params: AwsParameters, operation: string): { readonly option: string; readonly reason: string } | undefined {
  for (const { name, policy } of policiesOf(params, operation)) {
    const open = openness(policy.json());
    if (open.kind === 'everybody') return { option: name, reason: 'Lets everybody in, from any account' };
    if (open.kind === 'everything') return { option: name, reason: 'Allows every action on every resource' };
  }
  return undefined;
}

function policiesOf(params: AwsParameters, operation: string): { readonly name: string; readonly policy: Part }[] {
  if (operation === 'sns:SetTopicAttributes') return params.at('AttributeName').is('Policy') ? [{ name: 'Policy', policy: params.at('AttributeValue') }] : [];
  if (ATTRIBUTES.has(operation)) return [{ name: 'Policy', policy: params.at('Attributes').at('Policy') }];
  return policyMembers(operation).map((name) => ({ name, policy: params.at(name) }));
}

/** Operations whose map of attributes may hold a policy. Source: the API references of SQS and SNS. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['sqs:SetQueueAttributes', 'sqs:CreateQueue', 'sns:CreateTopic']);

/** How far a policy document opens. Source: IAM user guide, "IAM JSON policy elements reference". */
function openness(document: Part): Openness {
  for (const statement of statementsOf(document)) {
    if (!statement.at('Effect').is('Allow') || isConditional(statement.at('Condition'))) continue;
    const principal = statement.at('Principal');
    if (isEverybody(principal) || statement.at('NotPrincipal').given) return { kind: 'everybody' };
    if (!principal.given && isAll(statement.at('Action'), statement.at('NotAction')) && isAll(statement.at('Resource'), statement.at('NotResource'))) return { kind: 'everything' };
  }
  return CLOSED;
}

/** The statements of a document; one alone need not be a list. */
export const statementsOf = (document: Part): readonly Part[] => (document.at('Statement').given ? document.at('Statement').items() : []);

function isEverybody(principal: Part): boolean {
  if (!principal.given) return false;
  const kinds = principal.names();
  return kinds.length === 0 ? principal.items().some((p) => p.is('*')) : kinds.some((kind) => principal.at(kind).items().some((p) => p.is('*')));
}

/** `*`, `*:*` and the like; and everything but something. */
function isAll(some: Part, other: Part): boolean {
  return other.given || some.items().some((p) => isWild(p.text()));
}

/** A pattern of stars alone, also behind a colon. */
const isWild = (text: string | undefined): boolean => text !== undefined && text.includes('*') && [...text.trim()].every((c) => c === '*' || c === ':');

/** A condition that any request meets is none: an empty one, and one that compares with `*`. */
function isConditional(condition: Part): boolean {
  return condition.given && condition.names().some((operator) => {
    const keys = condition.at(operator);
    return keys.names().some((key) => !keys.at(key).items().some((value) => isWild(value.text())));
  });
}
