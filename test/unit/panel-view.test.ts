import assert from 'node:assert/strict';
import type { DependencyKind, Hold, Operation } from '../../src/model';
import { readHostMessage, readPageMessage } from '../../src/editor/panel-protocol';
import { panelPage } from '../../src/editor/panel-page';
import { headline, previewView } from '../../src/editor/panel-preview';
import { wordToType } from '../../src/gate/confirm-word';
import { asText, operationTitle, panelView } from '../../src/editor/panel-view';
import { commandLine, commandsIn } from '../../src/editor/panel-words';
import { manyLines as visible } from '../../src/model/visible';
import { KIND_WORDS } from '../../src/preview/render/words';
import { kubernetesRadius, radius, resource, terraformRadius } from '../support/blast-radius';

const operation = (change: Partial<Operation> = {}): Operation => ({
  operation: 'cloudformation:DeleteStack', tool: 'aws', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
  targets: [{ type: 'AWS::CloudFormation::Stack', name: 'payments-prod', known: true }], context: { region: 'eu-central-1' },
  reason: 'Deletes the stack payments-prod.', unknowns: [], guardsOff: [], origin: { kind: 'argv', argv: [], cwd: '/' }, ...change,
});

const hold = (change: Partial<Hold> = {}): Hold => ({
  id: 'h-1', state: 'pending', action: { kind: 'argv', argv: ['aws', 'cloudformation', 'delete-stack', '--stack-name', 'payments-prod'], cwd: '/shop', executable: '/usr/bin/aws' },
  actor: { kind: 'agent', name: 'GitHub Copilot in VS Code', evidence: ['COPILOT_AGENT=1 in the environment'], confidence: 'certain' },
  operations: [operation()], inputs: [], verdict: { kind: 'confirm', rule: 'default:data-loss', reason: 'It destroys data.', risk: 'critical' },
  previewStatus: '', fingerprint: 'f', since: '2026-01-02T03:04:05.000Z', ...change,
});

