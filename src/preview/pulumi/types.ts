import { statefulness, type Statefulness } from '../../detect/templates/cloudformation/stateful-types';
import { cloudFormationType as ofTerraform, isStateless, statefulnessOf } from '../terraform/data-types';

/**
 * Pulumi's classic providers are made from Terraform's, so their types have Terraform's words: `aws:sqs/queue:Queue` is `aws_sqs_queue`.
 * These are called otherwise. Source: Pulumi Registry, API docs of each provider, a page per type.
 */
const ALIASES: Readonly<Record<string, string>> = {
  'aws:rds:Instance': 'aws_db_instance',
  'aws:s3:BucketV2': 'aws_s3_bucket',
  'aws:lb:LoadBalancer': 'aws_lb',
  'aws:alb:LoadBalancer': 'aws_lb',
  'aws:elb:LoadBalancer': 'aws_elb',
  'aws:keyspaces:Table': 'aws_keyspaces_table',
};
const PROVIDERS: Readonly<Record<string, string>> = { 'aws-native': 'aws', gcp: 'google', azure: 'azurerm' };

/** The names that a type may have in Terraform, the likeliest first; none for a type in another form. */
function terraformTypes(type: string): readonly string[] {
  // `aws:dynamodb/table:Table`, `aws-native:dynamodb:Table`
  const [, provider = '', module = '', name = ''] = /^([a-z0-9-]+):([A-Za-z0-9-]+)(?:\/[^:]+)?:([A-Za-z0-9]+)$/.exec(type) ?? [];
  if (name === '') return [];
  const alias = `${provider}:${module}:${name}`;
  const vendor = Object.hasOwn(PROVIDERS, provider) ? (PROVIDERS[provider] ?? provider) : provider;
  return [
    ...(Object.hasOwn(ALIASES, alias) ? [ALIASES[alias] ?? ''] : []),
    `${vendor}_${snake(module)}_${snake(name)}`,
    // Things of EC2 and those of a provider's index have no service in their names.
    ...(module === 'ec2' || module === 'index' ? [`${vendor}_${snake(name)}`] : []),
  ];
}

/** The CloudFormation type of a Pulumi type; undefined for another provider, or one that has no such type. */
export function cloudFormationType(type: string): string | undefined {
  return terraformTypes(type).map(ofTerraform).find((found) => found !== undefined);
}

/** What goes with a resource of this type; undefined when nobody knows. @param inputs as Pulumi has them. */
export function statefulnessOfPulumi(type: string, inputs: Readonly<Record<string, unknown>>): Statefulness | undefined {
  const values = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [snake(key), value]));
  const found = terraformTypes(type).map((name) => statefulnessOf(name, values)).find((one) => one !== undefined);
  if (found !== undefined) return found;
  const native = cloudFormationType(type);
  return native === undefined ? undefined : statefulness(native, {});
}

/** Whether the type's name says that nothing is stored in it. */
export function holdsNothing(type: string): boolean {
  return terraformTypes(type).some(isStateless);
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_').toLowerCase();
}
