import type { Effect } from '../../model';
import { byTable } from './loosened/aws-table';
import { byName, ownValues, type Found } from './loosened/by-name';
import { joined } from './loosened/expression';
import { expiringRules } from './loosened/lifecycle';
import { leavesOf } from './loosened/leaves';
import { opened, siteOnly } from './loosened/network';
import { policyLoosened } from './loosened/policies';
import type { PlanChange, Values } from './plan-json';

/**
 * Types whose change runs or carries something that the plan does not show: a chart, a template, a function. Source: the
 * documentation of hashicorp/helm, hashicorp/aws, alekc/kubectl, scottwinkler/shell.
 */
const OPAQUE: Readonly<Record<string, string>> = {
  helm_release: 'What the chart changes in the cluster a plan does not show (helm diff does).',
  aws_cloudformation_stack: 'What changes inside the stack a plan does not show (a change set does).',
  aws_cloudformation_stack_set: 'What changes inside the stacks a plan does not show.',
  aws_lambda_invocation: "A function is called with the apply; what it does can't be seen.",
  azurerm_resource_group_template_deployment: 'What the deployment changes a plan does not show (az deployment what-if does).',
  shell_script: "A script runs with the apply; what it does can't be seen.",
};

/** Why a change in place can't be judged from its plan; undefined where it can. */
export function opaque(type: string): string | undefined {
  return Object.hasOwn(OPAQUE, type) ? OPAQUE[type] : undefined;
}

/** What a change takes off, opens, stops, lets expire, or leaves unknown of these. */
export interface Loosened {
  readonly effects: readonly Effect[];
  readonly sentences: readonly string[];
}

/**
 * Of a change in place: every setting at any depth, blocks too that are gone or new. Values are compared, and only numbers and
 * the providers' own words repeated.
 */
export function loosened(
  change: Pick<PlanChange, 'type' | 'before' | 'after' | 'afterUnknown' | 'secretBefore' | 'secretAfter'>,
): Loosened {
  const { type, before = {}, after = {} } = change;
  if (ownValues(type)) return { effects: [], sentences: [] };
  const leaves = leavesOf(before, after, {
    unknown: change.afterUnknown,
    secretBefore: change.secretBefore,
    secretAfter: change.secretAfter,
  });
  const { found, spoken } = byTable(type, before, after);
  const plain = (path: string): string => path.replace(/\[\d+\]/g, '');
  const rest = leaves.filter(
    (leaf) => leaf.fresh || ![...spoken].some((one) => plain(leaf.path) === one || plain(leaf.path).startsWith(`${one}.`)),
  );
  const fresh = new Set(leaves.filter((leaf) => leaf.fresh).map((leaf) => plain(leaf.path)));
  return summary([
    ...found.filter((one) => !fresh.has(one.path)),
    ...rest.flatMap((leaf) => byName(type, leaf) ?? []),
    ...leaves.flatMap(policyLoosened),
    ...opened(type, before, after, leaves),
    ...expiringRules(type, before, after),
  ]);
}

/**
 * What something new opens that others have already: a rule of a group, a policy, a right of everybody. A site's own ports are a site.
 * @param beside types of what the same plan makes and it refers to: of these nothing is open yet.
 */
export function openedByNew(type: string, after: Values, beside: readonly string[]): Loosened {
  if (!ATTACHED.test(type) || beside.length > 0) return { effects: [], sentences: [] };
  const leaves = leavesOf({}, after);
  const found = [
    ...leaves.flatMap((leaf) => byName(type, leaf) ?? []),
    ...leaves.flatMap(policyLoosened),
    ...(siteOnly(type, after) ? [] : opened(type, {}, after, [])),
  ];
  return summary(found.filter((one) => one.effect === 'exposure'));
}

/** Source: the documentation of each (hashicorp/aws, /google, /azurerm): they have no more of their own than what they are attached to. */
const ATTACHED =
  joined(
    '^(?:aws_security_group_rule|aws_vpc_security_group_ingress_rule|aws_network_acl_rule|aws_\\w+_policy|',
    'aws_s3_bucket_acl|aws_lambda_permission|aws_lambda_function_url|google_\\w+_iam_(?:member|binding|',
    'policy)|google_storage_\\w*(?:access_control|acl)|google_compute_firewall|',
    'azurerm_network_security_rule|azurerm_\\w+_firewall_rule|',
    'kubernetes_(?:cluster_)?role_binding(?:_v1)?)$',
  );

function summary(found: readonly Found[]): Loosened {
  return { effects: [...new Set(found.map((one) => one.effect))], sentences: [...new Set(found.map((one) => one.sentence))] };
}
