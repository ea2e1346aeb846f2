import { fileText } from './cli/call';
import { sqlFindings } from './cli/sql-findings';
import { commandTool } from './cli/command-tool';

/** Prisma: migrations and the schema of a database. */
export const prisma = commandTool({
  names: ['prisma', 'prisma2'], provider: 'prisma', source: 'Prisma documentation, "Prisma CLI reference"',
  valued: `--schema --name -n --url --to-schema-datamodel --from-schema-datamodel --from-url --to-url --from-migrations --to-migrations
    --shadow-database-url --file --applied --rolled-back --generator --port -p --browser -b --hostname --datasource-provider --output -o
    --config --from-schema-datasource --to-schema-datasource`,
  flags: `--force -f --force-reset --accept-data-loss --skip-generate --skip-seed --create-only --print --exit-code --script --stdin
    --no-engine --watch`,
  guards: '--force -f --force-reset --accept-data-loss', where: { endpoint: 'DATABASE_URL' },
  commands: `
    format,validate,version,studio,introspect,generate,debug,platform,mcp | read
    help                        | read
    db pull                     | read
    migrate diff,status         | read
    init,dev                    | add
    migrate dev +--create-only  | add
    db seed                     | add
    migrate deploy,dev,resolve  | change
    db push                     | change
    db execute                  | ask
    migrate reset               | destroy data-loss | irreversible  # The database is dropped and made anew; its rows are lost.
    db push +--force-reset      | destroy data-loss | irreversible  # The database is dropped and made anew; its rows are lost.
    db push +--accept-data-loss | destroy data-loss | irreversible
      # Columns and tables that the schema does not have any more are dropped with their rows.
  `,
  otherwise: 'unknown',
  refine: (call, finding) => {
    if (call.path.join(' ') !== 'db execute') return undefined;
    const file = call.options.find((o) => o.name === '--file')?.value?.value;
    const text = file === undefined ? call.invocation.stdin : fileText(file, call);
    return typeof text === 'string' ? sqlFindings(text, false, call, finding) : [{ ...finding, mutation: 'unknown', effects: ['unknown'] }];
  },
  safer: (call) => (call.path.join(' ') === 'migrate reset' ? { title: 'Apply only the new migrations (migrate deploy)', replace: 'prisma migrate deploy' } : undefined),
});