describe('the review panel', () => {
  it('names the operation and its target in words', () => {
    assert.equal(operationTitle([operation()]), 'Delete stack payments-prod');
    assert.equal(operationTitle([operation({ operation: 'rds:DeleteDBInstance', targets: [{ type: 'x', name: 'db', known: true }] })]), 'Delete DB instance db');
    assert.equal(operationTitle([operation({ targets: [{ type: 'x', name: 'a', known: true }, { type: 'x', name: 'b', known: true }] })]), 'Delete stack a and 1 more');
  });

  it('names the files that count, and those that are not there in one line', () => {
    const inputs = [
      { path: '/shop/t.json', sha256: 'abcdef0123456789' },
      { path: '/shop/chart', sha256: '0123456789abcdef', kind: 'folder' as const },
      { path: '/shop/secret', sha256: undefined, kind: 'closed' as const },
      { path: '/home/kim/.aws/cli/alias', sha256: undefined, kind: 'missing' as const },
      { path: '/home/kim/.aws/models', sha256: undefined, kind: 'missing' as const },
    ];
    const facts = panelView([hold({ inputs })], undefined, 'h-1').subject?.facts ?? [];
    assert.deepEqual(facts.filter((f) => /^Reads|there$/.test(f.label)).map((f) => [f.label, f.value, f.detail]), [
      ['Reads', '/shop/t.json', 'sha256 abcdef012345…'],
      ['Reads', '/shop/chart', 'a folder, by its names: sha256 0123456789ab…'],
      ['Reads', '/shop/secret', 'you may not read it'],
      ['Looked for and not there', '2 files', '/home/kim/.aws/cli/alias · /home/kim/.aws/models'],
    ]);
  });

  it('puts the operation that destroys first, whatever their order', () => {
    const read = operation({ operation: 'cloudformation:DescribeStacks', mutation: 'none' });
    assert.match(operationTitle([read, operation()]), /^Delete stack/);
  });

  it('asks for the name of the target, and for the operation when no target is known', () => {
    assert.equal(wordToType(hold()), 'payments-prod');
    assert.equal(wordToType(hold({ operations: [operation({ targets: [{ type: 'x', name: 'pay-', known: false }] })] })), 'cloudformation:DeleteStack');
    const untold = operation({ operation: 'terraform:apply', targets: [] });
    assert.equal(wordToType(hold({ operations: [untold], preview: radius([], { stack: 'infra', context: { other: { workspace: 'default' } } }) })), 'infra');
    assert.equal(wordToType(hold({ operations: [untold], preview: radius([], { stack: 'infra (workspace prod)', context: { other: { workspace: 'prod' } } }) })), 'prod');
    assert.equal(wordToType(hold({ operations: [untold], preview: undefined })), 'terraform:apply');
  });

  it('shows the argv as a line that a shell reads as the same words', () => {
    assert.equal(commandLine(['aws', "it's", 'a b', '']), `aws 'it'\\''s' 'a b' ''`);
  });

  it('shows control and direction-changing characters as codes', () => {
    assert.equal(visible('a\u202eb\u0007c\u200bd'), 'a\\u202eb\\u0007c\\u200bd');
    assert.equal(visible('größe\nline'), 'größe\nline');
  });

  it('takes secrets out of the command', () => {
    const secret = hold({ action: { kind: 'argv', argv: ['aws', 'rds', 'modify-db-instance', '--master-user-password', 'hunter2hunter2'], cwd: '/', executable: '/usr/bin/aws' } });
    const view = panelView([secret], undefined, undefined);
    assert.doesNotMatch(JSON.stringify(view), /hunter2/);
    assert.match(view.subject?.command ?? '', /--master-user-password/);
  });

  it('groups resources with the lost ones first, and folds the unchanged ones away', () => {
    const preview = previewView(radius([
      resource('Same', { outcome: 'unchanged', data: 'none' }), resource('Gone'), resource('Maybe', { outcome: 'unknown', data: 'unknown' }), resource('New', { outcome: 'added', data: 'none' }),
    ]));
    assert.deepEqual(preview.groups.map((g) => [g.outcome, g.open]), [['lost', true], ['unknown', true], ['added', true], ['unchanged', false]]);
    assert.deepEqual(preview.counts.map((c) => c.count), [1, 1, 1, 1]);
  });

  it('counts what is lost, and calls unknown what is unknown', () => {
    assert.equal(headline(radius([resource('A'), resource('B', { data: 'kept', outcome: 'replaced' })])), '2 resources affected, data lost in 1');
    assert.equal(headline(radius([resource('A', { data: 'unknown', outcome: 'unknown' })])), '1 resource affected, data unknown in 1');
    assert.equal(headline(radius([], { unknowns: [{ kind: 'state', subject: 'x', text: 'The stack could not be read.' }] })), 'What it would take down is unknown');
    assert.equal(headline(radius([])), 'Nothing changes');
  });

  it('lists references to what is hurt only, and every importing stack', () => {
    const preview = previewView(radius([resource('Table'), resource('Api', { outcome: 'unchanged' })], {
      dependencies: [
        { from: 'Api', to: 'Table', kind: 'reference', detail: 'Ref in Properties.Table' },
        { from: 'Table', to: 'Api', kind: 'reference', detail: 'Ref in Properties.Api' },
        { from: 'stack:orders', to: 'export:table', kind: 'export', detail: 'stack orders imports export table' },
      ],
    }));
    assert.deepEqual(preview.dependents.map((g) => [g.label, ...g.rows.map((r) => `${r.from}, ${r.to}`)]), [
      ['Others that import what it exports', 'stack orders, export table'], ['Refers to it', 'Api, Table'],
    ]);
  });

  it('lists what depends in each of the ways there are, once, those that reach outside first', () => {
    const kinds = Object.keys(KIND_WORDS) as DependencyKind[];
    const preview = previewView(radius([resource('Table')], { dependencies: kinds.map((kind) => ({ from: `user-${kind}`, to: 'Table', kind, detail: kind })) }));
    assert.deepEqual(preview.dependents.map((g) => [g.label, g.rows.map((r) => r.detail)]), kinds.map((kind) => [KIND_WORDS[kind].all, [kind]]));
    assert.equal(preview.edges.length, kinds.length);
    assert.deepEqual(preview.outside.map((n) => n.name), kinds.map((kind) => `user-${kind}`));
  });

  it('tells of a resource what is done to it, what it holds, how old its backup is and how long it is gone', () => {
    const row = previewView(terraformRadius()).groups[0]?.rows[0];
    assert.deepEqual(row?.traits.map((t) => `${t.label}: ${t.value}${t.bad ? ' (!)' : ''}`), [
      'Action: removed', 'Holds: 120 GiB', 'Last backup: 2026-01-01T22:00:00Z (automated backup)',
      'Service: out of service, the old one goes before the new one is made (!)', 'Takes long: Making a DB instance takes 10 minutes and more (aws_db_instance timeouts). (!)',
    ]);
    assert.equal(row?.owner, 'prod');
  });

  it('names the same resource by one key in its row, in the lists and in the graph', () => {
    const preview = previewView(kubernetesRadius());
    const key = preview.groups.flatMap((g) => g.rows).find((r) => r.id === 'shop/PersistentVolumeClaim/data')?.key;
    assert.deepEqual(preview.dependents.find((g) => g.label === 'Uses this volume')?.rows.map((r) => r.toKey), [key]);
    assert.deepEqual(preview.edges.filter((e) => e.to === key).map((e) => e.why), ['uses this volume: volume data']);
  });

  it('shows a way back with its commands as they stand in it', () => {
    assert.deepEqual(commandsIn('recoverable: Restore it: aws rds restore-db --id x --name "a b" (until 7 days have passed)'), ['aws rds restore-db --id x --name "a b"']);
    assert.deepEqual(commandsIn('can be undone: kubectl rollout undo deployment/web -n shop once more'), ['kubectl rollout undo deployment/web -n shop']);
    assert.deepEqual(commandsIn('recoverable: git reflog, on the machine that still has the commits'), ['git reflog']);
    assert.deepEqual(commandsIn('can be undone: Set `--no-publicly-accessible` again.'), ['--no-publicly-accessible']);
    assert.deepEqual(commandsIn('recoverable: Put the file back from git, or let the extension write it again'), []);
    assert.deepEqual(commandsIn('cannot be undone. Ask the terraform team.'), []);
    const row = previewView(terraformRadius()).groups[0]?.rows[0];
    for (const command of row?.commands ?? []) assert.ok(row?.wayBack.includes(command), command);
    assert.equal(row?.commands.length, 1);
  });

  it('says what runs where that is not what was typed', () => {
    const prepared = { argv: ['terraform', 'apply', '/tmp/plan file'], withoutEnv: [], files: [], explanation: 'On approval exactly this plan is applied.' };
    const subject = panelView([hold({ prepared })], undefined, 'h-1').subject;
    assert.deepEqual(subject?.runs, { command: "terraform apply '/tmp/plan file'", explanation: 'On approval exactly this plan is applied.' });
    assert.match(subject ? asText(subject) : '', /What runs: terraform apply '\/tmp\/plan file'/);
    assert.equal(panelView([hold()], undefined, 'h-1').subject?.runs, null);
  });

  it('lists from where it knows, and what it does not', () => {
    const subject = panelView([hold({ preview: terraformRadius() })], undefined, 'h-1').subject;
    assert.deepEqual(subject?.preview?.evidence[1], { what: 'size of orders-db', from: 'aws rds describe-db-instances' });
    const text = subject ? asText(subject) : '';
    assert.match(text, /What could not be seen\n {2}What uses the Elastic IP/);
    assert.match(text, /size of orders-db: aws rds describe-db-instances/);
    assert.match(text, /DNS records\n {2}dns:db\.example\.com needs aws_db_instance\.orders/);
  });

  it('says unknown where account, region or environment are not known', () => {
    const facts = panelView([hold({ operations: [operation({ context: {} })] })], undefined, 'h-1').subject?.facts ?? [];
    for (const label of ['Account', 'Region', 'Environment']) assert.equal(facts.find((f) => f.label === label)?.value, 'unknown', label);
    assert.match(facts.find((f) => f.label === 'Who asks')?.detail ?? '', /AI agent, certain · COPILOT_AGENT=1/);
  });

  it('offers no decision while there is nothing to decide, and no yes while the preview runs', () => {
    const subject = (state: Hold['state']) => panelView([hold({ state })], undefined, 'h-1').subject;
    assert.deepEqual([subject('pending')?.canApprove, subject('pending')?.canDecide], [true, true]);
    assert.deepEqual([subject('previewing')?.canApprove, subject('previewing')?.canDecide], [false, true]);
    for (const state of ['approved', 'denied', 'moved', 'cancelled', 'expired', 'abandoned'] as const) {
      assert.deepEqual([subject(state)?.canApprove, subject(state)?.canDecide, subject(state)?.canPreview], [false, false, false], state);
    }
  });

  it('falls back to what waits when the chosen hold is gone', () => {
    const view = panelView([hold({ id: 'h-2', state: 'denied' }), hold()], undefined, 'h-9');
    assert.equal(view.subject?.id, 'h-1');
    assert.deepEqual(view.holds.map((h) => [h.id, h.selected]), [['h-1', true], ['h-2', false]]);
  });

  it('gives the same as text, unchanged resources left out', () => {
    const preview = radius([resource('Table', { physicalId: 'payments' }), resource('Same', { outcome: 'unchanged' })]);
    const subject = panelView([hold({ preview })], undefined, 'h-1').subject;
    assert.ok(subject);
    const text = asText(subject);
    assert.match(text, /Table \| AWS::DynamoDB::Table \| payments \| data is lost \| Action: removed \| cannot be undone/);
    assert.doesNotMatch(text, /Same/);
  });
});

