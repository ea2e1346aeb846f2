// Makes knowledge/cfn-resource-types.json: for every CloudFormation resource type what a prediction needs and no more.
// Source: @aws-cdk/aws-service-spec (the resource schemas of the CloudFormation registry, Apache-2.0). Run: npm run knowledge -- cfn-resource-types
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { createRequire } from 'node:module';

const db = loadAwsServiceSpecSync();
const version = createRequire(import.meta.url)('@aws-cdk/aws-service-spec/package.json').version;

/** Every type definition that a property type leads to, whatever arrays, maps and unions stand in between. */
function definitions(type) {
  switch (type.type) {
    case 'ref': return [db.get('typeDefinition', type.reference.$ref)];
    case 'array':
    case 'map': return definitions(type.element);
    case 'union': return type.types.flatMap(definitions);
    default: return [];
  }
}

/** Paths of property names (list positions and map keys left out) below which a change replaces, or may replace, the resource. */
function replacementPaths(resource) {
  const always = new Set();
  const may = new Set();
  const walk = (properties, prefix, open) => {
    for (const [name, property] of Object.entries(properties)) {
      const at = [...prefix, name];
      if (property.causesReplacement === 'yes') always.add(at.join('.'));
      else {
        if (property.causesReplacement === 'maybe') may.add(at.join('.'));
        for (const definition of [property.type, ...(property.previousTypes ?? [])].flatMap(definitions)) {
          if (!open.has(definition.$id)) walk(definition.properties, at, new Set([...open, definition.$id]));
        }
      }
    }
  };
  walk(resource.properties, [], new Set());
  for (const extra of resource.additionalReplacementProperties ?? []) always.add(extra.filter((part) => part !== '*').join('.'));
  return { always: [...always].sort(), may: [...may].filter((p) => !always.has(p)).sort() };
}

/** Top-level properties that name another resource, with the types they can name. */
function relations(resource) {
  const found = {};
  for (const [name, property] of Object.entries(resource.properties)) {
    const types = [...new Set((property.relationshipRefs ?? []).map((r) => r.cloudFormationType))].sort();
    if (types.length > 0) found[name] = types;
  }
  return found;
}

const types = {};
for (const resource of [...db.all('resource')].sort((a, b) => (a.cloudFormationType < b.cloudFormationType ? -1 : 1))) {
  const { always, may } = replacementPaths(resource);
  const related = relations(resource);
  const reference = resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [];
  types[resource.cloudFormationType] = {
    ...(always.length > 0 && { always }),
    ...(may.length > 0 && { may }),
    ...(resource.primaryIdentifier?.length && { id: resource.primaryIdentifier }),
    ...(reference.length > 0 && String(reference) !== String(resource.primaryIdentifier) && { ref: reference }),
    ...(Object.keys(related).length > 0 && { related }),
    ...(resource.cloudFormationTransform && { transform: resource.cloudFormationTransform }),
  };
}
process.stdout.write(JSON.stringify({ source: `@aws-cdk/aws-service-spec ${version}`, types }));
console.error(`${Object.keys(types).length} types`);
