import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { temporary } from '../support/temporary';
import { runInTerminal } from './terminal';

interface Line {
  readonly type: string;
  readonly commandLine?: string;
}

const ledgerLines = (): Line[] => {
  try {
    return readFileSync(path.join(os.homedir(), '.holdpoint/ledger/ledger.jsonl'), 'utf8').trim().split('\n').map((l) => JSON.parse(l) as Line);
  } catch {
    return [];
  }
};
const escapes = (): Line[] => ledgerLines().filter((l) => l.type === 'escaped');
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a command that runs around the shims', () => {
  let aws: string;

  before(async () => {
    await vscode.extensions.getExtension('holdpoint.holdpoint')?.activate();
    aws = path.join(temporary('hp-around-'), 'aws');
    writeFileSync(aws, '#!/bin/sh\nexit 0\n');
    chmodSync(aws, 0o755);
  });

  it('is written into the ledger when it destroys', async () => {
    await runInTerminal(`${aws} cloudformation delete-stack --stack-name around`);
    const end = Date.now() + 10_000;
    while (escapes().length === 0 && Date.now() < end) await later(200);
    assert.deepEqual(escapes().map((l) => l.commandLine), [`${aws} cloudformation delete-stack --stack-name around`]);
  });

  it('is not mentioned when it only reads, or when nothing of it ran', async () => {
    const before = escapes().length;
    await runInTerminal(`${aws} cloudformation describe-stacks`);
    await runInTerminal('/no/such/folder/aws cloudformation delete-stack --stack-name around');
    await later(2500);
    assert.equal(escapes().length, before);
  });
});
