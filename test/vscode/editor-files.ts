/** Files of the fixture's repository as the editor tests use them: written past the editor, committed, waited for. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (!folder) throw new Error('The tests need a folder that is open.');
  return folder;
}

/** Writes a file to disk, as an agent on the command line would. */
export function writeOnDisk(name: string, text: string): vscode.Uri {
  const file = path.join(workspaceFolder(), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return vscode.Uri.file(file);
}

export function commit(...names: string[]): void {
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: workspaceFolder(), stdio: 'pipe' });
  git('add', '--', ...names);
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', 'Fixture', '--', ...names);
}

/** Waits for the diagnostics of a file to be as wanted, and gives them. Throws with what there was when they are not in time. */
export async function diagnosticsWhen(uri: vscode.Uri, wanted: (list: readonly vscode.Diagnostic[]) => boolean, limitMs = 20_000): Promise<readonly vscode.Diagnostic[]> {
  const end = Date.now() + limitMs;
  for (;;) {
    const list = vscode.languages.getDiagnostics(uri).filter((d) => d.source === 'Holdpoint');
    if (wanted(list)) return list;
    if (Date.now() > end) throw new Error(`Not in ${limitMs} ms; there was: ${JSON.stringify(list.map((d) => [d.range.start.line, d.message]))}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Ledger:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: payments-ledger
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
  Receipts:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  Reader:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: reader
      Roles: [reporting]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: dynamodb:Query
            Resource: !GetAtt Ledger.Arn
`;

export const EDITED = TEMPLATE
  .replace('TableName: payments-ledger', 'TableName: payments-ledger-v2')
  .replace('    DeletionPolicy: Retain\n', '');

export const SCRIPT = `#!/usr/bin/env bash
set -euo pipefail
stack=payments-prod
aws cloudformation describe-stacks --stack-name "$stack"
aws cloudformation delete-stack --stack-name "$stack"
aws rds delete-db-instance --db-instance-identifier payments-db --skip-final-snapshot
`;
