import { notKnown } from '../../../model';
import { data, node, type Answers, type Entry, type Look, type Reads, type Told } from '../entry';
import type { Held } from '../held';
import { at, listAt, numberAt, textAt, textsAt } from '../json';
import { count, shortName, some } from '../words';

/** Zones and record sets. Source: Route 53 API reference, ChangeResourceRecordSets; developer guide, "Values". */

const ROUTE53 = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_';
const NO_ZONE = /^NoSuchHostedZone$/;
/** Changes of one batch that are compared with what stands; each is a call. */
const MAX_CHANGES = 12;

/** One change of a batch. */
export interface RecordChange {
  readonly action: 'CREATE' | 'DELETE' | 'UPSERT' | 'unknown';
  readonly name: string;
  readonly type: string;
  readonly setIdentifier: string | undefined;
  readonly record: unknown;
}

/** The changes of a batch in JSON; undefined when it can't be read. */
export function changesOf(batch: unknown): readonly RecordChange[] | undefined {
  const changes = at(batch, 'Changes');
  if (!Array.isArray(changes)) return undefined;
  return changes.map((change: unknown): RecordChange => {
    const action = textAt(change, 'Action');
    const record = at(change, 'ResourceRecordSet');
    return {
      action: action === 'CREATE' || action === 'DELETE' || action === 'UPSERT' ? action : 'unknown',
      name: absolute(textAt(record, 'Name') ?? ''), type: textAt(record, 'Type') ?? '', setIdentifier: textAt(record, 'SetIdentifier'), record,
    };
  });
}

/** A name as Route 53 gives it back: in small letters, with a dot at its end and `*` escaped. */
function absolute(name: string): string {
  const text = name.toLowerCase().replace(/^\*/, '\\052');
  return text.endsWith('.') ? text : `${text}.`;
}

