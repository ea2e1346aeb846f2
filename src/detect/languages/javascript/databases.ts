import type { Finding } from '../../invocation';
import type { Effect, TextRange } from '../../../model';
import { sqlStatements } from '../../engines/sql/statements';
import type { Parts } from '../commands';
import { known, type Call, type Value } from '../program/value';

/** Methods that send a statement. Sources: node-postgres, mysql2, better-sqlite3, Knex, Sequelize, TypeORM, Prisma, pg-promise, Cassandra and neo4j driver documentation. */
const SENDS = /\.(?:query|execute|exec|raw|unsafe|run|batch|executeSql|execSQL|\$executeRawUnsafe|\$queryRawUnsafe|\$executeRaw|\$queryRaw|none|any|one|oneOrNone|manyOrNone|multi|multiResult|prepare|command|createQueryJob|queryRaw|executeRaw|executeMultiple|runSql)$/;
/** Tags whose template is a statement. Sources: postgres.js, Prisma, slonik, Vercel Postgres, Neon and Bun documentation. */
const SQL_TAG = /(?:^|[./])(?:sql|SQL|\$executeRaw|\$queryRaw)(?:\(\))?(?:\.(?:unsafe|raw|query|type\(\)))?$|^postgres\(\)$|^@neondatabase\/serverless\.neon\(\)$/;
const DESTROYING_WORD = /\b(?:drop|truncate|delete|update|alter|revoke|detach)\b/i;

interface Rule {
  readonly path: RegExp;
  /** What the arguments must be for it to destroy. */
  readonly when?: (args: readonly Value[]) => boolean;
  readonly provider: string;
  readonly effects: readonly Effect[];
  readonly what: string;
  readonly source: string;
}

const mapOf = (args: readonly Value[]): ReadonlyMap<string, Value> | undefined => args.find((a): a is Extract<Value, { kind: 'map' }> => a.kind === 'map')?.entries;
const flag = (name: string) => (args: readonly Value[]): boolean => known(mapOf(args)?.get(name)) === 'true';
const noFilter = ([first]: readonly Value[]): boolean => first === undefined || (first.kind === 'map' && first.entries.size === 0);

/** Calls that lose data by their name, each by its library's reference. */
const RULES: readonly Rule[] = [
  { path: /(?:^|[./])(?:knex\b.*|schema|trx\.schema|\w*[dD]b\.schema|queryInterface|queryRunner|\w+\.schema|migrator|pgm)\.(?:dropTable|dropTableIfExists|dropSchema|dropSchemaIfExists|dropTables|dropAllTables|dropAllSchemas|dropDatabase|clearDatabase|dropColumn|dropColumns|removeColumn)$/, provider: 'sql', effects: ['data-loss'], what: 'tables or columns are dropped with what is stored in them', source: 'Knex Schema Builder; Sequelize QueryInterface; TypeORM QueryRunner; node-pg-migrate' },
  { path: /\bsequelize\b.*\.(?:drop|dropSchema|dropAllSchemas|truncate)$/i, provider: 'sql', effects: ['data-loss'], what: 'its tables are dropped or emptied', source: 'Sequelize API reference' },
  { path: /(?:\bsequelize\b.*|\b[A-Z]\w+)\.sync$/i, when: flag('force'), provider: 'sql', effects: ['data-loss'], what: 'its tables are dropped and made anew', source: 'Sequelize documentation, Model synchronization' },
  { path: /\.destroy$/, when: flag('truncate'), provider: 'sql', effects: ['data-loss'], what: 'the table is emptied', source: 'Sequelize API reference, Model.destroy' },
  { path: /\b(?:typeorm|dataSource|datasource|AppDataSource|connection|getConnection\(\))\b.*\.synchronize$/i, when: ([first]) => known(first) === 'true', provider: 'sql', effects: ['data-loss'], what: 'the database is dropped and made anew', source: 'TypeORM DataSource API' },
  { path: /\btypeorm\b.*\.clear$/, provider: 'sql', effects: ['data-loss'], what: 'the table is emptied', source: 'TypeORM Repository API' },
  { path: /(?:^|[./])(?:mongoose\b.*|mongodb\b.*|\w*(?:conn|connection|client|db|database|dataSource|source|mongo|orm|generator)(?:\(\))?|\w+\.connection)\.dropDatabase$/i, provider: 'sql', effects: ['data-loss'], what: 'the whole database is dropped', source: 'MongoDB Node.js driver, Db; Mongoose; TypeORM; MikroORM' },
  { path: /(?:\bmongoose\b|\bmongodb\b|\bdb\b|\bconnection\b|\.collection\(\)).*\.(?:dropCollection|drop)$|\.collection\(\)\.drop$/, provider: 'sql', effects: ['data-loss'], what: 'the collection is dropped', source: 'MongoDB Node.js driver, Collection' },
  { path: /(?:\bmongoose\b|\bmongodb\b|\.collection\(\)|\b[A-Z]\w+).*\.(?:deleteMany|remove)$/, when: noFilter, provider: 'sql', effects: ['data-loss'], what: 'every document of the collection is deleted', source: 'MongoDB Node.js driver, Collection' },
  { path: /\bprisma(?:Client)?\b(?:\/client)?.*\.\w+\.deleteMany$/i, when: (args) => mapOf(args)?.has('where') !== true && args.every((a) => a.kind === 'map'), provider: 'sql', effects: ['data-loss'], what: 'every row of the table is deleted', source: 'Prisma Client API reference, deleteMany' },
  { path: /(?:redis|cache|valkey|keydb|kv)\w*(?:\(\))?[\w.()]*\.(?:flushall|flushdb|flushAll|flushDb|FLUSHALL|FLUSHDB)$/i, provider: 'redis', effects: ['data-loss'], what: 'every key is deleted', source: 'Redis commands, FLUSHALL and FLUSHDB' },
  { path: /^@(?:elastic\/elasticsearch|opensearch-project\/opensearch)\b.*\.(?:indices\.delete|deleteByQuery|indices\.deleteIndexTemplate|indices\.deleteDataStream|snapshot\.delete)$/, provider: 'elasticsearch', effects: ['data-loss'], what: 'indices or documents are deleted', source: 'Elasticsearch JavaScript client' },
  { path: /^kafkajs\b.*\.(?:deleteTopics|deleteTopicRecords|deleteGroups)$/, provider: 'kafka', effects: ['data-loss'], what: 'topics or records are deleted', source: 'KafkaJS, admin client' },
  { path: /^firebase-admin\b.*\.recursiveDelete$/, provider: 'firebase', effects: ['data-loss'], what: 'a collection is deleted with all below it', source: 'Firebase Admin SDK, Firestore' },
];

