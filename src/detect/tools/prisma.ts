import { fileText } from './cli/call';
import { sqlFindings } from './cli/sql-findings';
import { commandTool } from './cli/command-tool';

/** Prisma: migrations and the schema of a database. */
export const prisma = commandTool({
names: ['prisma', 'prisma2'], provider: 'prisma', source: 'Prisma documentation, "Prisma CLI reference"',
  valued: '--schema --name -n --url --to-schema-datamodel --from-schema-datamodel --from-url --to-url --from-migrations --to-migrations --shadow-database-url --file --applied --rolled-back --generator --port -p --browser -b --hostname --datasource-provider --output -o --config --from-schema-datasource --to-schema-datasource',
  flags: '--force -f --force-reset --accept-data-loss --skip-generate --skip-seed --create-only --print --exit-code --script --stdin --no-engine --watch', guards: '--force -f --force-reset --accept-data-loss', where: { endpoint: 'DATABASE_URL' },
  commands: `
read format; validate; version; studio; introspect; db pull; migrate diff|status; generate; debug; platform; mcp; help
add init; migrate dev +--create-only; db seed; dev
mod migrate deploy|dev; migrate resolve; db push
ask db execute
kill:data migrate reset ~gone # The database is dropped and made anew; its rows are lost.
kill:data db push +--force-reset ~gone # The database is dropped and made anew; its rows are lost.
kill:data db push +--accept-data-loss ~gone # Columns and tables that the schema does not have any more are dropped with their rows.
mod db push`,
  otherwise: 'unknown',
  refine: (call, finding) => {
    if (call.path.join(' ') !== 'db execute') return undefined;
    const file = call.options.find((o) => o.name === '--file')?.value?.value;
    const text = file === undefined ? call.invocation.stdin : fileText(file, call);
    return typeof text === 'string' ? sqlFindings(text, false, call, finding) : [{ ...finding, mutation: 'unknown', effects: ['unknown'] }];
  },
  safer: (call) => (call.path.join(' ') === 'migrate reset' ? { title: 'Apply only the new migrations (migrate deploy)', replace: 'prisma migrate deploy' } : undefined),
});
