import assert from 'node:assert/strict';

import { detectArgv } from '../../src/detect/detect';
import type { Mutation, Operation } from '../../src/model';
import { sqlStatements, type SqlDialect } from '../../src/detect/engines/sql/statements';

const told = (argv: readonly string[]): Operation[] => detectArgv(argv, { home: '/home/me', cwd: '/w', readFile: (file) => FILES[file] });
const FILES: Readonly<Record<string, string>> = { '/w/drop.sql': 'DROP TABLE users;', '/w/read.sql': 'SELECT 1;', '/w/both.sql': "\\i read.sql\nselect 1;\n\\i drop.sql\n" };
const ORDER: readonly Mutation[] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];
const worst = (operations: readonly { readonly mutation: Mutation }[]): Mutation => ORDER[Math.max(0, ...operations.map((o) => ORDER.indexOf(o.mutation)))] ?? 'none';

/** The command lines of which something else is said than is true. */
const wrong = (lines: readonly (readonly string[])[], want: Mutation): string[] => lines.flatMap((argv) => {
  const operations = told(argv);
  return worst(operations) === want ? [] : [`${worst(operations)} for ${JSON.stringify(argv)}: ${operations.map((o) => o.reason).join(' | ')}`];
});

const psql = (sql: string): string[] => ['psql', '-c', sql];
const mysql = (sql: string): string[] => ['mysql', '-e', sql];
const sqlite = (sql: string): string[] => ['sqlite3', 'x.db', sql];
const sqlcmd = (sql: string): string[] => ['sqlcmd', '-Q', sql];
const rds = (sql: string): string[] => ['aws', 'rds-data', 'execute-statement', '--resource-arn', 'arn:aws:rds:us-east-1:1:cluster:c', '--secret-arn', 'arn:aws:secretsmanager:us-east-1:1:secret:s', '--sql', sql];
const redshift = (sql: string): string[] => ['aws', 'redshift-data', 'execute-statement', '--sql', sql];
const athena = (sql: string): string[] => ['aws', 'athena', 'start-query-execution', '--query-string', sql];
const spanner = (sql: string): string[] => ['gcloud', 'spanner', 'databases', 'execute-sql', 'd', '--instance=i', `--sql=${sql}`];

