import type { Effect, Risk, TextRange } from '../../../model';
import { documents, entries, get, items, textOf } from '../../engines/yaml';
import type { Mark, MarkKind } from '../mark';

const DATABASE = /(?:^|\/)(?:postgres|mysql|mariadb|mongo|redis|valkey|elasticsearch|opensearch|cassandra|clickhouse|influxdb|neo4j|couchdb|rabbitmq|minio|timescale\w*|postgis|mssql\S*|cockroach\S*|etcd|vault|gitea|gitlab\S*)(?:[:@-]|$)/;

/** What an edit of a Compose file would leave behind, interrupt or open. Source: Compose file reference. */
export function composeMarks(head: string | undefined, current: string | undefined): Mark[] {
  if (head === undefined || current === undefined || head === current) return [];
  const [before, now] = [documents(head)[0], documents(current)[0]];
  if (before === undefined || now === undefined) return [];
  const out: Mark[] = [];
  const first = { start: 0, end: Math.max(0, current.indexOf('\n')) };
  const names = (doc: unknown, key: string): Map<string, unknown> => new Map(entries(get(doc, key)));
  for (const [name] of names(before, 'volumes')) {
    if (!names(now, 'volumes').has(name)) out.push(mark('deleted', name, 'volume', first, 'high', ['data-loss'], `The volume ${name} is not used any more: its data stays behind under the old name, and is lost by a prune or by down -v.`));
  }
  for (const [name, service] of names(before, 'services')) {
    const here = names(now, 'services').get(name);
    if (here === undefined) {
      out.push(mark('deleted', name, 'service', first, 'medium', ['outage'], `The service ${name} is gone: up --remove-orphans and down remove its container.`));
      continue;
    }
    const range = rangeOf(here, first);
    const [was, is] = [textOf(get(service, 'image')) ?? '', textOf(get(here, 'image')) ?? ''];
    const major = (image: string): string | undefined => /:v?(\d+)/.exec(image)?.[1];
    if (DATABASE.test(is) && major(was) !== undefined && major(is) !== undefined && major(was) !== major(is)) out.push(mark('may-replace', name, 'service', rangeOf(get(here, 'image'), range), 'high', ['data-loss', 'outage'], `${name}: from version ${major(was)} to ${major(is)} the data folder may not be readable: dump the data first.`));
    const volumes = (s: unknown): string[] => items(get(s, 'volumes')).map((v) => textOf(v) ?? textOf(get(v, 'source')) ?? '');
    if (DATABASE.test(is) || DATABASE.test(was)) {
      const lost = volumes(service).filter((v) => !volumes(here).includes(v));
      if (lost.length > 0) out.push(mark('replaced', name, 'service', range, 'critical', ['data-loss'], `${name} does not use ${lost.join(', ')} any more: it starts empty.`));
      const ports = (s: unknown): string[] => items(get(s, 'ports')).map((p) => textOf(p) ?? '').filter((p) => p !== '' && !/^(?:127\.|localhost|\[::1\])/.test(p));
      const opened = ports(here).filter((p) => !ports(service).includes(p));
      if (opened.length > 0) out.push(mark('exposed', name, 'service', rangeOf(get(here, 'ports'), range), 'high', ['exposure'], `${name}: the port ${opened.join(', ')} can be reached from other machines. Write 127.0.0.1: before it for this one only.`));
    }
  }
  return out;
}

const rangeOf = (node: unknown, other: TextRange): TextRange => {
  const range = (node as { range?: [number, number, number] } | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : other;
};

function mark(kind: MarkKind, logicalId: string, type: string, range: TextRange, risk: Risk, effects: readonly Effect[], message: string): Mark {
  const data = effects.includes('data-loss') ? 'lost' : 'none';
  return { range, logicalId, type, kind, risk, effects, data, reversibility: { kind: 'recoverable' }, message, fixes: [] };
}
