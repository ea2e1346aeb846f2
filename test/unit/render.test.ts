import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

import type { AffectedResource, BlastRadius, Dependency } from '../../src/model';
import { blastRadius } from '../../src/preview/radius';
import { asJson } from '../../src/preview/render/json';
import { asMarkdown } from '../../src/preview/render/markdown';
import { asText } from '../../src/preview/render/text';
import { headline } from '../../src/preview/render/words';

const resource = (id: string, more: Partial<AffectedResource> = {}): AffectedResource => ({
  id, logicalId: id, type: 'AWS::RDS::DBInstance', action: 'remove', replacement: 'no', outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible' }, because: ['It is gone from the file.'], ...more,
});
const dependency = (from: string, to: string, more: Partial<Dependency> = {}): Dependency => ({ from, to, kind: 'reference', detail: 'Ref', ...more });
const radius = (resources: readonly AffectedResource[], more: Partial<BlastRadius> = {}): BlastRadius => ({
  ...blastRadius({ source: 'live-reads', sourceDetail: 'Read just now.', context: { account: '1', other: { workspace: 'prod' } }, resources, dependencies: more.dependencies ?? [], unknowns: more.unknowns ?? [], warnings: more.warnings ?? [], evidence: more.evidence ?? [] }, new Date('2026-01-01T00:00:00Z')),
});
const FULL = radius([
  resource('orders-db', { size: '120 GiB', lastBackup: '2026-01-01 03:00 UTC', physicalId: 'db-1', reversibility: { kind: 'recoverable', how: 'aws rds restore …', until: '7 days after the deletion' }, downtime: { interrupted: 'yes' } }),
  resource('web', { type: 'AWS::EC2::Instance', action: 'modify', replacement: 'yes', outcome: 'replaced', data: 'none', downtime: { interrupted: 'no', order: 'create-first', long: 'making one is known to take long (page)' } }),
  resource('app', { outcome: 'unchanged', action: 'none', data: 'none' }),
], { dependencies: [dependency('app', 'orders-db', { kind: 'security-group', detail: 'VpcSecurityGroupIds' })], unknowns: [{ kind: 'state', subject: 'x', text: 'rds:ListTags is not allowed. Ask for it.' }], warnings: ['Deletion protection is on.'], evidence: [{ what: 'Size', from: 'rds:DescribeDBInstances' }] });

describe('a blast radius as text', () => {
  it('says what is lost first, who needs it, the way back, what is not known, and how we know', () => {
    assert.equal(asText(FULL), `Read just now.

Lost (1)
  orders-db  AWS::RDS::DBInstance  data: lost  (db-1)
      It is gone from the file.
      Holds 120 GiB. Last backup: 2026-01-01 03:00 UTC.
      Out of service.
      Way back: aws rds restore … (until 7 days after the deletion)

Replaced (1)
  web  AWS::EC2::Instance
      It is gone from the file.
      The new one is made before the old one goes. Making one is known to take long (page).

Unchanged (1)
  app  AWS::RDS::DBInstance
      It is gone from the file.

Needs what goes
  app needs orders-db: uses it as security group (VpcSecurityGroupIds)

Worth knowing
  Deletion protection is on.

Not known
  rds:ListTags is not allowed. Ask for it.

How we know
  Size: rds:DescribeDBInstances

2 resources affected, 1 lost, 1 replaced, data lost in 1. As a whole: cannot be undone.
`);
  });

  it('cuts long groups where it is told to, and counts what it leaves out', () => {
    const many = radius(Array.from({ length: 50 }, (_, i) => resource(`r${i}`)));
    assert.match(asText(many, { most: 10 }), /Lost \(50\)[\s\S]*… and 40 more/);
    assert.equal(asText(many).split('\n').filter((l) => /^ {2}r\d+/.test(l)).length, 50);
  });

  it('moves no cursor and shows no secret', () => {
    const text = asText(radius([resource('x\u001b[2J\u202e', { because: ['password=hunter2hunter2', 'AKIAABCDEFGHIJKLMNOP'] })]));
    assert.equal(/[\u001b\u202e]|hunter2|AKIA/.test(text), false);
  });

  it('says plainly when nothing changes', () => {
    assert.match(asText(radius([])), /Nothing changes\./);
    assert.equal(headline(radius([])), 'No resource changes');
  });
});

describe('a blast radius as Markdown', () => {
  it('has the bad part open, the rest folded, and a graph', () => {
    const text = asMarkdown(FULL, 'terraform apply');
    assert.match(text, /^### Holdpoint: `terraform apply`\n\n\*\*2 resources affected, 1 lost, 1 replaced, data lost in 1\.\*\*/);
    assert.match(text, /\| `orders-db`<br>AWS::RDS::DBInstance \| data is lost; 120 GiB; last backup: 2026-01-01 03:00 UTC \|/);
    assert.match(text, /```mermaid\nflowchart LR\n {2}n0\["app, unchanged"\]\n {2}n1\["orders-db, lost"\]\n {2}n0 -->\|uses it as security group\| n1\n```/);
  });

  it('lets no name out of its cell', () => {
    const text = asMarkdown(radius([resource('a|b`c', { because: ['<img src=x> [link](http://x) @team | next'] })]), 'x`y|z');
    const row = text.split('\n').find((line) => line.includes('a\\|b'));
    assert.equal(row?.replace(/\\\|/g, '').split('|').length, 6, row);
    assert.equal(/<img|\]\(http|http:\/\/|[^`]@team/.test(text.replace(/\\\]/g, '')), false);
  });
});

describe('a blast radius as JSON', () => {
  const schema = JSON.parse(readFileSync('schemas/blast-radius.schema.json', 'utf8')) as object;
  const ajv = addFormats(new Ajv({ allErrors: true, strict: true }));
  const valid = ajv.compile(schema);

  it('follows its published schema', () => {
    const document: unknown = JSON.parse(asJson(FULL, { command: ['terraform', 'apply'], prepared: { argv: ['terraform', 'apply', 'p'], explanation: 'Exactly this.' } }));
    assert.ok(valid(document), JSON.stringify(valid.errors));
    assert.equal((document as { form: number }).form, 1);
  });

  it('keeps no secret', () => {
    assert.equal(asJson(radius([resource('x', { because: ['DB_PASSWORD=hunter2hunter2'] })])).includes('hunter2'), false);
  });
});