describe('A SQL text', () => {
  it('ends its strings and comments where the server of its client does', () => {
    assert.deepEqual(wrong([
      ...[psql, sqlite, sqlcmd, rds, redshift, athena].map((client) => client("select 'a\\'; drop table users; --'")),
      psql("/*! ' */ drop table x; -- '"), psql('select 1 -- x\rdrop table users'.replace('select 1 ', 'select 1; ')), psql('-- x\rdrop table users'), rds('-- x\rdrop table users'), psql('/* a /* b */ */ drop table x'),
      psql("select e'a\\'b'; drop table x"), psql('select $$a$$; drop table x'), psql('select "a\\"; drop table x; --"'), psql('select 1 # 2; drop table x'), psql('select `a; drop table x'),
      mysql('select 2--1; drop table x'), mysql('select "\\"; select ";drop table x;-- "'), mysql('select 1 $$; drop table x; select 1 $$'), mysql("select 'a\\'b'; drop table x"), mysql('select 1 # it\'s\n; drop table x'), mysql("/*!99999 ' */ drop table x; -- '"), mysql("/*! drop table x */"), mysql('/*M! drop table x */'),
      mysql("set sql_mode='NO_BACKSLASH_ESCAPES'; select 'a\\'; drop table x; -- '"), mysql('select 1\\G drop table x'), mysql('-- x\rselect 1\n; drop table x'),
      sqlite('select [a]]; drop table x; --]'.replace(']]', ']')), sqlite('select $$; drop table x; select $$'), sqlcmd('select [a\']; drop table x; --\''), sqlcmd('select [a]]\']; drop table x; --\''),
      ['clickhouse-client', '-q', "select 'a\\''; drop table x; --'".replace("''", "'b'")], ['clickhouse-client', '-q', 'select 1 // \'\n; drop table x; -- \''], ['cqlsh', '-e', "select 'a\\'; drop table x; --'"], ['cqlsh', '-e', "// '\ndrop table x; -- '"],
      ['snowsql', '-q', "select 'a\\'b'; drop table x; --'"], ['bq', 'query', "select '''a'b'''; drop table d.x"], ['bq', 'query', 'select r"\\"; drop table d.x; --"'.replace('\\"', '\\\\"')], spanner('select 1 # \'\n; delete from x where true; -- \''),
    ], 'destructive'), []);
  });

  it('has nothing in it that only stands in a string or a comment', () => {
    assert.deepEqual(wrong([
      psql("select 'a; drop table x'"), psql('-- drop table x'), psql('/* /* */ drop table x */ select 1'), psql('select $a$; drop table x; $a$'), psql("select E'\\'; drop table x; --'"), psql("select 'a\\b', 'c;d'"), psql('select "drop table x;" from t'),
      mysql("select 'it\\'s; drop table x'"), mysql('select "a;drop table x;"'), mysql('select 1 -- drop table x'), mysql('select 1 # drop table x'), mysql('/* drop table x */ select 1'), mysql('select `a;drop table x;` from t'),
      sqlite("select 'it''s; drop table x'"), sqlcmd('select [drop table x; ] from t'), ['clickhouse-client', '-q', "select 'it\\'s; drop table x'"], ['bq', 'query', "select 'it\\'s; drop table x'"], ['snowsql', '-q', 'select $$; drop table x;$$'],
      redshift("select 'drop table x;'"), athena("select 'it''s' from logs -- drop"), spanner('SELECT 1'), spanner("WITH a AS (SELECT 1) SELECT * FROM a WHERE b = 'delete'"),
    ], 'none'), []);
  });

  it('runs what it prepares, creates and calls, and merges', () => {
    assert.deepEqual(wrong([
      psql('prepare p as delete from x; execute p'), psql('prepare p (int) as delete from x; execute p(1)'), mysql('prepare s from "drop table x"; execute s'), mysql("set @s = 'drop table x'; prepare s from @s; execute s"), psql('merge into t using s on true when matched then delete'), sqlcmd('merge t using s on 1=1 when matched then delete;'),
      psql("create function f() returns void language sql as 'drop table x'; select f()"), psql('create or replace function f() returns int language plpgsql as $$ begin drop table x; return 1; end $$; select * from f()'), psql('alter system set fsync=off'), psql('alter system set full_page_writes = false'),
      psql("select lo_export(1, '/etc/passwd')"), psql('copy (delete from x returning *) to stdout'), psql('insert into y with d as (delete from x returning *) select * from d'), psql("select query_to_xml('drop table x', true, true, '')"), psql("select * from dblink('c', 'drop table x')"),
      sqlite("select writefile('/data/x.db', '')"), sqlcmd('select 1 drop table x'), sqlcmd("exec('drop table x')"), mysql('create event e on schedule every 1 day do truncate table x'),
      spanner('WITH a AS (SELECT 1) DELETE FROM x WHERE true'), spanner('SELECT 1; DELETE FROM x WHERE true'), spanner('/* a */ delete from x where true'),
    ], 'destructive'), []);
    assert.deepEqual(wrong([mysql('prepare s from @x; execute s'), mysql("set @s = concat('dr', 'op table x'); prepare s from @s"), sqlcmd('declare @x nvarchar(9) = @y; exec(@x)'), psql('select 1 \\gexec'), sqlite("select load_extension('/tmp/x')")], 'unknown'), []);
    for (const line of [psql('prepare p as select 1; execute p'), psql("create function f() returns void language sql as 'drop table x'"), sqlcmd('grant delete on t to u'), sqlcmd('create table t (a int references b on delete cascade)'), sqlcmd('alter table t alter column a int'), mysql("set @s = 'insert into x values (1)'; prepare s from @s; execute s"), mysql("insert into t values ('it\\'s; fine')"), psql("insert into t values ('c:\\'); select 1")]) {
      assert.ok(['none', 'additive', 'modifying'].includes(worst(told(line))), `${worst(told(line))} for ${JSON.stringify(line)}`);
    }
  });

  it('of which the dialect is not known is read as every dialect would read it', () => {
    const texts = ["select 'a\\'; drop table x; --'", "select 'a\\'b'; drop table x; --'", 'select 2--1\n; drop table x', "/*! ' */ drop table x; -- '", 'select 1 $$; drop table x; select 1 $$', 'select 1 // \'\n; drop table x; -- \'', '-- a\rdrop table x'];
    assert.deepEqual(texts.filter((text) => worst(sqlStatements(text)) !== 'destructive'), []);
    const dialects: readonly SqlDialect[] = ['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle', 'clickhouse', 'cassandra', 'snowflake', 'googlesql', 'trino', 'redshift', 'partiql'];
    for (const dialect of dialects) assert.equal(worst(sqlStatements('select 1; drop table x', dialect)), 'destructive', dialect);
    assert.equal(worst(sqlStatements("select 'a; drop table x', \"b; drop table x\" -- drop table x")), 'none');
  });

  it('in a list of statements counts each by itself', () => {
    const batch = (...sqls: string[]): string[] => ['aws', 'redshift-data', 'batch-execute-statement', '--cluster-identifier', 'c', '--database', 'd', '--sqls', ...sqls];
    assert.deepEqual(wrong([batch('select 1', 'drop table users'), batch('["select 1", "drop table users"]'), batch('["select 1",\n"drop table users"]'), batch('["select \\"a\\"","drop table users"]'), batch("select '", 'drop table users'), ['aws', 'redshift-data', 'batch-execute-statement', '--cli-input-json', '{"Sqls":["select 1","drop table users"]}']], 'destructive'), []);
    assert.deepEqual(wrong([batch('select 1', 'select 2'), batch('["select 1", "select 2"]')], 'none'), []);
  });
});

