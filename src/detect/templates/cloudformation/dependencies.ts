import type { Dependency } from '../../../model';
import { usesIn } from './compare';
import { dependencyKind } from './dependency-kind';
import type { ResolvedTemplate } from './scope';
import { isSymbolic, visitSymbols, type Value } from './value';

/** Who needs whom inside a template: references, DependsOn, exports. `from` needs `to`. */
export function dependenciesOf(template: ResolvedTemplate): Dependency[] {
  const found = new Map<string, Dependency>();
  const add = (from: string, to: string, kind: Dependency['kind'], detail: string): void => {
    const key = `${from}\u0000${to}\u0000${kind}`;
    if (from !== to && !found.has(key)) found.set(key, { from, to, kind, detail });
  };
  for (const [id, resource] of template.resources) {
    for (const use of usesIn(resource.properties)) {
      const target = template.resources.get(use.id);
      if (target === undefined) continue;
      const what = use.attribute === undefined ? 'Ref' : `GetAtt ${use.attribute}`;
      add(id, use.id, dependencyKind({ fromType: resource.type, names: use.names, toType: target.type }), `${what} in Properties${use.names.length > 0 ? `.${use.names.join('.')}` : ''}`);
    }
    for (const other of resource.dependsOn) if (template.resources.has(other)) add(id, other, 'depends-on', 'DependsOn');
    for (const key of importsIn(resource.properties)) add(id, `import:${key}`, 'export', `imports ${key}`);
  }
  for (const { output, name, value } of template.exports) {
    const exported = exportName(name);
    visitSymbols(value, (leaf) => {
      if ((leaf.sym === 'ref' || leaf.sym === 'att') && template.resources.has(leaf.id)) add(`export:${exported}`, leaf.id, 'export', `output ${output} exports it as ${exported}`);
    });
  }
  return [...found.values()];
}

/** An export's name for people; parts that only AWS knows stay as placeholders. */
export function exportName(name: Value): string {
  if (!isSymbolic(name)) return String(name);
  switch (name.sym) {
    case 'concat': return name.parts.map(exportName).join('');
    case 'pseudo': return `\${${name.name}}`;
    case 'ref': return `\${${name.id}}`;
    case 'att': return `\${${name.id}.${name.attribute}}`;
    default: return '${…}';
  }
}

function importsIn(value: Value): string[] {
  const names: string[] = [];
  visitSymbols(value, (leaf) => {
    if (leaf.sym === 'outside' && leaf.key.startsWith('import ')) names.push(leaf.key.slice('import '.length).replace(/^"|"$/g, ''));
  });
  return names;
}
