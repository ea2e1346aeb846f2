import { commandTool } from './cli/command-tool';

/** Laravel's `artisan`. */
export const laravel = commandTool({
  names: ['artisan'], provider: 'laravel', source: 'Laravel documentation, "Database: Migrations" and "Artisan Console"',
  valued: '--database --path --step --class --env --seeder --schema-path --queue --connection',
  flags: '--force --seed --pretend --no-interaction -n --drop-views --drop-types --all --graceful', harmless: '--pretend',
  guards: '--force --no-interaction -n', where: { environment: '--env APP_ENV', database: '--database' },
  commands: `
    migrate:fresh,migrate:reset,migrate:refresh,migrate:rollback,db:wipe | destroy data-loss | irreversible
      # Tables are dropped or emptied; their rows are lost.
    model:prune,queue:clear,queue:flush,queue:forget | destroy data-loss | irreversible
      # Tables are dropped or emptied; their rows are lost.
    schema:dump +--prune                             | destroy data-loss | irreversible
      # Tables are dropped or emptied; their rows are lost.
    migrate,db:seed,down,up,cache:clear              | change
    make:migration                                   | add
    tinker +--execute                                | ask
  `,
  otherwise: 'quiet',
});
