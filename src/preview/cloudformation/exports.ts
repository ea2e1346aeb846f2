import type { Export } from '@aws-sdk/client-cloudformation';
import { notKnown, type Dependency, type Unknown } from '../../model';
import { PreviewError } from '../failure';
import type { Connection, ServiceError } from './connection';
import { allPages } from './stack-state';

/** Who imports what a stack exports. */
export interface Importers {
  readonly dependencies: readonly Dependency[];
  readonly warnings: readonly string[];
  readonly unknowns: readonly Unknown[];
  /** Names of exports whose importers are known, also when there is none. */
  readonly answered: ReadonlySet<string>;
}

const AT_ONCE = 5;

/** All exports of these stacks; the API only lists those of the whole region. */
export async function exportsOf(connection: Connection, stackIds: ReadonlySet<string>): Promise<Export[]> {
  const { ListExportsCommand } = connection.sdk;
  const all = await allPages(async (token) => {
    const page = await connection.call('ListExports', (client, options) => client.send(new ListExportsCommand({ NextToken: token }), options));
    return { items: page.Exports ?? [], next: page.NextToken };
  });
  return all.filter((one) => stackIds.has(one.ExportingStackId ?? ''));
}

/**
 * Asks for each export which stacks import it. An answer that can't be had is an unknown, not the end of the preview.
 * @param verb what happens to the export, for the sentence ("goes").
 * @param predicted the engine's dependencies: they tell from which resource an export comes (`export:NAME` → resource).
 */
export async function importersOf(connection: Connection, names: readonly string[], verb: string, predicted: readonly Dependency[]): Promise<Importers> {
  const dependencies: Dependency[] = [];
  const warnings: string[] = [];
  const unknowns: Unknown[] = [];
  const answered = new Set<string>();
  const one = async (name: string): Promise<void> => {
    let stacks: readonly string[];
    try {
      stacks = await importingStacks(connection, name);
    } catch (error) {
      if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled' || error.failure.kind === 'timeout') throw error;
      unknowns.push(notKnown('dependents', name, `Which stacks import the export ${name} is unknown: ${error.message}`));
      return;
    }
    answered.add(name);
    if (stacks.length === 0) return;
    const from = predicted.filter((d) => d.from === `export:${name}`).map((d) => d.to);
    for (const stack of stacks) {
      for (const to of from.length > 0 ? from : [`export:${name}`]) {
        dependencies.push({ from: `stack:${stack}`, to, kind: 'export', detail: `stack ${stack} imports export ${name}` });
      }
    }
    warnings.push(`The export ${name} ${verb}, but ${stacks.join(', ')} ${stacks.length === 1 ? 'imports' : 'import'} it: CloudFormation refuses that until the import is gone.`);
  };
  for (let i = 0; i < names.length; i += AT_ONCE) await Promise.all(names.slice(i, i + AT_ONCE).map(one));
  return { dependencies, warnings, unknowns, answered };
}

/** An export that nobody imports is answered with an error. Source: ListImports, CloudFormation API reference. */
async function importingStacks(connection: Connection, name: string): Promise<string[]> {
  const { ListImportsCommand } = connection.sdk;
  const unused = (error: ServiceError): boolean => /is not imported by any stack/i.test(error.message);
  try {
    return await allPages(async (token) => {
      const page = await connection.call('ListImports', (client, options) => client.send(new ListImportsCommand({ ExportName: name, NextToken: token }), options), unused);
      return { items: page.Imports ?? [], next: page.NextToken };
    });
  } catch (error) {
    if (error instanceof Error && unused(error)) return [];
    throw error;
  }
}

/** Leaves out the engine's sentences about exports whose importers were really asked for. */
export function withoutAnswered(unknowns: readonly Unknown[], answered: ReadonlySet<string>): Unknown[] {
  return unknowns.filter((one) => one.kind !== 'dependents' || !answered.has(one.subject));
}
