import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Mutation } from '../../src/model';
import { azCommand, azCommandByVerb, azFlagKind, azFlagTakesValue, azTable } from '../../src/detect/knowledge/az-commands';
import { gcloudCommand, gcloudCommandByVerb, gcloudFlagTakesValue, gcloudTable } from '../../src/detect/knowledge/gcloud-commands';
import { type CommandTable } from '../../src/detect/knowledge/command-table';
import { kubectlCommands, kubectlFacts, kubectlFlag } from '../../src/detect/knowledge/kubectl-flags';
import { verifyCommandTable } from '../../src/detect/knowledge/verify-commands';

const words = (line: string): string[] => line.split(' ');
const rows = (file: string): string[][] => readFileSync(`scripts/knowledge/${file}`, 'utf8').split('\n').filter((l) => l !== '' && !l.startsWith('#')).map((l) => l.split('\t'));

describe('the tables of gcloud and az commands', () => {
  const tables: readonly (readonly [string, CommandTable, number])[] = [['gcloud', gcloudTable, 5_700], ['az', azTable, 10_500]];

  for (const [tool, table, least] of tables) {
    it(`hold every documented command of ${tool}, each with a class and effects that fit`, () => {
      const report = verifyCommandTable(table);
      console.log(`      ${tool}: ${report.total} commands ${JSON.stringify(report.counts)}; ${report.destroying} begin with a destroying verb, ${report.excused} of them excused; ${report.reading} read; ${report.reasons} have a reason (${JSON.stringify(report.sources)})`);
      assert.deepEqual(report.problems, []);
      assert.ok(report.total >= least, `${report.total} commands`);
      assert.ok(report.counts.destructive > report.total / 10 && report.reading > report.total / 4);
      assert.ok(report.excused < report.destroying / 10, 'too many excuses');
    });

    it(`give a reason and a source for every exception of ${tool}`, () => {
      for (const [path = '', mutation = '', , , reason = '', source = ''] of rows(`cli-exceptions-${tool}.tsv`)) {
        assert.ok(['none', 'additive', 'modifying', 'destructive', 'unknown'].includes(mutation), path);
        assert.ok(reason.length > 3 && source !== '', `${path} has no reason or source`);
      }
    });
  }

  it('say for every verb, noun and way back why', () => {
    for (const row of rows('cli-verbs.tsv')) assert.ok((row[4] ?? '').length > 3, row[0]);
    for (const row of rows('cli-nouns.tsv')) assert.ok((row[3] ?? '').length > 3, row[1]);
    for (const row of rows('cli-undo.tsv')) assert.match(row[5] ?? '', /^https:/, row[1]);
  });

  const expected: readonly (readonly [string, Mutation, string])[] = [
    ['gcloud sql instances delete', 'destructive', 'data-loss'], ['gcloud projects delete', 'destructive', 'data-loss'],
    ['gcloud compute instances reset', 'destructive', 'outage'], ['gcloud sql instances restore-backup', 'destructive', 'data-loss'],
    ['gcloud sql instances failover', 'destructive', 'outage'], ['gcloud services disable', 'destructive', 'outage'],
    ['gcloud kms keys versions destroy', 'destructive', 'data-loss'], ['gcloud projects set-iam-policy', 'destructive', 'access-loss'],
    ['gcloud projects remove-iam-policy-binding', 'destructive', 'access-loss'], ['gcloud projects add-iam-policy-binding', 'modifying', ''],
    ['gcloud storage rm', 'destructive', 'data-loss'], ['gcloud storage buckets delete', 'destructive', 'data-loss'],
    ['gcloud compute firewall-rules delete', 'destructive', 'exposure'], ['gcloud dns managed-zones delete', 'destructive', 'identity-loss'],
    ['gcloud dns record-sets transaction execute', 'unknown', 'unknown'], ['gcloud dns record-sets transaction remove', 'none', ''],
    ['gcloud compute ssh', 'unknown', 'unknown'], ['gcloud secrets versions access', 'none', ''], ['gcloud container clusters get-credentials', 'none', ''],
    ['gcloud run services update-traffic', 'modifying', ''], ['gcloud config unset', 'none', ''], ['gcloud auth revoke', 'none', ''],
    ['gcloud builds triggers update github', 'modifying', ''], ['gcloud spanner databases restore', 'additive', ''],
    ['gcloud resource-manager liens delete', 'destructive', 'guard-removal'], ['gcloud logging sinks delete', 'destructive', 'guard-removal'],
    ['az group delete', 'destructive', 'data-loss'], ['az vm deallocate', 'destructive', 'outage'], ['az vm redeploy', 'destructive', 'outage'],
    ['az vm reimage', 'destructive', 'data-loss'], ['az vm run-command invoke', 'unknown', 'unknown'], ['az keyvault purge', 'destructive', 'data-loss'],
    ['az deployment group create', 'modifying', ''], ['az storage blob delete-batch', 'destructive', 'data-loss'], ['az role assignment delete', 'destructive', 'access-loss'],
    ['az lock delete', 'destructive', 'guard-removal'], ['az account clear', 'none', ''], ['az logout', 'none', ''], ['az rest', 'unknown', 'unknown'],
    ['az ad sp delete', 'destructive', 'access-loss'], ['az aks stop', 'destructive', 'outage'], ['az sql db restore', 'additive', ''],
    ['az network nsg rule delete', 'destructive', 'exposure'], ['az cosmosdb sql database delete', 'destructive', 'data-loss'],
    ['az network public-ip delete', 'destructive', 'identity-loss'], ['az keyvault secret show', 'none', ''], ['az containerapp delete', 'destructive', 'outage'],
  ];

  it('know what is dangerous and what is not', () => {
    for (const [line, mutation, effect] of expected) {
      const [tool = '', ...rest] = words(line);
      const found = (tool === 'az' ? azCommand : gcloudCommand)(rest);
      assert.equal(found?.mutation, mutation, line);
      if (effect === '') assert.deepEqual(found.effects, [], line);
      else assert.ok(found.effects.some((e) => e === effect), `${line}: ${found.effects.join(', ')}`);
    }
  });

  it('take a release track for the command of the same name, and stop at the arguments', () => {
    assert.deepEqual({ ...gcloudCommand(words('beta sql instances delete orders')) }, { ...gcloudCommand(words('sql instances delete')), depth: 4 });
    assert.equal(gcloudCommand(words('sql instances delete delete'))?.depth, 3);
    assert.equal(azCommand(words('vm delete'))?.path, 'vm delete');
    for (const line of ['', 'sql', 'sql instances', 'nonsense delete', 'beta', 'constructor', '__proto__ delete']) {
      assert.equal(gcloudCommand(words(line)), undefined, line);
      assert.equal(azCommand(words(line)), undefined, line);
    }
  });

  it('judge a command that is newer than the table by its verb', () => {
    assert.equal(gcloudCommandByVerb(words('newproduct things delete x'))?.mutation, 'destructive');
    assert.equal(gcloudCommandByVerb(words('beta newproduct things list'))?.mutation, 'none');
    assert.equal(azCommandByVerb(words('newservice thing purge'))?.mutation, 'destructive');
    assert.equal(azCommandByVerb(words('newservice thing list-keys'))?.mutation, 'none');
    assert.equal(azCommandByVerb(words('newservice thing')), undefined);
  });

  it('say how long something can be taken back', () => {
    const undo = (line: string): string => {
      const [tool, ...rest] = words(line);
      const r = (tool === 'az' ? azCommand : gcloudCommand)(rest)?.reversibility;
      return [r?.kind, r?.how, r?.until].filter((x) => x !== undefined).join(' | ');
    };
    assert.match(undo('gcloud projects delete'), /^recoverable .*gcloud projects undelete.*30 days$/);
    assert.match(undo('gcloud compute instances stop'), /^reversible .*gcloud compute instances start/);
    assert.match(undo('gcloud kms keys versions destroy'), /^recoverable .*versions restore.*30 days/);
    assert.match(undo('gcloud iam oauth-clients delete'), /^recoverable .*gcloud iam oauth-clients undelete/);
    assert.equal(undo('gcloud secrets versions destroy'), 'irreversible');
    assert.equal(undo('gcloud sql instances delete'), 'irreversible');
    assert.match(undo('az keyvault delete'), /^recoverable .*az keyvault recover.*90/);
    assert.match(undo('az vm deallocate'), /^reversible .*az vm start/);
    assert.equal(undo('az group delete'), 'irreversible');
    assert.equal(undo('az keyvault purge'), 'irreversible');
  });

  it('know which options take a value', () => {
    for (const flag of ['--project', '--format', '--zone', '--instance', '--project=x']) assert.equal(gcloudFlagTakesValue(flag), true, flag);
    for (const flag of ['--quiet', '-q', '--async', '--help', '--no-async', '--no-user-output-enabled']) assert.equal(gcloudFlagTakesValue(flag), false, flag);
    assert.equal(gcloudFlagTakesValue('--uri', 'compute instances list'), false);
    assert.equal(gcloudFlagTakesValue('--table', 'spanner cli'), false);
    assert.equal(gcloudFlagTakesValue('--table', 'bq tables delete'), true);
    assert.equal(gcloudFlagTakesValue('--no-such-flag'), undefined);
    for (const flag of ['--resource-group', '-g', '--subscription', '-o', '--mode', '--ids']) assert.equal(azFlagTakesValue(flag), true, flag);
    for (const flag of ['--yes', '-y', '--only-show-errors', '--debug', '--help']) assert.equal(azFlagTakesValue(flag), false, flag);
    assert.equal(azFlagKind('--no-wait'), 'optional');
    assert.equal(azFlagTakesValue('--no-such-flag'), undefined);
  });
});

