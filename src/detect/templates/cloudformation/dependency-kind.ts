import { readTable } from '../../knowledge/load';
import type { DependencyKind } from '../../../model';
import { effectiveType, resourceType } from './resource-types';

interface Table {
  /** Types that say what a reference to them is for, wherever it stands. */
  readonly targets: readonly { readonly kind: DependencyKind; readonly types: readonly string[] }[];
  /** Properties that say what a reference in them is for, whatever it points at. */
  readonly places: readonly { readonly kind: DependencyKind; readonly type: string; readonly properties: readonly string[] }[];
}

/** A reference in a template: who refers, where, and to what. */
export interface Reference {
  readonly fromType: string;
  /** The path of property names in which it stands. */
  readonly names: readonly string[];
  readonly toType: string;
}

/**
 * A statement of a policy names what it is about; it is not a use of it. Source: "IAM JSON policy elements reference",
 * IAM User Guide: such a document has a list of `Statement`.
 */
const IN_POLICY = 'Statement';

/**
 * By the last property name, for a reference that goes through something that only carries a value (a nested stack's output, a
 * custom resource). These are the endings that the resource schemas' own relationships have (`related` in
 * `cfn-resource-types.json`: `SecurityGroupIds`, `KmsKeyArn`, `ExecutionRoleArn`, `VpcSubnetIds`, `TargetGroupARNs`).
 */
const BY_NAME: readonly (readonly [RegExp, DependencyKind])[] = [
  [/security_?groups?(?:ids?|arns?)?$/i, 'security-group'],
  [/(?:kms|encryption).*key(?:id|arn)?$|^kmsarn$/i, 'kms-key'],
  [/(?:role(?:arn|s|name|id)?|instanceprofile(?:arn|name)?)$/i, 'iam-role'],
  [/targetgroup(?:arn|s|arns)?$/i, 'target-group'],
  [/(?:subnet(?:id|s|ids|groupname)?|vpc(?:id|zoneidentifier)|routetableid|natgatewayid|loadbalancer(?:arn|s|names)?)$/i, 'network'],
  [/(?:volumeid|filesystemid)$/i, 'volume'],
];

/** What a reference is for. Source: the table `cfn-dependency-kinds.json`, with a source per entry. */
export function dependencyKind({ fromType, names, toType }: Reference): DependencyKind {
  if (names.includes(IN_POLICY)) return 'reference';
  const table = readTable<Table>('cfn-dependency-kinds.json');
  const path = names.join('.');
  const place = table.places.find((one) => one.type === fromType && one.properties.some((property) => path === property || path.startsWith(`${property}.`)));
  const target = table.targets.find((one) => one.types.includes(effectiveType(toType)));
  if (target !== undefined && (place === undefined || target.kind !== 'network')) return target.kind;
  if (place !== undefined) return place.kind;
  return carries(toType) ? (BY_NAME.find(([name]) => name.test(names.at(-1) ?? ''))?.[1] ?? 'reference') : 'reference';
}

/** Whether a type only hands a value on. */
function carries(type: string): boolean {
  return effectiveType(type) === 'AWS::CloudFormation::Stack' || !resourceType(type).known;
}
