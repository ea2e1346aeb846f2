import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { readHcl, unescaped, type Attribute, type Block } from '../../detect/templates/terraform/hcl';

/** One file of a configuration, read. */
export interface ConfigurationFile {
  /** As it is named to a person: seen from the root module. */
  readonly name: string;
  /** Absolute path of its module's folder. */
  readonly folder: string;
  readonly blocks: readonly Block[];
  /** True when a part of it could not be read. */
  readonly unread: boolean;
}

const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;
const MAX_FILE = 1024 * 1024;
const MAX_FOLDERS = 2_000;

/** The files of a root module and of the modules that are installed for it, in HCL or JSON. A tool loads no others. Source: Terraform documentation, "Files and Directories". */
export async function readConfiguration(folder: string, dataFolder: string): Promise<readonly ConfigurationFile[]> {
  const folders = [...new Set([folder, ...(await moduleFolders(folder, dataFolder))])];
  const files: ConfigurationFile[] = [];
  for (const at of folders.slice(0, MAX_FOLDERS)) {
    for (const file of (await readdir(at).catch((): string[] => [])).filter((name) => CONFIGURATION.test(name)).sort()) {
      const full = path.join(at, file);
      const text = await readFile(full, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'EISDIR' ? '' : undefined));
      const name = path.relative(folder, full);
      files.push(text === undefined || text.length > MAX_FILE ? { name, folder: at, blocks: [], unread: true } : { name, folder: at, ...readFileText(file, text) });
    }
  }
  return folders.length > MAX_FOLDERS ? [...files, { name: `${folders.length - MAX_FOLDERS} more modules`, folder, blocks: [], unread: true }] : files;
}

/** Reads one file's text. @param name tells whether it is JSON. */
export function readFileText(name: string, text: string): Pick<ConfigurationFile, 'blocks' | 'unread'> {
  return name.endsWith('.json') ? readJson(text) : readHcl(text);
}

/** How many labels a block has. Source: Terraform documentation, "JSON Configuration Syntax"; within others a key is a block without a label. */
const LABELS: Readonly<Record<string, number>> = { resource: 2, data: 2, ephemeral: 2, action: 2, provider: 1, module: 1, variable: 1, output: 1, check: 1, backend: 1, provisioner: 1, key_provider: 2, method: 2 };

/** The same blocks from JSON. A key may stand twice, and anywhere an array of objects may stand for an object (HCL JSON Syntax Specification). */
function readJson(text: string): Pick<ConfigurationFile, 'blocks' | 'unread'> {
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: false, disallowComments: true });
  if (tree === undefined || errors.length > 0) return { blocks: [], unread: true };
  return { blocks: objectsOf(tree).flatMap((one) => bodyOf(one, text).blocks), unread: false };
}

const objectsOf = (node: Node): readonly Node[] => (node.type === 'array' ? (node.children ?? []).flatMap(objectsOf) : node.type === 'object' ? [node] : []);

function bodyOf(object: Node, text: string): { readonly attributes: ReadonlyMap<string, Attribute>; readonly blocks: readonly Block[] } {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const [name, value] of propertiesOf(object)) {
    attributes.set(name, { name, text: text.slice(value.offset, value.offset + value.length), range: rangeOf(value) });
    blocks.push(...labelled(name, value, text, [], Object.hasOwn(LABELS, name) ? (LABELS[name] ?? 0) : 0));
  }
  return { attributes, blocks };
}

function labelled(type: string, value: Node, text: string, labels: readonly string[], left: number): readonly Block[] {
  return objectsOf(value).flatMap((object): readonly Block[] => (left === 0
    ? [{ type, labels, ...bodyOf(object, text), range: rangeOf(object), head: rangeOf(object) }]
    : propertiesOf(object).flatMap(([label, inner]) => labelled(type, inner, text, [...labels, label], left - 1))));
}

function propertiesOf(object: Node): readonly (readonly [string, Node])[] {
  return (object.children ?? []).flatMap((property): (readonly [string, Node])[] => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), value]];
  });
}

const rangeOf = (node: Node): Attribute['range'] => ({ start: node.offset, end: node.offset + node.length });

/** The text that an expression surely is; undefined for any other. HCL's and JSON's escapes are the same, and both have templates. */
export function textOf(expression: string | undefined): string | undefined {
  const inside = expression === undefined ? undefined : /^"((?:[^"\\]|\\.)*)"$/s.exec(expression)?.[1];
  return inside === undefined || /(?:^|[^$%])(?:[$%]{2})*[$%]\{/.test(inside) ? undefined : unescaped(inside.replace(/\\\//g, '/'));
}

/** Folders of the modules as the tool's `init` noted them. */
async function moduleFolders(folder: string, dataFolder: string): Promise<string[]> {
  try {
    const json: unknown = JSON.parse(await readFile(path.join(dataFolder, 'modules', 'modules.json'), 'utf8'));
    const modules = (json as { Modules?: readonly { Dir?: unknown }[] }).Modules ?? [];
    return modules.flatMap((m) => (typeof m.Dir === 'string' ? [path.resolve(folder, m.Dir)] : []));
  } catch {
    return [];
  }
}
