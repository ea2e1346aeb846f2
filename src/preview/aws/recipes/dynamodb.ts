import { data, existence, needs, node, type Answers, type Entry } from '../entry';
import { at, isOn, listAt, numberAt, textAt, textsAt } from '../json';
import { usageBecause, usageRead } from '../usage';
import { bytes, count, shortName, some, when } from '../words';

/** Tables and their backups. Source: DynamoDB API reference and developer guide, "Point-in-time recovery". */

const REFERENCE = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_';

const table = (target: string) => ({ args: ['dynamodb', 'describe-table', '--table-name', target], what: `size, protection and use of ${target}`, missing: /^ResourceNotFoundException$/, main: true });

function tableIdentity(answers: Answers): unknown {
  const one = data(answers, 'table', 'Table');
  return [textAt(one, 'TableArn'), textAt(one, 'TableId'), textAt(one, 'CreationDateTime'), at(one, 'DeletionProtectionEnabled') ?? false];
}

const deleteTable: Entry = {
  source: `${REFERENCE}DeleteTable.html`, type: 'AWS::DynamoDB::Table', noun: 'table', identity: tableIdentity, stackId: (_look, answers) => textAt(data(answers, 'table'), 'Table', 'TableName'),
  stages: [
    ({ target }) => ({ table: table(target) }),
    ({ target }, answers) => {
      const one = data(answers, 'table', 'Table');
      if (one === undefined) return {};
      const stream = textAt(one, 'LatestStreamArn');
      return {
        pitr: { args: ['dynamodb', 'describe-continuous-backups', '--table-name', target], what: `point-in-time recovery of ${target}`, missing: /^(?:TableNotFoundException|ContinuousBackupsUnavailableException)$/ },
        usage: usageRead('table', target),
        backups: { args: ['dynamodb', 'list-backups', '--table-name', target, '--backup-type', 'ALL', '--max-items', '100'], what: `backups of ${target}` },
        ...(stream === undefined ? {} : { mappings: { args: ['lambda', 'list-event-source-mappings', '--event-source-arn', stream, '--max-items', '50'], what: `functions that read the stream of ${target}` } }),
      };
    },
  ],
  tell({ target }, answers) {
    const one = data(answers, 'table', 'Table');
    const items = numberAt(one, 'ItemCount');
    const size = numberAt(one, 'TableSizeBytes');
    const recovery = data(answers, 'pitr', 'ContinuousBackupsDescription', 'PointInTimeRecoveryDescription');
    const pitr = textAt(recovery, 'PointInTimeRecoveryStatus');
    const latest = textAt(recovery, 'LatestRestorableDateTime');
    const backups = [...listAt(data(answers, 'backups'), 'BackupSummaries')].sort((a, b) => ((numberAt(a, 'BackupCreationDateTime') ?? textAt(a, 'BackupCreationDateTime') ?? '') < (numberAt(b, 'BackupCreationDateTime') ?? textAt(b, 'BackupCreationDateTime') ?? '') ? 1 : -1));
    const newest = backups[0];
    const replicas = textsAt(one, ['Replicas'], 'RegionName');
    const key = textAt(one, 'SSEDescription', 'KMSMasterKeyArn');
    const readers = textsAt(data(answers, 'mappings'), ['EventSourceMappings'], 'FunctionArn').map(shortName);
    const indexes = textsAt(one, ['GlobalSecondaryIndexes'], 'IndexName');
    return {
      exists: existence(answers, 'table', 'Table'), outcome: 'lost', data: 'lost', physicalId: target,
      ...(items === undefined || size === undefined ? {} : { size: `${count(items, 'item')}, ${bytes(size)}` }),
      ...(pitr === 'ENABLED' ? { lastBackup: latest === undefined ? 'point-in-time recovery is on' : `restorable to ${when(latest)} (point-in-time recovery)` }
        : newest !== undefined ? { lastBackup: `backup ${textAt(newest, 'BackupName') ?? 'without a name'} of ${when(textAt(newest, 'BackupCreationDateTime') ?? '')}` }
          : answers['backups']?.kind === 'data' ? { lastBackup: 'none found' } : {}),
      reversibility: pitr === 'ENABLED'
        // Source: developer guide, "Point-in-time recovery: how it works": a system backup of a deleted table is kept for 35 days.
        ? { kind: 'recoverable', how: `Restore the system backup that AWS makes at the deletion: aws dynamodb list-backups --table-name ${target} --backup-type SYSTEM, then aws dynamodb restore-table-from-backup --target-table-name ${target} --backup-arn ARN`, until: '35 days after the deletion' }
        : newest !== undefined
          ? { kind: 'irreversible', how: `Only what the backup of ${when(textAt(newest, 'BackupCreationDateTime') ?? '')} holds comes back; what was written after it is lost: aws dynamodb restore-table-from-backup --target-table-name ${target} --backup-arn ${textAt(newest, 'BackupArn') ?? 'ARN'}` }
          : { kind: 'irreversible', how: pitr === undefined ? 'There is no way back unless point-in-time recovery is on or a backup exists.' : answers['backups']?.kind === 'data' ? 'There is no way back: point-in-time recovery is off and no backup was found.' : 'Point-in-time recovery is off; there is no way back unless a backup exists.' },
      because: [
        ...(items === undefined ? [] : ['AWS counts items and size about every six hours.']),
        ...usageBecause('table', answers),
        ...(pitr === undefined ? [] : [`Point-in-time recovery is ${pitr === 'ENABLED' ? 'on' : 'off'}.`]),
        ...(indexes.length === 0 ? [] : [`Its indexes go with it: ${some(indexes)}.`]),
        ...(!isOn(one, 'StreamSpecification', 'StreamEnabled') ? [] : ['Its stream ends; what is not read within 24 hours is lost.']),
        ...(replicas.length === 0 ? [] : [`It is a global table with replicas in ${some(replicas)}; those stay.`]),
      ],
      warnings: isOn(one, 'DeletionProtectionEnabled') ? [`Deletion protection of ${target} is on: AWS refuses this call.`] : [],
      also: [
        ...readers.map((name) => node(name, 'AWS::Lambda::Function', 'interrupted', `It is started by the stream of ${target}.`)),
        ...(key === undefined ? [] : [node(key, 'AWS::KMS::Key', 'unchanged', `It encrypts ${target}.`)]),
      ],
      dependencies: [
        ...readers.map((name) => needs(name, target, 'event-source', 'reads its stream')),
        ...(key === undefined ? [] : [needs(target, key, 'kms-key', 'encrypted with it')]),
      ],
    };
  },
};

