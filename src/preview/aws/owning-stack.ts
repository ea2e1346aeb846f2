import { predictDelete } from '../../detect/templates/cloudformation';
import { notKnown, type AffectedResource, type Dependency, type Unknown } from '../../model';
import { at, listAt, textAt, textsAt } from './json';
import { needs, node } from './entry';
import type { Reader } from './reader';
import { some } from './words';

/** A stack that owns a target, and who inside and outside of it needs that. */
export interface OwningStack {
  /** Undefined when none can be told. */
  readonly stack: string | undefined;
  readonly logicalId: string | undefined;
  readonly resources: readonly AffectedResource[];
  readonly dependencies: readonly Dependency[];
  readonly warnings: readonly string[];
  readonly unknowns: readonly Unknown[];
}

/** Resources of one stack that are followed from one to the next. */
const LARGEST = 400;

/**
 * Which stack made this resource, and which of the stack's other resources refer to it.
 * @param id as CloudFormation knows it.
 * @param targetId its id in the blast radius.
 * @param type its resource type: things of different kinds may have one name, and only this kind counts.
 * @param removed whether the command takes it away, for the sentence.
 * @returns undefined when no stack owns it or that can't be told (then an unknown was said).
 */
export async function owningStack(reader: Reader, id: string, type: string, targetId: string, removed: boolean): Promise<OwningStack | undefined> {
  const answer = await reader.read({
    // As JSON: the CLI would fetch an id that is an address (a queue's), or read one that looks like a file.
    args: ['cloudformation', 'describe-stack-resources', ...(/^\w+:\/\//.test(id) ? ['--cli-input-json', JSON.stringify({ PhysicalResourceId: id })] : ['--physical-resource-id', id])], what: `which stack owns ${targetId}`,
    // "Stack for ID does not exist" says that no stack owns it; a message without the id would be about something else.
    tells: (failure) => (failure.code === 'ValidationError' && failure.message.includes(id) && failure.message.includes('does not exist') ? {} : undefined),
  });
  if (answer.kind !== 'data') return undefined;
  const first = listAt(answer.data, 'StackResources');
  const stack = textAt(first, 0, 'StackName');
  if (stack === undefined) return undefined;
  const isIt = (row: unknown): boolean => textAt(row, 'PhysicalResourceId') === id && sameKind(textAt(row, 'ResourceType') ?? '', type);
  // The call gives the first 100 resources of the stack only, and for several resources of one id only one.
  // Sources: DescribeStackResources, CloudFormation API reference; cloudformation-coverage-roadmap, issue 998.
  const all = first.some(isIt) ? undefined : await reader.read({ args: ['cloudformation', 'list-stack-resources', '--stack-name', stack], what: `the resources of stack ${stack}` });
  const rows = all === undefined ? first : all.kind === 'data' ? listAt(all.data, 'StackResourceSummaries') : [];
  const logicalId = textAt(rows.find(isIt), 'LogicalResourceId');
  if (logicalId === undefined) {
    return {
      stack: undefined, logicalId: undefined, resources: [], dependencies: [], warnings: [],
      unknowns: [notKnown('dependents', targetId, `Whether a stack owns ${targetId} is not known: stack ${stack} has another resource of that id, and AWS tells only one of them. Look for it in the console.`)],
    };
  }
  const template = await reader.read({ args: ['cloudformation', 'get-template', '--stack-name', stack, '--template-stage', 'Processed'], what: `which resources of stack ${stack} need ${targetId}` });
  const body = template.kind === 'data' ? at(template.data, 'TemplateBody') : undefined;
  const inside = typeof body === 'string' || (typeof body === 'object' && body !== null) ? dependentsIn(body, logicalId) : undefined;
  const physical = new Map(rows.map((row) => [textAt(row, 'LogicalResourceId') ?? '', { id: textAt(row, 'PhysicalResourceId'), type: textAt(row, 'ResourceType') }]));
  const name = (logical: string): string => (logical === logicalId ? targetId : `${stack}/${logical}`);
  const importers = await Promise.all((inside?.exports ?? []).map((one) => importersOf(reader, one)));
  const importing = [...new Set(importers.flat().map((one) => one.stack))];
  return {
    stack, logicalId, unknowns: [],
    resources: [
      ...(inside?.dependents ?? []).map(({ logical, type }) => {
        const real = physical.get(logical);
        return node(name(logical), real?.type ?? type, 'unchanged', `It refers to ${logicalId} in the template of stack ${stack}.`, {
          logicalId: logical, stack, data: 'kept', ...(real?.id === undefined ? { physicalId: undefined } : { physicalId: real.id }),
        });
      }),
      ...importers.flat().map(({ stack: other, exported }) => node(`stack:${other}`, 'AWS::CloudFormation::Stack', 'unchanged', `It imports ${exported} of stack ${stack}.`, { data: 'unknown' })),
    ],
    dependencies: [
      ...(inside?.dependencies ?? []).map((d) => ({ ...d, from: name(d.from), to: name(d.to) })),
      ...importers.flat().map(({ stack: other, exported }) => needs(`stack:${other}`, targetId, 'export', `stack ${other} imports export ${exported}`)),
    ],
    warnings: [
      removed
        ? `Stack ${stack} owns this (${logicalId}): deleting it by hand makes the stack drift; the next update of ${stack} fails or makes it again.`
        : `Stack ${stack} owns this (${logicalId}): what is changed by hand is drift, and the next update of ${stack} may change it back.`,
      ...(importing.length === 0 ? [] : [`${some(importing)} ${importing.length === 1 ? 'imports' : 'import'} what stack ${stack} exports of it.`]),
    ],
  };
}

/** Types that one API deletes: RDS's also the clusters of DocumentDB and Neptune, DynamoDB's also global tables. */
const ONE_KIND: readonly RegExp[] = [/^AWS::(?:RDS|DocDB|Neptune)::DBCluster$/, /^AWS::(?:RDS|DocDB|Neptune)::DBInstance$/, /^AWS::DynamoDB::(?:Global)?Table$/, /^AWS::(?:Elasticsearch|OpenSearchService)::Domain$/];

function sameKind(a: string, b: string): boolean {
  return a === b || ONE_KIND.some((kind) => kind.test(a) && kind.test(b));
}

interface Inside {
  readonly dependents: readonly { readonly logical: string; readonly type: string }[];
  readonly dependencies: readonly Dependency[];
  readonly exports: readonly string[];
}

/** Who in a template needs a resource, directly or through others; and under which names it is exported. */
export function dependentsIn(template: string | object, logicalId: string): Inside {
  const predicted = predictDelete(template);
  const types = new Map(predicted.resources.map((resource) => [resource.id, resource.type]));
  const found = new Set([logicalId]);
  const exports = new Set<string>();
  const dependencies: Dependency[] = [];
  for (const id of found) {
    if (found.size > LARGEST) break;
    for (const dependency of predicted.dependencies) {
      if (dependency.to !== id) continue;
      const exported = /^export:(.+)$/.exec(dependency.from)?.[1];
      if (exported !== undefined) {
        // What others import of a dependent stays as it is.
        if (id === logicalId) exports.add(exported);
        continue;
      }
      found.add(dependency.from);
      dependencies.push(dependency);
    }
  }
  found.delete(logicalId);
  return { dependents: [...found].map((logical) => ({ logical, type: types.get(logical) ?? 'unknown' })), dependencies, exports: [...exports] };
}

async function importersOf(reader: Reader, exported: string): Promise<{ readonly stack: string; readonly exported: string }[]> {
  const answer = await reader.read({
    args: ['cloudformation', 'list-imports', '--export-name', exported], what: `which stacks import ${exported}`,
    tells: (failure) => (/is not imported by any stack/i.test(failure.message) ? {} : undefined),
  });
  return answer.kind === 'data' ? textsAt(answer.data, ['Imports']).map((stack) => ({ stack, exported })) : [];
}
