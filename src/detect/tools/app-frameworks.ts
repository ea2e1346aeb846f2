import type { Finding } from '../invocation';
import { found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Frameworks whose own command has database tasks: Ecto (mix), Entity Framework (dotnet ef), Flask-Migrate, Symfony's console, Strapi, Medusa, Drupal. */
export const appFrameworks = commandTool({
  names: ['mix', 'dotnet', 'flask', 'console', 'bin/console', 'drush', 'wp', 'sbt', 'strapi', 'medusa', 'payload', 'ace', 'adonis', 'craft', 'occ', 'buffalo', 'hanami', 'lein', 'wasp', 'convex', 'hasura', 'directus', 'bench'],
  provider: 'framework', source: 'Ecto, Entity Framework Core, Flask-Migrate, Doctrine, Drush, WP-CLI, AdonisJS, Hasura and Frappe command references', everyday: true,
  valued: '-r --repo --env -e --connection --project -p --startup-project -s --context -c --database-name --path --url --uri -l --admin-secret --endpoint', flags: '--force -f --yes -y --quiet --dry-run --if-exists --full-database', harmless: '--dry-run', guards: '--force -f --yes -y', commands: `
kill:data ecto.drop; ecto.reset; ecto.rollback; ef database drop; db downgrade; doctrine:database:drop; doctrine:schema:drop; doctrine:schema:update +--complete; doctrine:fixtures:load; doctrine:migrations:migrate first; sql:drop; sql-drop; site:install; site-install; db reset; db clean; db drop; site empty; site delete; db:wipe; migration:fresh; migration:refresh; migration:reset; migration:rollback; db:truncate; migrate:rollback; db:rollback; db rollback; db drop-db; metadata clear; migrate apply +--down; drop-site; reinstall; db:drop; db:reset ~gone # The database, or tables of it, are dropped or emptied; their rows are lost.
mod ef database update; db upgrade; doctrine:migrations:migrate; ecto.migrate; ecto.setup; migration:run; db:seed
add ecto.create; ecto.gen.migration; ef migrations add; db migrate`, otherwise: 'quiet',
  refine: (call, finding): readonly Finding[] | undefined => (call.path.join(' ') === 'ef database update' && call.args[0]?.value === '0' ? [found(call, { action: 'ef.database.update', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' }, reason: 'dotnet ef: Undoes every migration: their tables are dropped with their data.' })] : finding.mutation === 'none' ? [] : undefined),
});
