import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { allAwsOperations, awsTableFacts } from '../../src/detect/knowledge/aws-operations';
import { gcloudTable } from '../../src/detect/knowledge/gcloud-commands';

interface Tables {
  tableNames(): string[];
  textOf(name: string): string;
  written(table: unknown): string;
  packed(name: string, table: unknown): unknown;
}
type Fields = Readonly<Record<string, { readonly type?: unknown }>>;

describe('the tables in knowledge/', () => {
  let tables: Tables;
  before(async () => {
    tables = (await import(pathToFileURL(path.resolve('scripts/knowledge/tables.mjs')).href)) as Tables;
  });
  const read = <T>(name: string): T => JSON.parse(tables.textOf(name)) as T;

  it('stand sorted with one record a line', () => {
    assert.ok(tables.tableNames().length >= 15);
    for (const name of tables.tableNames()) assert.equal(tables.textOf(name), tables.written(read(name)), `${name}: write it with one record a line, sorted`);
  });

  it('are changed by one line where one record changes', () => {
    const table = read<{ operations: Record<string, unknown> }>('aws-operations');
    const lines = tables.written(table).split('\n');
    table.operations['s3api:DeleteBucket'] = { mutation: 'none' };
    const changed = tables.written(table).split('\n');
    assert.equal(changed.length, lines.length);
    assert.deepEqual(changed.filter((line, i) => line !== lines[i]), ['"s3api:DeleteBucket":{"mutation":"none"},']);
  });

  it('are written the same whatever order their records come in', () => {
    const backwards = (value: object): object => Object.fromEntries(Object.entries(value).reverse());
    for (const name of ['doors', 'cfn-guards', 'kubectl-flags']) {
      const table = read<Record<string, object>>(name);
      const other = Object.fromEntries(Object.entries(table).map(([key, section]) =>
        [key, Array.isArray(section) ? [...section].reverse() : typeof section === 'object' ? backwards(section) : section]));
      assert.equal(tables.written(other), tables.textOf(name), name);
    }
  });

  it('are packed so that the product finds every record in them', () => {
    const aws = read<{ operations: Record<string, { mutation: string; note?: string; targets?: string[] }> }>('aws-operations').operations;
    const found = new Map([...allAwsOperations()].map((o) => [`${o.service}:${o.api}`, o]));
    assert.equal(found.size, Object.keys(aws).length);
    assert.equal(awsTableFacts().count, found.size);
    for (const [name, record] of Object.entries(aws)) {
      const operation = found.get(name);
      assert.equal(operation?.mutation, record.mutation, name);
      assert.equal(operation?.note, record.note, name);
      assert.deepEqual(operation?.targets.map((t) => t.member), (record.targets ?? []).map((t) => t.replace(/\*?(?::.*)?$/, '')), name);
    }
    const gcloud = read<{ commands: Record<string, { mutation: string; effects?: string[]; note?: string }> }>('gcloud-commands').commands;
    const commands = new Map([...gcloudTable.all()].map((c) => [c.path, c]));
    assert.equal(commands.size, Object.keys(gcloud).length);
    for (const [name, { mutation, effects = [], note }] of Object.entries(gcloud)) {
      const command = commands.get(name);
      assert.deepEqual([command?.mutation, command?.effects, command?.note], [mutation, effects, note], name);
    }
  });

  it('are packed smaller than they stand', () => {
    for (const name of ['aws-operations', 'gcloud-commands', 'az-commands']) {
      assert.ok(JSON.stringify(tables.packed(name, read(name))).length < tables.textOf(name).length / 2, name);
    }
  });

  it('are what their generators make again, where the sources are npm packages of the project', () => {
    const output = execFileSync(process.execPath, ['scripts/knowledge/cfn-resource-types.mjs'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] });
    assert.equal(tables.written(JSON.parse(output)), tables.textOf('cfn-resource-types'));
  });

  it('name only properties that the type has: one that it does not have would be a guard that is never seen', () => {
    const specification = new Map<string, Fields>([...loadAwsServiceSpecSync().all('resource')].map((r) => [r.cloudFormationType, r.properties as Fields]));
    const { guards, interruptions, loosenings } = read<Record<string, { type: string; property?: string; properties?: string[] }[]>>('cfn-guards');
    for (const { type, property, properties = [property ?? ''] } of [guards, interruptions, loosenings].flatMap((list) => list ?? [])) {
      for (const name of properties) assert.ok(specification.get(type)?.[name.split(/[.[]/)[0] ?? ''] !== undefined, `${type} has no property ${name}`);
    }
  });
});
