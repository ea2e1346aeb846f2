import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { temporary } from '../support/temporary';
import { agentRuns } from './agent';
import { awsDirectly, hasAws, makeStack, stackStands, templateFile } from './aws';
import { click, press, screenshot, type, until, waitFor } from './driver';
import { openTerminal, runInTerminal, startInTerminal, type RunningCommand } from './terminal';

const HELD = /Holdpoint holds/;

/** Presses Deny in the panel and gives a reason, as a person would. */
async function deny(reason: string): Promise<void> {
  await click({ webview: true, role: 'button', name: 'Deny…', limitMs: 40_000 });
  await waitFor({ selector: '.quick-input-widget input' });
  await type(reason);
  await press('Enter');
}

/** Presses Approve in the panel and types the target's name. */
async function approve(name: string): Promise<void> {
  await click({ webview: true, role: 'button', name: 'Approve…', limitMs: 40_000 });
  await waitFor({ selector: '.quick-input-widget input' });
  await type(name);
  await press('Enter');
}

/** Starts a command and waits until the terminal says that it is held. */
async function startHeld(command: string): Promise<RunningCommand> {
  const running = startInTerminal(await openTerminal(), command, 120_000);
  await until(() => HELD.test(running.output()), `\`${command}\` is held. It printed: ${running.output()}`);
  return running;
}