/** What a call on a database would lose; undefined when it is no such call. */
export function changesDatabase(call: Call, tool: string): Finding[] | undefined {
  const { path, args, range } = call;
  if (SENDS.test(path) && args.length > 0) {
    const text = statementOf(args[0]);
    if (text) return statements(text, tool, range);
  }
  const rule = RULES.find((r) => r.path.test(path) && (r.when?.(args) ?? true));
  if (!rule) return undefined;
  const method = path.slice(path.lastIndexOf('.') + 1);
  const name = args.map(known).find((v) => v !== undefined && v !== 'true');
  return [{
    operation: `${rule.provider}:${method}`, tool, mutation: 'destructive', effects: rule.effects, reversibility: { kind: 'irreversible' }, targets: name === undefined ? [] : [{ type: 'database object', name, known: true }], context: {},
    reason: `${tool}: Calls ${method}${name === undefined ? '' : ` on ${name}`}: ${rule.what}.`, unknowns: [], guardsOff: [], range,
  }];
}

function statementOf(value: Value | undefined): Parts | undefined {
  if (value?.kind === 'text') return value.parts;
  if (value?.kind !== 'map') return undefined;
  return statementOf(value.entries.get('text') ?? value.entries.get('sql') ?? value.entries.get('query'));
}

/** What the tag `sql` would run. */
export function tagChangesDatabase(path: string, parts: Parts, tool: string, range: TextRange): Finding[] {
  return SQL_TAG.test(path) ? statements(parts, tool, range) : [];
}

/** What the statements of a text would destroy; a gap stands for a name. */
function statements(parts: Parts, tool: string, range: TextRange): Finding[] {
  if (!parts.some((p) => p !== undefined && DESTROYING_WORD.test(p))) return [];
  const sql = parts.map((p) => p ?? 'unknown_value').join('');
  // Cypher. Source: Neo4j Cypher manual, DELETE.
  if (/\bdetach\s+delete\b/i.test(sql) && !/\bwhere\b|\{/i.test(sql)) return [found('cypher:DETACH DELETE', 'Deletes every node that it matches.', ['data-loss'], tool, range)];
  return sqlStatements(sql).filter((s) => s.mutation === 'destructive').map((s) => ({ ...found(`sql:${s.verb}`, s.reason, s.effects, tool, range), targets: s.targets.map((name) => ({ type: s.kind, name: name.includes('unknown_value') ? undefined : name, known: !name.includes('unknown_value') })), ...(s.undo && { reversibility: s.undo }) }));
}

function found(operation: string, reason: string, effects: readonly Effect[], tool: string, range: TextRange): Finding {
  return { operation, tool, mutation: 'destructive', effects, reversibility: { kind: 'irreversible' }, targets: [], context: {}, reason: `${tool}: ${reason}`, unknowns: [], guardsOff: [], range };
}
