import type { Finding } from '../../invocation';
import { knownWord } from '../../invocation';
import type { ClientCommands } from '../../engines/sql/dialects';
import { found, runText, type CliCall } from './call';

/** What a command of a database client does, besides sending statements. */
type Rule = 'reads' | 'runs' | 'includes' | 'writes' | 'session' | 'gone' | 'adds' | 'changes' | 'copies' | 'opens' | 'sets' | 'unknown';

const table = (rules: Readonly<Record<string, Rule>>): ReadonlyMap<string, Rule> => new Map(Object.entries(rules).flatMap(([names, rule]) => names.split(' ').map((name) => [name, rule] as const)));

const TABLES: Readonly<Record<ClientCommands, ReadonlyMap<string, Rule>>> = {
  // PostgreSQL documentation, "psql", Meta-Commands.
  psql: table({
    '!': 'runs', 'i ir include include_relative': 'includes', 'g gx w write o out s': 'writes', 'e edit ef ev': 'session', gexec: 'unknown', lo_unlink: 'gone', lo_import: 'adds', lo_export: 'writes', copy: 'copies', password: 'changes', setenv: 'sets',
    'a bind bind_named C c connect cd close_prepared conninfo copyright crosstabview echo elif else encoding endif errverbose f gdesc getenv gset H html h help if l lo_list p print parse prompt pset q quit qecho r reset restrict unrestrict set sf sv startpipeline endpipeline flush flushrequest getresults sendpipeline syncpipeline t T timing unset warn watch x z ? ;': 'reads',
  }),
  // MySQL 8.4 Reference Manual, "mysql Client Commands".
  mysql: table({ '! system': 'runs', '. source': 'includes', 'P pager': 'runs', 'T tee': 'writes', 'e edit': 'session' }),
  // SQLite, src/shell.c.in, do_meta_command(): a beginning of a name is enough.
  sqlite: table({
    'shell system': 'runs', read: 'includes', restore: 'gone', 'output once excel www log trace save backup clone': 'writes', import: 'adds', load: 'unknown', open: 'opens', 'archive ar': 'changes', filectrl: 'changes',
    'auth bail cd changes check connection crlf databases dbconfig dbinfo dbtotxt dump echo eqp exit expert explain fullschema headers help imposter indexes indices intck limit lint mode nonce nullvalue parameter print progress prompt quit recover schema scanstats selecttrace separator session sha3sum show stats tables testcase testctrl timeout timer treetrace unmodule version vfsinfo vfslist vfsname wheretrace width iotrace binary oomfake breakpoint columns': 'reads',
  }),
  // Microsoft Learn, "sqlcmd utility", Commands.
  sqlcmd: table({ '!!': 'runs', r: 'includes', 'out error perftrace': 'writes', 'ed edit': 'session', 'connect exit help list listvar on quit reset serverlist setvar xml': 'reads' }),
  // Snowflake documentation, "SnowSQL reference", Commands; Apache Cassandra documentation, "cqlsh", SOURCE and CAPTURE.
  snowsql: table({ system: 'runs', 'source load': 'includes', 'spool capture': 'writes', edit: 'session', 'abort': 'changes', 'connect define disconnect exit help options pause print queries quit rehash result set variables': 'reads' }),
};

/**
 * What a command of a client does.
 * @param line without its first sign: `i FILE`, `! ls`, `source FILE`.
 * @param include what the statements in a file do.
 */