const zoneId = (held: Held): string[] => [held.text('hosted-zone-id', 'HostedZoneId') ?? held.text('id', 'Id')].flatMap((id) => (id === undefined ? [] : [id.replace(/^\/hostedzone\//, '')]));

const changesIn = (held: Held): readonly RecordChange[] | undefined => changesOf(held.json('change-batch', 'ChangeBatch'));

function recordReads(held: Held, zone: string): Reads {
  const reads: Record<string, Reads[string]> = {};
  for (const change of (changesIn(held) ?? []).slice(0, MAX_CHANGES)) {
    reads[`${change.name} ${change.type}`] = {
      args: ['route53', 'list-resource-record-sets', '--hosted-zone-id', zone, '--start-record-name', change.name, '--start-record-type', change.type, '--max-items', '20'],
      what: `record ${change.name} ${change.type}`, missing: NO_ZONE,
    };
  }
  return reads;
}

/** The record that stands now for a change. */
export function standing(answer: unknown, change: RecordChange): unknown {
  return listAt(answer, 'ResourceRecordSets').find((one) => absolute(textAt(one, 'Name') ?? '') === change.name && textAt(one, 'Type') === change.type && textAt(one, 'SetIdentifier') === change.setIdentifier);
}

function valueOf(record: unknown): string {
  const alias = textAt(record, 'AliasTarget', 'DNSName');
  return alias === undefined ? some(textsAt(record, ['ResourceRecords'], 'Value'), 4) : `alias of ${alias}`;
}

/** The batch that puts back what stands now. */
export function inverse(changes: readonly { readonly change: RecordChange; readonly now: unknown }[]): unknown {
  return {
    Changes: changes.flatMap(({ change, now }) => {
      if (change.action === 'DELETE') return now === undefined ? [] : [{ Action: 'CREATE', ResourceRecordSet: now }];
      if (now !== undefined) return [{ Action: 'UPSERT', ResourceRecordSet: now }];
      return [{ Action: 'DELETE', ResourceRecordSet: change.record }];
    }),
  };
}

/** Longer ones would fill the review; the file of the person holds them. */
const LONGEST_WAY = 1_500;

const changeRecords: Entry = {
  source: `${ROUTE53}ChangeResourceRecordSets.html`, type: 'AWS::Route53::HostedZone', noun: 'hosted zone', targets: zoneId, stackId: null,
  stages: [({ held, target }) => ({ zone: { args: ['route53', 'get-hosted-zone', '--id', target], what: `hosted zone ${target}`, missing: NO_ZONE, main: true }, ...recordReads(held, target) })],
  identity: (answers) => [
    textAt(data(answers, 'zone'), 'HostedZone', 'Id'),
    // The records as they stand: the yes was given to replacing these.
    Object.keys(answers).filter((name) => name !== 'zone').sort().map((name) => [name, listAt(data(answers, name), 'ResourceRecordSets').filter((one) => name === `${absolute(textAt(one, 'Name') ?? '')} ${textAt(one, 'Type') ?? ''}`)]),
  ],
  tell: tellChanges,
};

function tellChanges({ held, target }: Look, answers: Answers): Told {
  const zone = data(answers, 'zone', 'HostedZone');
  const exists = answers['zone']?.kind === 'missing' ? false : zone === undefined ? undefined : true;
  const changes = changesIn(held);
  const seen = (changes ?? []).slice(0, MAX_CHANGES).map((change) => ({ change, now: standing(data(answers, `${change.name} ${change.type}`), change), read: answers[`${change.name} ${change.type}`]?.kind === 'data' }));
  const all = changes !== undefined && changes.length <= MAX_CHANGES && seen.every((one) => one.read);
  const way = JSON.stringify(inverse(seen));
  const back = `aws route53 change-resource-record-sets --hosted-zone-id ${target} --change-batch '${way}'`;
  const also = seen.map(({ change, now, read }) => {
    const ttl = numberAt(now, 'TTL');
    const cached = now === undefined ? [] : [ttl === undefined ? 'Resolvers keep the old answer for as long as its alias target says.' : `Resolvers keep the old answer for up to ${count(ttl, 'second')} (its TTL).`];
    const before = now === undefined ? [] : [`It is ${valueOf(now)} now.`];
    const id = `${change.name} ${change.type}${change.setIdentifier === undefined ? '' : ` (${change.setIdentifier})`}`;
    const common = { reversibility: read ? { kind: 'reversible' as const, how: 'Send the inverse batch, which is told at the zone.' } : { kind: 'unknown' as const, how: 'What stands now could not be read.' } };
    if (change.action === 'DELETE') return node(id, 'AWS::Route53::RecordSet', read && now === undefined ? 'unchanged' : 'lost', read && now === undefined ? 'There is no such record: AWS refuses the whole batch.' : 'DELETE takes it away: names stop resolving.', { ...common, action: 'remove', because: [read && now === undefined ? 'There is no such record: AWS refuses the whole batch.' : 'DELETE takes it away: the name stops resolving.', ...before, ...cached] });
    if (read && now === undefined) return node(id, 'AWS::Route53::RecordSet', 'added', `${change.action} makes it: ${valueOf(change.record)}.`, { ...common, action: 'add' });
    if (change.action === 'CREATE') return node(id, 'AWS::Route53::RecordSet', 'unchanged', 'It stands already: AWS refuses the whole batch.', common);
    return node(id, 'AWS::Route53::RecordSet', 'modified', '', { ...common, action: 'modify', because: [`${change.action} replaces it by ${valueOf(change.record)}.`, ...before, ...cached] });
  });
  return {
    exists, action: 'modify', outcome: 'modified', data: 'none', also,
    dependencies: also.map((record) => ({ from: record.id, to: target, kind: 'dns-record' as const, detail: 'record of the zone' })),
    reversibility: all && exists === true
      ? { kind: 'reversible', how: way.length > LONGEST_WAY ? 'Send the inverse batch: list the records now and save them, aws route53 list-resource-record-sets.' : back }
      : { kind: 'unknown', how: 'Not all records could be read: save them first, aws route53 list-resource-record-sets.' },
    because: zone === undefined ? [] : [`It is ${textAt(zone, 'Name') ?? target}${at(zone, 'Config', 'PrivateZone') === true ? ', a private zone' : ', a public zone'} with ${textAt(zone, 'ResourceRecordSetCount') ?? 'an unknown number of'} records.`],
    unknowns: [
      ...(changes === undefined ? [notKnown('input', 'the change batch', 'Which records would change can\'t be read from the command. Look at its --change-batch before you approve.')] : []),
      ...((changes?.length ?? 0) > MAX_CHANGES ? [notKnown('state', 'the change batch', `Only the first ${MAX_CHANGES} of ${changes?.length} changes were compared with what stands. Send smaller batches to see all.`)] : []),
      notKnown('dependents', 'the names', 'Who asks for these names is not told by AWS. Ask their owner, or look at query logs if the zone has any.'),
    ],
  };
}

const deleteZone: Entry = {
  source: `${ROUTE53}DeleteHostedZone.html`, type: 'AWS::Route53::HostedZone', noun: 'hosted zone', targets: zoneId,
  stages: [({ target }) => ({
    zone: { args: ['route53', 'get-hosted-zone', '--id', target], what: `hosted zone ${target}`, missing: NO_ZONE, main: true },
  }), ({ target }, answers): Reads => (data(answers, 'zone') === undefined ? {} : {
    records: { args: ['route53', 'list-resource-record-sets', '--hosted-zone-id', target, '--max-items', '300'], what: `records of ${target}`, missing: NO_ZONE },
  })],
  identity: (answers) => [textAt(data(answers, 'zone'), 'HostedZone', 'Id'), textAt(data(answers, 'zone'), 'HostedZone', 'CallerReference')],
  tell({ target }, answers) {
    const zone = data(answers, 'zone', 'HostedZone');
    const name = textAt(zone, 'Name');
    const own = listAt(data(answers, 'records'), 'ResourceRecordSets').filter((one) => !(absolute(textAt(one, 'Name') ?? '') === name && /^(?:NS|SOA)$/.test(textAt(one, 'Type') ?? '')));
    const servers = textsAt(data(answers, 'zone'), ['DelegationSet', 'NameServers']);
    return {
      exists: answers['zone']?.kind === 'missing' ? false : zone === undefined ? undefined : true, outcome: 'lost', data: 'lost',
      reversibility: { kind: 'irreversible', how: 'A zone of the same name can be made with the same records; it gets other name servers, which have to be set at the registrar.' },
      because: zone === undefined ? [] : [`It is ${name ?? target} with ${textAt(zone, 'ResourceRecordSetCount') ?? 'an unknown number of'} records${servers.length === 0 ? '' : `, served by ${some(servers, 4)}`}.`],
      also: own.slice(0, 50).map((one) => node(`${absolute(textAt(one, 'Name') ?? '')} ${textAt(one, 'Type') ?? ''}${textAt(one, 'SetIdentifier') === undefined ? '' : ` (${textAt(one, 'SetIdentifier')})`}`, 'AWS::Route53::RecordSet', 'unchanged', `It is ${valueOf(one)}.`)),
      dependencies: own.slice(0, 50).map((one) => ({ from: `${absolute(textAt(one, 'Name') ?? '')} ${textAt(one, 'Type') ?? ''}${textAt(one, 'SetIdentifier') === undefined ? '' : ` (${textAt(one, 'SetIdentifier')})`}`, to: target, kind: 'dns-record' as const, detail: 'record of the zone' })),
      // Source: DeleteHostedZone: "You can delete a hosted zone only if it contains only the default SOA and NS records".
      warnings: own.length === 0 ? [] : [`${shortName(target)} still holds ${own.length >= 298 ? 'at least ' : ''}${count(own.length, 'record')}: AWS refuses to delete it.`],
    };
  },
};

export const route53Entries: Readonly<Record<string, Entry>> = { 'route53 change-resource-record-sets': changeRecords, 'route53 delete-hosted-zone': deleteZone };
