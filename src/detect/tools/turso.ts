import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** Turso CLI. */
export const turso = commandTool({
  names: ['turso'], provider: 'turso', source: 'Turso documentation, "CLI"; tursodatabase/turso-cli, internal/cmd',
  valued: '--group --location --instance --schema --from-db --from-file --from-dump --from-csv --timestamp --size-limit --csv-table-name --expiration -e --attach --port -p --db-file -f --proxy --config-path -c --org',
  flags: '--yes -y --wait -w --all -a --enable-extensions --canary --read-only -r --verbose --headless', harmless: '', guards: '--yes -y', where: { organization: '--org' },
  commands: `
read auth; auth login|signup|whoami|token|logout; auth api-tokens list; dev; plan show; plan overages; quickstart; relax; contact; config path|token
mod db shell; db wakeup|unarchive; group unarchive; plan overages enable|disable; plan select|upgrade; config set; db config attach|delete-protection; group config delete-protection; group aws-migration
kill:data db destroy ~gone # The database is deleted with all that is stored in it.
kill:data,out group destroy ~gone # The group is deleted with all of its databases.
kill:data,out org destroy ~gone # The organization is deleted with its groups and databases.
kill:access db tokens invalidate; group tokens invalidate # The keys of the whole group are changed: no token that was given out holds any more.
kill:access auth api-tokens revoke; org members rm|remove; auth logout +--all|-a
add auth api-tokens mint|create
kill:guard db config delete-protection disable; group config delete-protection disable # The database can be destroyed again.`,
  otherwise: 'verbs',
  // `turso db shell NAME [SQL]`; without SQL it reads its input. Source: internal/cmd/db_shell.go.
  refine: (call, finding) => (call.path.join(' ') === 'db shell' ? (sqlHandedIn({ text: call.args[1] }, call, { dialects: ['sqlite'] }) ?? [{ ...finding, mutation: 'none' }]) : undefined),
});