export function clientCommand(client: ClientCommands, line: string, call: CliCall, include: (name: string) => readonly Finding[]): readonly Finding[] {
  const name = /^(?:!!?|\.|[\w?;]+\+?|\S)/.exec(line)?.[0] ?? '';
  const rest = line.slice(name.length).trim();
  // psql runs what stands in backticks for its own words.
  const inner = client === 'psql' && name !== '!' ? [...line.matchAll(/`([^`]+)`/g)].flatMap((m) => runText(m[1] ?? '', call)) : [];
  return [...inner, ...rulesOf(client, name).flatMap((rule) => judge(rule, client, name, rest, call, include))];
}

function rulesOf(client: ClientCommands, name: string): readonly Rule[] {
  const known = TABLES[client];
  const lower = client === 'psql' ? name.replace(/\+$/, '') : name.toLowerCase();
  const exact = known.get(lower);
  if (exact) return [exact];
  if (client === 'psql' && /^d/.test(lower)) return ['reads'];
  if (client === 'mysql') return ['reads'];
  if (client !== 'sqlite') return ['unknown'];
  const rules = [...known].filter(([full]) => lower !== '' && full.startsWith(lower)).map(([, rule]) => rule);
  return rules.length > 0 ? [...new Set(rules)] : ['unknown'];
}

const bare = (text: string): string => text.trim().replace(/;$/, '').replace(/^(['"])([^]*)\1$/, '$2');

function judge(rule: Rule, client: ClientCommands, name: string, rest: string, call: CliCall, include: (name: string) => readonly Finding[]): readonly Finding[] {
  const say = (parts: Pick<Finding, 'mutation'> & Partial<Pick<Finding, 'effects' | 'door'>>, reason: string): Finding => found(call, { action: `client.${name.replace(/\W/g, '') || 'run'}`, reason: `${call.tool}: ${reason}`, ...parts });
  const program = /^["']?\|\s*([^]*?)["']?$/.exec(rest)?.[1];
  switch (rule) {
    case 'reads': return [];
    case 'runs': return rest === '' ? [say({ mutation: 'additive', door: 'shell' }, 'Opens a shell; what is typed there is not seen here.')] : runText(rest, call);
    case 'includes': return rest === '' ? [] : program !== undefined ? runText(program, call) : include(bare(rest));
    case 'session': return [say({ mutation: 'additive', door: 'shell' }, 'Opens an editor for statements, which are not seen here.')];
    case 'gone': return [say({ mutation: 'destructive', effects: ['data-loss'] }, client === 'sqlite' ? 'Puts another database over the present one.' : 'Deletes a large object.')];
    case 'adds': return program !== undefined ? runText(program, call) : [say({ mutation: 'additive' }, 'Adds what stands in a file.')];
    case 'changes': return [/^-\w*[r]|--remove/.test(rest) ? say({ mutation: 'destructive', effects: ['data-loss'] }, 'Removes files from an archive.') : say({ mutation: 'modifying' }, `Runs the command ${name} of the client.`)];
    case 'sets': return /^(?:PAGER|PSQL_PAGER|PSQL_WATCH_PAGER|PSQL_EDITOR|EDITOR|VISUAL|SHELL|PATH|LD_\w+)\b/.test(rest) ? [say({ mutation: 'unknown' }, `Sets ${rest.split(/\s/)[0]}, by which it starts another program.`)] : [];
    case 'opens': return /(?:^|\s)--?new\b/.test(rest) ? [say({ mutation: 'destructive', effects: ['data-loss'] }, 'Empties the database that it opens.')] : [];
    case 'unknown': return [say({ mutation: 'unknown' }, `Runs the command ${name} of the client, and what that does is not known here.`)];
    case 'copies': {
      const started = /\b(?:from|to)\s+program\s+(['"])([^]*?)\1/i.exec(rest)?.[2];
      if (started !== undefined) return runText(started, call);
      const file = /\bto\s+(?!stdout|pstdout)(\S+)/i.exec(rest)?.[1];
      return file === undefined ? (/\bfrom\b/i.test(rest) ? [say({ mutation: 'additive' }, 'Adds rows.')] : []) : writtenBy(file, call);
    }
    case 'writes': {
      if (program !== undefined) return runText(program, call);
      const words = rest.split(/\s+/).filter((w) => w !== '' && !/^[-(]/.test(w));
      // `.save ?DB? FILE`, `.backup ?DB? FILE`, `.lo_export OID FILE`: the file comes last.
      const file = words.at(-1);
      return file === undefined || /^(?:off|stdout|stderr)$/i.test(file) ? [] : writtenBy(file, call);
    }
  }
}

const writtenBy = (file: string, call: CliCall): readonly Finding[] => call.detect.elsewhere?.file(knownWord(bare(file)), false, call.invocation) ?? [];

/**
 * A file of statements that nobody reads.
 * @param named the command line itself names it: then its name is a hint.
 */
export function unreadFile(name: string, call: CliCall, named: boolean): Finding {
  const hint = named && call.detect.elsewhere === undefined && /drop|destroy|delete|truncate|wipe|reset|clean|down|teardown|purge/i.test(name);
  return found(call, {
    action: 'sql', mutation: hint ? 'unknown' : 'modifying', door: 'unread', reason: `${call.tool}: Runs the statements in ${name}, which could not be read.`, targets: [{ type: 'file', name, known: true }], unknowns: [`what stands in ${name}`],
  });
}
