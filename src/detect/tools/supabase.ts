import { option } from './cli/call';
import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** Supabase CLI. */
export const supabase = commandTool({
names: ['supabase'], provider: 'supabase', source: 'Supabase documentation, "Supabase CLI reference"',
  valued: '--project-ref -p --db-url --password --schema -s --file -f --workdir --output -o --org-id --db-password --region --size --branch --version --env-file --import-map --dns-resolver --network-id --profile --template --name --last --project-id --git-branch --lang --role --level --exclude -x --persist',
  flags: '--linked --local --yes --debug --create-ticket --no-seed --include-all --include-seed --include-roles --no-backup --all --force', harmless: '--dry-run', guards: '--yes --no-backup --force', where: { project: '--project-ref -p SUPABASE_PROJECT_ID', endpoint: '--db-url' },
  commands: `
read status; db diff|dump|lint|advisors; db pull; inspect; inspect *; gen; gen *; projects list|api-keys; orgs list; functions list|serve|download; secrets list; branches list|get; migration list|fetch; login; logout; link; services; completion; test; snippets; storage ls; sso list|show|info; domains get|reverify; network-restrictions get; network-bans get; ssl-enforcement get; vanity-subdomains get|check-availability; postgres-config get; encryption get-root-key; backups list; unlink
add init; start; migration new; functions new; projects create; orgs create; branches create; bootstrap; db start; seed; storage cp
mod db query; db push; functions deploy; secrets set; migration up|repair|squash; db remote; config push; branches update|unpause; domains activate|create; postgres-config update; ssl-enforcement update; vanity-subdomains activate; storage mv; sso add|update; projects restore; seed buckets
kill:data db reset ~gone # The database is dropped and made anew from the migrations; its rows are lost.
kill:data migration down ~gone # The database is reset to an earlier migration; its rows are lost.
kill:data db push +--include-all +--force-reset
kill:data,out projects delete ~gone; branches delete
kill:out branches pause|disable; functions delete; projects pause
kill:data stop +--no-backup # The local database is deleted.
mod stop
kill:access secrets unset; sso remove; encryption update-root-key; postgres-config delete
kill:data storage rm; backups restore
kill:id domains delete; vanity-subdomains delete
kill:guard network-bans remove; network-restrictions update
kill:guard ssl-enforcement update +--disable-db-ssl-enforcement # Connections without encryption are let in.`,
  otherwise: 'verbs',
  safer: (call) => (call.path.join(' ') === 'db reset' ? { title: 'Apply only the new migrations (migration up)', replace: 'supabase migration up' } : undefined),
  refine: (call, finding) => {
    const local = !call.options.some((o) => o.name === '--linked' || o.name === '--db-url' || o.name === '--project-ref' || o.name === '-p');
    if (call.path.join(' ') === 'db reset') return [{ ...finding, reason: `supabase: Drops the ${local ? 'local' : 'remote'} database and makes it anew from the migrations: its rows are lost. migration up applies only what is new.` }];
    if (call.path.join(' ') === 'db query') return sqlHandedIn({ text: call.args[0], file: option(call, '-f', '--file')?.value }, call, { dialects: ['postgresql'] }) ?? [{ ...finding, mutation: 'none' }];
    if (call.path.join(' ') === 'network-restrictions update' && !call.options.some((o) => /0\.0\.0\.0\/0|::\/0/.test(o.value?.value ?? ''))) return [{ ...finding, mutation: 'modifying', effects: [] }];
    return undefined;
  },
});
