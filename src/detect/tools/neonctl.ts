import { commandTool } from './cli/command-tool';

/** Neon CLI. */
export const neonctl = commandTool({
names: ['neonctl', 'neon'], provider: 'neon', source: 'Neon documentation, "Neon CLI" command reference',
  valued: '--project-id --org-id --api-key --config-dir --output -o --context-file --branch --name --parent --region-id --role-name --database-name --compute --type --cu --suspend-timeout --owner-name --endpoint-id --api-host --role --timestamp --preserve-under-name --ssl --vpc-endpoint-id --label',
  flags: '--no-analytics --force --yes --pooled --prisma --extended --no-color --schema-only', where: { project: '--project-id NEON_PROJECT_ID', organization: '--org-id' },
  commands: `
read auth; me; orgs list; projects|project list|get; projects list|get; ip-allow list; branches|branch list|get|schema-diff; databases|database|db list; roles|role list; operations list; connection-string|cs; set-context; completion; connection-string; vpc *; vpc endpoint list|status; vpc project list; bootstrap; init; psql; data-api; neon-auth; login
add projects|project create; branches|branch create|add-compute; databases|database|db create; roles|role create; ip-allow add; vpc endpoint assign
mod projects|project update; branches|branch rename|set-default|set-expiration; vpc endpoint update; projects recover
kill:data,out projects|project delete ~recover within 7 days, where the plan has it
kill:data branches|branch delete|reset|restore # Its present data is replaced or deleted.
kill:data databases|database|db delete ~gone
kill:access roles|role delete; ip-allow remove|reset; vpc endpoint remove; vpc project remove`,
  otherwise: 'verbs',
});
