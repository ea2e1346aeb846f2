import type { Values } from './plan-json';
import { opaque } from './loosened';

/**
 * Types whose creation takes the place of what stands there already, or acts on it: the plan calls them new, because Terraform does not
 * know what is there. Source: the documentation of each resource (hashicorp/aws, hashicorp/google, integrations/github).
 */
const OVER: readonly Overwrites[] = [
  // "If an object exists under that key, it is overwritten": PutObject, CopyObject, PutItem.
  { types: /^aws_(?:s3_object|s3_bucket_object|s3_object_copy)$/, madeIn: /^aws_s3(?:_directory)?_bucket$/, what: 'An object that stands under its key already is overwritten.' },
  { types: /^aws_dynamodb_table_item$/, madeIn: /^aws_dynamodb_table$/, what: 'An item that stands under its key already is overwritten.' },
  { types: /^google_storage_bucket_object(?:_content)?$/, madeIn: /^google_storage_bucket$/, what: 'An object that stands under its name already is overwritten.' },
  { types: /^aws_ssm_parameter$/, when: (v) => v['overwrite'] === true, what: 'overwrite is on: a parameter of that name is overwritten.' },
  { types: /^aws_route53_record$/, when: (v) => v['allow_overwrite'] === true, what: 'allow_overwrite is on: a record of that name is replaced.' },
  { types: /^github_repository_file$/, when: (v) => v['overwrite_on_create'] === true, what: 'overwrite_on_create is on: a file of that name is overwritten.' },
  { types: /^aws_(?:ec2_instance_state|rds_instance_state)$/, when: (v) => !/^(?:running|available)$/.test(String(v['state'])), what: 'It stops what runs.' },
  // "Terraform does not create this resource but instead attempts to adopt it", and takes all rules out that the block does not have.
  { types: /^aws_default_(?:security_group|network_acl|route_table|vpc|subnet|vpc_dhcp_options)$/, madeIn: /^aws_vpc$/, what: 'It stands already and is adopted: what its block does not have is taken out.' },
  { types: /^aws_main_route_table_association$/, madeIn: /^aws_vpc$/, what: 'It takes the place of the main route table of its VPC.' },
  { types: /^aws_s3_bucket_lifecycle_configuration$/, madeIn: /^aws_s3_bucket$/, when: expires, what: 'Objects that are older than its rules allow are deleted.' },
  { types: /^aws_ecr_lifecycle_policy$/, madeIn: /^aws_ecr_repository$/, what: 'Images that its rules do not keep are deleted.' },
  // "Authoritative": whoever is not named loses access.
  { types: /^google_\w+_iam_(?:policy|binding)$/, madeIn: /^google_(?!project_service|service_account)/, what: 'It is authoritative: whoever had access and is not named in it loses it.' },
  { types: /^aws_iam_policy_attachment$|^aws_\w+_exclusive$/, what: 'It is exclusive: whatever is attached and not named in it is taken off.' },
];

interface Overwrites {
  readonly types: RegExp;
  readonly what: string;
  /** In something of this type that is made by the same plan nothing stands yet. */
  readonly madeIn?: RegExp;
  readonly when?: (values: Values) => boolean;
}

/**
 * Why what a plan calls new may take something away; undefined where it can't.
 * @param values as the plan's `after`. @param beside types of what the same plan makes and this refers to.
 */
export function writesOver(type: string, values: Values, beside: readonly string[]): string | undefined {
  const one = OVER.find((o) => o.types.test(type) && (o.when === undefined || o.when(values)));
  if (one !== undefined) return one.madeIn !== undefined && beside.some((t) => one.madeIn?.test(t)) ? undefined : `${one.what} What stands there the plan does not show.`;
  return RUNS_AT_ONCE.test(type) ? opaque(type) : undefined;
}

/** What these do they do when they are made, too. */
const RUNS_AT_ONCE = /^(?:aws_lambda_invocation|shell_script|azurerm_resource_group_template_deployment)$/;

function expires(values: Values): boolean {
  const rules = Array.isArray(values['rule']) ? (values['rule'] as readonly unknown[]) : [];
  return rules.some((rule) => /"(?:expiration|noncurrent_version_expiration)":\[\{/.test(JSON.stringify(rule)) && !/"status":"Disabled"/.test(JSON.stringify(rule)));
}
