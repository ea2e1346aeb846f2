import { readTable } from '../../knowledge/load';
import type { Replacement } from '../../../model';

interface TypeEntry {
  /** Property paths whose change replaces the resource, and those where it depends. */
  readonly always?: readonly string[];
  readonly may?: readonly string[];
  /** Properties or attributes that identify the resource. */
  readonly id?: readonly string[];
  /** What `Ref` gives, where it is not the identifier. */
  readonly ref?: readonly string[];
  readonly related?: Readonly<Record<string, readonly string[]>>;
  readonly transform?: string;
}

/** Facts about one resource type. */
export interface ResourceType {
  readonly name: string;
  /** False for custom resources, private types and names we have no schema of: their effect is not known. */
  readonly known: boolean;
  /** What a change at this path of property names does to the resource. */
  readonly replacement: (path: readonly string[]) => Replacement;
  /** The identifiers; when all of them are given as properties, the resource has a name of its own. */
  readonly identifier: readonly string[];
  /** The property that `Ref` gives, when `Ref` gives a property. */
  readonly reference: string | undefined;
  /** True for types that exist only until a transform has run (`AWS::Serverless::Function`). */
  readonly needsTransform: boolean;
}

/**
 * What SAM makes of its types: the resource that carries the logical id, and the properties of it whose change replaces.
 * Source: "Generated CloudFormation resources" and the property pages of the AWS SAM developer guide.
 */
const SAM: Readonly<Record<string, { readonly as: string; readonly always: readonly string[] }>> = {
  'AWS::Serverless::Function': { as: 'AWS::Lambda::Function', always: ['FunctionName', 'PackageType'] },
  'AWS::Serverless::SimpleTable': { as: 'AWS::DynamoDB::Table', always: ['TableName', 'PrimaryKey'] },
  'AWS::Serverless::Api': { as: 'AWS::ApiGateway::RestApi', always: [] },
  'AWS::Serverless::HttpApi': { as: 'AWS::ApiGatewayV2::Api', always: [] },
  'AWS::Serverless::StateMachine': { as: 'AWS::StepFunctions::StateMachine', always: ['Name', 'Type'] },
  'AWS::Serverless::LayerVersion': { as: 'AWS::Lambda::LayerVersion', always: ['LayerName', 'Description', 'ContentUri', 'CompatibleArchitectures', 'CompatibleRuntimes', 'LicenseInfo'] },
  'AWS::Serverless::Application': { as: 'AWS::CloudFormation::Stack', always: [] },
};

/** The type that a SAM resource becomes; any other type is itself. */
export function effectiveType(type: string): string {
  return SAM[type]?.as ?? type;
}

/** A note that the CDK leaves in a template; nothing stands behind it. Source: "Configure AWS CDK usage data reporting", AWS CDK Developer Guide. */
const NOTE = 'AWS::CDK::Metadata';

const cache = new Map<string, ResourceType>();

/** The names of all types that a schema is known of. */
export function knownTypes(): string[] {
  return Object.keys(readTable<{ readonly types: Readonly<Record<string, TypeEntry>> }>('cfn-resource-types.json').types);
}

/** What is known about a type. Source: the table `cfn-resource-types.json` (resource schemas of the CloudFormation registry). */
export function resourceType(name: string): ResourceType {
  const cached = cache.get(name);
  if (cached !== undefined) return cached;
  const made = describe(name, readTable<{ readonly types: Readonly<Record<string, TypeEntry>> }>('cfn-resource-types.json').types);
  cache.set(name, made);
  return made;
}

function describe(name: string, types: Readonly<Record<string, TypeEntry>>): ResourceType {
  const entry = Object.hasOwn(types, name) ? types[name] : undefined;
  if (name === NOTE) return { name, known: true, replacement: () => 'no', identifier: [], reference: undefined, needsTransform: false };
  const custom = name.startsWith('Custom::') || name === 'AWS::CloudFormation::CustomResource';
  if (entry === undefined || custom) {
    // Whatever a provider we don't know does with a change, it may answer with a new physical id.
    return { name, known: false, replacement: () => 'may', identifier: [], reference: undefined, needsTransform: false };
  }
  const always = new Set(SAM[name]?.always ?? entry.always ?? []);
  const may = new Set(entry.may ?? []);
  const replacement = (path: readonly string[]): Replacement => {
    let at = '';
    let worst: Replacement = 'no';
    for (const part of path) {
      at = at === '' ? part : `${at}.${part}`;
      if (always.has(at)) return 'yes';
      if (may.has(at)) worst = 'may';
    }
    return worst;
  };
  const reference = entry.ref ?? entry.id ?? [];
  return {
    name, known: true, replacement, identifier: entry.id ?? [],
    reference: reference.length === 1 ? reference[0] : undefined,
    needsTransform: entry.transform !== undefined,
  };
}