const deleteBackup: Entry = {
  source: `${REFERENCE}DeleteBackup.html`, type: 'dynamodb:backup', noun: 'backup', stackId: null,
  targets: (held) => [held.text('backup-arn', 'BackupArn')].filter((arn) => arn !== undefined),
  stages: [({ target }) => ({ backup: { args: ['dynamodb', 'describe-backup', '--backup-arn', target], what: `age and table of backup ${shortName(target)}`, missing: /^BackupNotFoundException$/, main: true } })],
  identity: (answers) => [textAt(data(answers, 'backup'), 'BackupDescription', 'BackupDetails', 'BackupArn'), textAt(data(answers, 'backup'), 'BackupDescription', 'BackupDetails', 'BackupCreationDateTime')],
  tell(_look, answers) {
    const one = data(answers, 'backup', 'BackupDescription');
    const size = numberAt(one, 'BackupDetails', 'BackupSizeBytes');
    const made = textAt(one, 'BackupDetails', 'BackupCreationDateTime');
    return {
      exists: existence(answers, 'backup', 'BackupDescription'), outcome: 'lost', data: 'lost', reversibility: { kind: 'irreversible', how: 'There is no way back: a deleted backup can\'t be restored.' },
      ...(size === undefined ? {} : { size: bytes(size) }),
      because: [`It is a backup of table ${textAt(one, 'SourceTableDetails', 'TableName') ?? 'that is not named'}${made === undefined ? '' : ` of ${when(made)}`}.`],
    };
  },
};

export const dynamodbEntries: Readonly<Record<string, Entry>> = { 'dynamodb delete-table': deleteTable, 'dynamodb delete-backup': deleteBackup };
