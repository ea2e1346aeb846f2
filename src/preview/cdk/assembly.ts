import path from 'node:path';
import { readTextFile } from '../reading';

/**
 * A stack in a cloud assembly. Source: "Cloud assembly schema" (aws-cdk-lib/cloud-assembly-schema): `manifest.json` with artifacts of
 * type `aws:cloudformation:stack`, and of type `cdk:cloud-assembly` for stages.
 */
export interface AssemblyStack {
  /** By which the CDK's command line selects it (`Prod/Orders`). */
  readonly id: string;
  readonly stackName: string;
  /** Undefined where the app leaves it to the command's credentials. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly templateFile: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly notificationArns: readonly string[] | undefined;
  readonly terminationProtection: boolean;
  /** Ids of the stacks that are deployed before it. */
  readonly needs: readonly string[];
  /** Where each logical id stands in the app (`Payments/Orders/Resource`), where the assembly says so. */
  readonly paths: Readonly<Record<string, string>>;
  /** False for a stack inside a stage. */
  readonly topLevel: boolean;
}

export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly AssemblyStack[];
  /** What could not be read, each a sentence. */
  readonly problems: readonly string[];
}

/** Stages in stages: the CDK has few, a loop would have no end. */
const MAX_DEPTH = 10;

type Data = Readonly<Record<string, unknown>>;

/** Reads a cloud assembly; undefined when the folder has no manifest. Reads files only; never throws. */
export function readAssembly(folder: string, readFile = readTextFile): Assembly | undefined {
  if (readFile(path.join(folder, 'manifest.json')) === undefined) return undefined;
  const stacks: AssemblyStack[] = [];
  const problems: string[] = [];
  readInto(folder, 0, { stacks, problems }, readFile);
  return { folder, stacks, problems };
}

function readInto(folder: string, depth: number, found: { readonly stacks: AssemblyStack[]; readonly problems: string[] }, readFile: typeof readTextFile): void {
  const file = path.join(folder, 'manifest.json');
  const artifacts = data(data(json(readFile(file)))?.['artifacts']);
  if (artifacts === undefined || depth > MAX_DEPTH) {
    found.problems.push(`${file} can't be read as a cloud assembly, so its stacks are not known. Synthesise again (cdk synth), then preview again.`);
    return;
  }
  const idOf = (artifact: string): string => text(data(artifacts[artifact])?.['displayName']) ?? artifact;
  for (const [name, artifact] of Object.entries(artifacts)) {
    const one = data(artifact);
    const properties = data(one?.['properties']);
    if (one === undefined || properties === undefined) continue;
    const inner = text(properties['directoryName']);
    if (one['type'] === 'cdk:cloud-assembly' && inner !== undefined) {
      if (inside(folder, inner)) readInto(path.join(folder, inner), depth + 1, found, readFile);
      continue;
    }
    const template = text(properties['templateFile']);
    if (one['type'] !== 'aws:cloudformation:stack' || template === undefined || !inside(folder, template)) continue;
    const [account, region] = (/^aws:\/\/([^/]*)\/(.*)$/.exec(text(one['environment']) ?? '') ?? []).slice(1);
    found.stacks.push({
      id: text(one['displayName']) ?? name, stackName: text(properties['stackName']) ?? name,
      account: known(account), region: known(region), templateFile: path.join(folder, template),
      tags: texts(properties['tags']), notificationArns: strings(properties['notificationArns']), terminationProtection: properties['terminationProtection'] === true,
      needs: (strings(one['dependencies']) ?? []).filter((other) => data(artifacts[other])?.['type'] === 'aws:cloudformation:stack').map(idOf),
      paths: pathsIn(one['metadata'], additional(folder, text(one['additionalMetadataFile']), readFile)),
      topLevel: depth === 0,
    });
  }
}

/** Newer versions of the CDK put the metadata into a file of its own. */
function additional(folder: string, name: string | undefined, readFile: typeof readTextFile): unknown {
  return name === undefined || !inside(folder, name) ? undefined : json(readFile(path.join(folder, name)));
}

/** Metadata is by construct path; an entry `aws:cdk:logicalId` names the resource. Source: "Cloud assembly schema", `ArtifactMetadataEntryType.LOGICAL_ID`. */
function pathsIn(...sources: readonly unknown[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const source of sources) {
    for (const [construct, entries] of Object.entries(data(source) ?? {})) {
      for (const entry of Array.isArray(entries) ? entries.map(data) : []) {
        const id = entry?.['type'] === 'aws:cdk:logicalId' ? text(entry['data']) : undefined;
        if (id !== undefined) found[id] = construct.replace(/^\//, '');
      }
    }
  }
  return found;
}

/** `unknown-account` and `unknown-region` stand for "whatever the credentials say". */
function known(part: string | undefined): string | undefined {
  return part === undefined || part === '' || part.startsWith('unknown-') ? undefined : part;
}

/** A manifest must not make us read a file elsewhere. */
function inside(folder: string, name: string): boolean {
  const relative = path.relative(folder, path.resolve(folder, name));
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

/**
 * The templates of nested stacks that the assembly holds, by logical id. The CDK notes the file in the resource's metadata
 * (`aws:asset:path`). Source: "cdk-assets", aws-cdk-lib `ASSET_RESOURCE_METADATA_PATH_KEY`.
 */
export function nestedTemplates(stack: AssemblyStack, template: string, readFile = readTextFile): Readonly<Record<string, string>> {
  const folder = path.dirname(stack.templateFile);
  const resources = data(data(json(template))?.['Resources']) ?? {};
  return Object.fromEntries(Object.entries(resources).flatMap(([id, resource]): [string, string][] => {
    const file = text(data(data(resource)?.['Metadata'])?.['aws:asset:path']);
    if (data(resource)?.['Type'] !== 'AWS::CloudFormation::Stack' || file === undefined || !inside(folder, file)) return [];
    const inner = readFile(path.join(folder, file));
    return inner === undefined ? [] : [[id, inner]];
  }));
}

function json(file: string | undefined): unknown {
  try {
    return file === undefined ? undefined : JSON.parse(file);
  } catch {
    return undefined;
  }
}

function data(value: unknown): Data | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data(value) ?? {}).map(([key, one]) => [key, String(one)]));
}