describe('the table of kubectl options', () => {
  it('holds every command that the help lists', () => {
    console.log(`      ${kubectlCommands().length} commands of kubectl (${JSON.stringify(kubectlFacts().sources)})`);
    assert.equal(kubectlCommands().length, kubectlFacts().count);
    for (const path of ['delete', 'drain', 'rollout undo', 'create secret tls', 'config delete-context', 'apply view-last-applied', 'auth reconcile']) assert.ok(kubectlCommands().includes(path), path);
  });

  it('says which options take the next word', () => {
    for (const [path, flag] of [['delete', '-l'], ['delete', '--grace-period'], ['delete', '-n'], ['delete', '--context'], ['drain', '--pod-selector'], ['scale', '--replicas'], ['', '--kubeconfig']] as const) assert.equal(kubectlFlag(path, flag), 'value', `${path} ${flag}`);
    for (const [path, flag] of [['delete', '--all'], ['delete', '-A'], ['delete', '--force'], ['delete', '--cascade'], ['apply', '--dry-run'], ['apply', '--dry-run=server'], ['drain', '--ignore-daemonsets'], ['exec', '-i'], ['get', '-h']] as const) assert.equal(kubectlFlag(path, flag), 'boolean', `${path} ${flag}`);
    assert.equal(kubectlFlag('logs', '-f'), 'boolean');
    assert.equal(kubectlFlag('delete', '-f'), 'value');
    assert.equal(kubectlFlag('delete', '--no-such-flag'), undefined);
    assert.equal(kubectlFlag('constructor', '--all'), undefined);
  });
});