describe('A client of a database', () => {
  it('has commands of its own, which are read where they stand', () => {
    assert.deepEqual(wrong([
      ['psql', '-c', '\\i drop.sql'], ['psql', '-f', 'both.sql'], ['psql', '-c', '\\! aws s3 rb s3://x --force'], ['psql', '-c', 'select 1 \\g |aws s3 rb s3://x --force'], ['psql', '-c', '\\copy t from program \'aws s3 rb s3://x --force\''], ['psql', '-c', '\\set x `aws s3 rb s3://x --force`'], ['psql', '-c', '\\lo_unlink 5'], ['psql', '-c', '\\set a 1 \\\\ drop table x'],
      mysql('source drop.sql'), mysql('\\. drop.sql'), mysql('system aws s3 rb s3://x --force'), mysql('\\! aws s3 rb s3://x --force'), sqlite('.read drop.sql'), sqlite('.read "|aws s3 rb s3://x --force"'), sqlite('.restore backup.db'), sqlite('.rest main backup.db'), sqlite('.shell aws s3 rb s3://x --force'), sqlite('.open --new x.db'),
      sqlcmd(':r drop.sql'), sqlcmd('!! aws s3 rb s3://x --force'), ['cqlsh', '-e', "SOURCE 'drop.sql'"], ['snowsql', '-q', '!source drop.sql'], ['snowsql', '-q', '!system aws s3 rb s3://x --force'],
    ], 'destructive'), []);
    assert.deepEqual(wrong([['psql', '-c', '\\dt'], ['psql', '-c', '\\d+ x'], ['psql', '-c', '\\i read.sql'], ['psql', '-c', '\\conninfo'], ['psql', '-c', '\\x'], ['psql', '-c', '\\timing'], mysql('source read.sql'), mysql('status'), sqlite('.tables'), sqlite('.schema x'), sqlite('.dump'), sqlite('.mode csv'), sqlite('.read read.sql'), sqlcmd(':list')], 'none'), []);
  });

  it('that includes what nobody reads says so, and does not call it harmless', () => {
    for (const argv of [['psql', '-c', '\\i /tmp/x.sql'], mysql('source /tmp/x.sql'), sqlite('.read /tmp/x.sql'), sqlcmd(':r /tmp/x.sql'), ['cqlsh', '-e', "SOURCE '/tmp/x.cql'"], ['psql', '-f', '/tmp/x.sql']]) {
      assert.ok(told(argv).some((o) => o.door === 'unread' && o.mutation !== 'none'), argv.join(' '));
    }
  });
});