/** The command line's own check of the record, from the package under test. */
function verifyLedger(): string {
  const extension = vscode.extensions.getExtension('holdpoint.holdpoint');
  assert.ok(extension);
  return execFileSync(process.execPath, [path.join(extension.extensionPath, 'dist/cli.js'), 'ledger', 'verify'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

(hasAws ? describe : undefined)?.('a destructive command in a terminal of VS Code', function () {
  this.timeout(180_000);

  before(async () => {
    await vscode.extensions.getExtension('holdpoint.holdpoint')?.activate();
  });

  it('lets the creation of a stack pass without a question', async () => {
    const run = await runInTerminal(`aws cloudformation create-stack --stack-name passes --template-body file://${templateFile('passes')}`);
    assert.equal(run.exitCode, 0, run.output);
    assert.doesNotMatch(run.output, HELD);
    assert.ok(await stackStands('passes'));
  });

  it('runs a read-only command as if nothing were there', async () => {
    const run = await runInTerminal('aws cloudformation list-stacks --query "length(StackSummaries)"');
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output.trim(), /\d+$/);
    assert.doesNotMatch(run.output, /Holdpoint/);
  });

  it('is held, shown, and after a denial the stack still stands and the terminal has the reason', async () => {
    await makeStack('payments-prod');
    const running = await startHeld('aws cloudformation delete-stack --stack-name payments-prod');
    await waitFor({ webview: true, text: 'payments-prod' });
    await waitFor({ webview: true, role: 'button', name: 'Deny…', limitMs: 40_000 });
    await screenshot('held-dark');
    await deny('not during the sale');
    const { exitCode, output } = await running.done;
    running.terminal.dispose();
    assert.equal(exitCode, 77, output);
    assert.match(output, /not during the sale/);
    assert.ok(await stackStands('payments-prod'));
  });

  it('runs once the target is typed, and the stack is gone; the ledger tells it and verifies', async () => {
    const running = await startHeld('aws cloudformation delete-stack --stack-name payments-prod');
    await approve('payments-prod');
    const { exitCode, output } = await running.done;
    running.terminal.dispose();
    assert.equal(exitCode, 0, output);
    assert.equal(await stackStands('payments-prod'), false);
    assert.match(verifyLedger(), /intact/i);
  });

  it('does not take a wrong name for a yes', async () => {
    await makeStack('payments-prod');
    const running = await startHeld('aws cloudformation delete-stack --stack-name payments-prod');
    await approve('payments');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await press('Escape');
    assert.ok(await stackStands('payments-prod'));
    await deny('wrong name');
    assert.equal((await running.done).exitCode, 77);
    running.terminal.dispose();
  });

  const script = path.join(os.tmpdir(), 'holdpoint-test-fix.sh');
  const disguises: Readonly<Record<string, string>> = {
    'a script with aws inside a function inside a loop': script,
    'xargs': 'echo payments-prod | xargs aws cloudformation delete-stack --stack-name',
    'bash -c': `bash -c 'aws cloudformation delete-stack --stack-name payments-prod'`,
    'an alias': `shopt -s expand_aliases; alias cf='aws cloudformation'; eval 'cf delete-stack --stack-name payments-prod'`,
    'a profile from the environment': 'AWS_PROFILE=work aws cloudformation delete-stack --stack-name payments-prod',
  };

  for (const [name, command] of Object.entries(disguises)) {
    it(`is held through ${name}`, async () => {
      mkdirSync(path.join(os.homedir(), '.aws'), { recursive: true });
      writeFileSync(path.join(os.homedir(), '.aws/config'), '[profile work]\nregion = eu-west-1\n');
      writeFileSync(script, '#!/bin/bash\nfix() {\n  aws cloudformation delete-stack --stack-name "$1"\n}\nfor s in payments-prod; do\n  fix "$s" || exit $?\ndone\n');
      chmodSync(script, 0o755);
      if (!(await stackStands('payments-prod'))) await makeStack('payments-prod');
      const running = await startHeld(command);
      await deny(`seen through ${name}`);
      const { exitCode, output } = await running.done;
      running.terminal.dispose();
      // xargs turns any exit status of its command from 1 to 125 into 123.
      assert.equal(exitCode, name === 'xargs' ? 123 : 77, output);
      assert.match(output, /seen through/);
      assert.ok(await stackStands('payments-prod'));
    });
  }

  it('is held when a task runs it', async () => {
    const task = new vscode.Task({ type: 'shell' }, vscode.TaskScope.Workspace, 'clean up', 'test',
      new vscode.ShellExecution('aws cloudformation delete-stack --stack-name payments-prod'));
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess((event) => {
        listener.dispose();
        resolve(event.exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    await deny('no task deletes production');
    assert.equal(await ended, 77);
    assert.ok(await stackStands('payments-prod'));
  });

  it('is held again when the stack changes between the preview and the yes', async () => {
    const running = await startHeld('aws cloudformation delete-stack --stack-name payments-prod');
    await waitFor({ webview: true, role: 'button', name: 'Approve…', limitMs: 40_000 });
    const changed = await awsDirectly('cloudformation', 'update-stack', '--stack-name', 'payments-prod', '--template-body',
      JSON.stringify({ Resources: { Other: { Type: 'AWS::SQS::Queue', Properties: {} } } }));
    assert.ok(changed.ok, changed.text);
    await approve('payments-prod');
    await until(() => /Holdpoint holds again/.test(running.output()), `it is held again. It printed: ${running.output()}`);
    assert.ok(await stackStands('payments-prod'));
    await deny('the stack moved');
    assert.equal((await running.done).exitCode, 77);
    running.terminal.dispose();
  });
});

(hasAws ? describe : undefined)?.("a destructive command of VS Code's own agent", function () {
  this.timeout(180_000);

  it('is held, names the agent, and the denial reaches it with what to do', async () => {
    if (!(await stackStands('payments-prod'))) await makeStack('payments-prod');
    const answer = agentRuns('aws cloudformation delete-stack --stack-name payments-prod');
    await waitFor({ webview: true, text: 'Copilot', limitMs: 40_000 });
    await screenshot('held-agent');
    await deny('an agent does not delete production');
    const { text, error } = await answer;
    assert.equal(error, undefined);
    assert.match(text ?? '', /an agent does not delete production/);
    assert.ok(await stackStands('payments-prod'));
  });
});

describe('a terraform apply in a terminal of VS Code', function () {
  this.timeout(120_000);

  it('is held with its plan, and the plan that was approved is applied, whatever is in the folder by then', async () => {
    await vscode.extensions.getExtension('holdpoint.holdpoint')?.activate();
    const folder = temporary('hp-tf-');
    const terraform = (...args: string[]): string => execFileSync('terraform', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    const write = (text: string): void => writeFileSync(path.join(folder, 'main.tf'), text);
    write('resource "terraform_data" "books" {}\nresource "terraform_data" "draft" {}\n');
    terraform('init', '-input=false');
    terraform('apply', '-auto-approve');
    write('resource "terraform_data" "books" {}\n');
    const running = await startHeld(`terraform -chdir=${folder} apply -auto-approve`);
    await waitFor({ webview: true, text: 'terraform_data.draft', limitMs: 40_000 });
    await waitFor({ webview: true, text: 'What runs instead, exactly' });
    await screenshot('held-plan');
    // Somebody takes the books out, too, while the person reads.
    write('');
    await approve(path.basename(folder));
    const { exitCode, output } = await running.done;
    running.terminal.dispose();
    assert.equal(exitCode, 0, output);
    assert.match(output, /Holdpoint saved what stands now: .*terraform\.tfstate/);
    assert.equal(terraform('state', 'list').trim(), 'terraform_data.books');
  });
});