describe("the panel's messages", () => {
  const view = panelView([hold({ preview: radius([resource('Table')]) })], undefined, 'h-1');

  it('are read by the page as they were sent', () => {
    const sent = { type: 'view', view };
    assert.deepEqual(readHostMessage(JSON.parse(JSON.stringify(sent))), sent);
  });

  it('are dropped by the page when a part is missing or of another kind', () => {
    assert.equal(readHostMessage({ type: 'view', view: { ...view, subject: { ...view.subject, facts: 'none' } } }), undefined);
    const other = JSON.parse(JSON.stringify({ type: 'view', view }));
    other.view.subject.preview.groups[0].outcome = 'fine';
    assert.equal(readHostMessage(other), undefined);
    assert.equal(readHostMessage({ type: 'view', view: { ...view, subject: { ...view.subject, preview: { ...view.subject?.preview, edges: [{ from: 'r0' }] } } } }), undefined);
    assert.equal(readHostMessage({ type: 'view' }), undefined);
    assert.equal(readHostMessage({ type: 'other', view }), undefined);
    assert.equal(readHostMessage(null), undefined);
  });

  it('are dropped by the host when they are not of its union', () => {
    assert.deepEqual(readPageMessage({ type: 'approve', id: 'h-1', fingerprint: 'f' }), { type: 'approve', id: 'h-1', fingerprint: 'f' });
    assert.equal(readPageMessage({ type: 'approve', id: 'h-1' }), undefined);
    assert.equal(readPageMessage({ type: 'preview', id: 'h-1', mode: 'dangerous' }), undefined);
    assert.equal(readPageMessage({ type: 'constructor' }), undefined);
    assert.equal(readPageMessage({ type: 'deny', id: 'x'.repeat(5000) }), undefined);
    assert.equal(readPageMessage('ready'), undefined);
  });

  it('come from a page that allows nothing but our script and style', () => {
    const page = panelPage('s.js', 'g.js', 's.css', 'https://host.example', 'abc');
    assert.match(page, /default-src 'none'; style-src https:\/\/host\.example; script-src 'nonce-abc';/);
    assert.doesNotMatch(page, /unsafe|style="|onclick/);
  });
});
