import type { Finding } from '../invocation';
import { found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Frameworks whose own command has database tasks: Ecto (mix), Entity Framework (dotnet ef), Flask-Migrate, Symfony's console, Strapi, Medusa, Drupal. */
export const appFrameworks = commandTool({
  names: [
    'mix', 'dotnet', 'flask', 'console', 'bin/console', 'drush', 'wp', 'sbt', 'strapi', 'medusa', 'payload', 'ace', 'adonis', 'craft',
    'occ', 'buffalo', 'hanami', 'lein', 'wasp', 'convex', 'hasura', 'directus', 'bench',
  ],
  provider: 'framework',
  source: 'Ecto, Entity Framework Core, Flask-Migrate, Doctrine, Drush, WP-CLI, AdonisJS, Hasura and Frappe command references',
  everyday: true,
  valued: `-r --repo --env -e --connection --project -p --startup-project -s --context -c --database-name --path --url --uri -l
    --admin-secret --endpoint`,
  flags: '--force -f --yes -y --quiet --dry-run --if-exists --full-database', harmless: '--dry-run', guards: '--force -f --yes -y',
  commands: `
    ecto.drop,ecto.reset,ecto.rollback,doctrine:database:drop | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    doctrine:schema:drop,doctrine:fixtures:load,sql:drop,sql-drop | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    site:install,site-install,db:wipe,migration:fresh,migration:refresh | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    migration:reset,migration:rollback,db:truncate,migrate:rollback | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    db:rollback,drop-site,reinstall,db:drop,db:reset | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    ef database drop                                 | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    db downgrade,reset,clean,drop,rollback,drop-db   | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    doctrine:schema:update +--complete               | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    doctrine:migrations:migrate first                | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    site empty,delete                                | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    metadata clear                                   | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    migrate apply +--down                            | destroy data-loss | irreversible
      # The database, or tables of it, are dropped or emptied; their rows are lost.
    ef database update                               | change
    db upgrade                                       | change
    doctrine:migrations:migrate,ecto.migrate,ecto.setup,migration:run | change
    db:seed                                          | change
    ecto.create,ecto.gen.migration                   | add
    ef migrations add                                | add
    db migrate                                       | add
  `,
  otherwise: 'quiet',
  refine: (call, finding): readonly Finding[] | undefined => (call.path.join(' ') === 'ef database update' && call.args[0]?.value === '0' ? [found(call, {
    action: 'ef.database.update', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
    reason: 'dotnet ef: Undoes every migration: their tables are dropped with their data.',
  })] : finding.mutation === 'none' ? [] : undefined),
});
