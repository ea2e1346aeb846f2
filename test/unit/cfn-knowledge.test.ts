import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resourceType } from '../../src/detect/templates/cloudformation/resource-types';
import { predict } from '../../src/detect/templates/cloudformation';

const read = <T>(file: string): T => JSON.parse(readFileSync(path.resolve(process.cwd(), 'knowledge', file), 'utf8')) as T;

interface Entry {
  tier: string; how: string; until?: string; snapshot?: boolean; source: string;
  when?: { property: string; is: string; tier: string; how: string; until?: string }[];
}
const stateful = read<{ types: Record<string, Entry> }>('stateful-types.json').types;
const guards = read<{ guards: { type: string; property: string; source: string }[]; interruptions: { type: string; source: string }[] }>('cfn-guards.json');

/** Data and reversibility after the resource is taken out of the template with DeletionPolicy Delete. */
function removed(type: string, properties: object): string {
  const template = { Resources: { R: { Type: type, DeletionPolicy: 'Delete', Properties: properties } } };
  const [one] = predict({ template }, { template: { Resources: {} } }).resources;
  return `${one?.data} ${one?.reversibility.kind}`;
}

const EXPECTED: Record<string, string> = { irrecoverable: 'lost irreversible', recoverable: 'lost recoverable', 'identity-breaking': 'none irreversible', nested: 'unknown unknown' };

describe('the table of stateful types', () => {
  it('gives each entry a source, a way back in words, and a type that CloudFormation has', () => {
    for (const [type, entry] of Object.entries(stateful)) {
      assert.ok(resourceType(type).known, type);
      assert.match(entry.source, /^https:\/\/docs\.aws\.amazon\.com\//, type);
      assert.match(entry.how, /^[A-Za-z].{12,}\.$/, type);
      assert.equal(entry.until !== undefined, entry.tier === 'recoverable', type);
    }
  });

  for (const [type, entry] of Object.entries(stateful)) {
    it(`decides the data of a removed ${type}`, () => {
      assert.equal(removed(type, {}), EXPECTED[entry.tier]);
      for (const rule of entry.when ?? []) {
        const properties = rule.property.split('.').reduceRight<unknown>((value, name) => ({ [name]: value }), rule.is === 'set' ? 'x' : rule.is) as object;
        assert.equal(removed(type, properties), EXPECTED[rule.tier], rule.property);
      }
    });
  }

  it('covers the types that hold data in the resource specification and those that it leaves out', () => {
    const listed = ['AWS::Backup::BackupVault', 'AWS::Cognito::UserPool', 'AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue',
      'AWS::MemoryDB::Cluster', 'AWS::ECR::Repository', 'AWS::DSQL::Cluster', 'AWS::Route53::HostedZone', 'AWS::SSM::Parameter', 'AWS::EKS::Cluster', 'AWS::S3Tables::Table'];
    for (const type of listed) assert.ok(stateful[type], type);
    assert.ok(Object.keys(stateful).length >= 70);
  });

  it('leaves a type that nobody knows unknown', () => {
    assert.equal(removed('Acme::Data::Store', {}), 'unknown unknown');
  });
});

describe('the table of resource types', () => {
  const table = read<{ source: string; types: Record<string, unknown> }>('cfn-resource-types.json');

  it('names its source and covers the types of the specification', () => {
    assert.match(table.source, /aws-service-spec \d/);
    assert.ok(Object.keys(table.types).length > 1800);
  });

  it('knows nested replacement paths', () => {
    const instance = resourceType('AWS::EC2::Instance');
    assert.equal(instance.replacement(['BlockDeviceMappings', 'Ebs', 'KmsKeyId']), 'yes');
    assert.equal(instance.replacement(['BlockDeviceMappings', 'Ebs', 'VolumeSize']), 'may');
    assert.equal(instance.replacement(['Tags', 'Value']), 'no');
    assert.equal(resourceType('AWS::DynamoDB::Table').replacement(['KeySchema']), 'yes');
  });

  it('does not take a name of the language for a type', () => {
    assert.equal(resourceType('constructor').known, false);
    assert.equal(resourceType('__proto__').known, false);
  });
});

describe('the table of guards', () => {
  it('gives each entry a source and a known type', () => {
    assert.ok(guards.guards.length >= 40);
    for (const { type, source } of [...guards.guards, ...guards.interruptions]) {
      assert.ok(resourceType(type).known, type);
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});
