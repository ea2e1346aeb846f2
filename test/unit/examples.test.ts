import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { predict } from '../../src/detect/templates/cloudformation';
import { terraformMarks } from '../../src/detect/templates/terraform';
import { temporary } from '../support/temporary';

describe('the story in examples/', () => {
  let folder: string;

  before(() => {
    folder = temporary('hp-');
    cpSync('examples', folder, { recursive: true });
  });


  it("has an agent's edit that fits the template and takes the table and the bucket with it", () => {
    const template = path.join(folder, 'payments/template.yaml');
    const before = readFileSync(template, 'utf8');
    execFileSync('git', ['apply', 'agent-edit.patch'], { cwd: folder, env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(folder) } });
    const after = readFileSync(template, 'utf8');
    const told = predict({ template: before }, { template: after }).resources.map((r) => `${r.logicalId} ${r.replacement} ${r.data}`);
    const infra = readFileSync(path.join(folder, 'infra/main.tf'), 'utf8');
    const marks = terraformMarks(readFileSync('examples/infra/main.tf', 'utf8'), infra).map((m) => m.message);
    assert.ok(marks.some((m) => m.startsWith('terraform_data.ledger_database is now called terraform_data.ledger')), marks.join('\n'));
    for (const expected of ['PaymentsTable yes lost', 'ReceiptsBucket yes orphaned']) assert.ok(told.includes(expected), `${expected}: ${told.join(', ')}`);
  });
});
