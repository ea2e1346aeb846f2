import { commandTool } from './cli/command-tool';

/** Laravel's `artisan`. */
export const laravel = commandTool({
names: ['artisan'], provider: 'laravel', source: 'Laravel documentation, "Database: Migrations" and "Artisan Console"',
  valued: '--database --path --step --class --env --seeder --schema-path --queue --connection', flags: '--force --seed --pretend --no-interaction -n --drop-views --drop-types --all --graceful', harmless: '--pretend', guards: '--force --no-interaction -n', where: { environment: '--env APP_ENV', database: '--database' },
  commands: `
kill:data migrate:fresh; migrate:reset; migrate:refresh; migrate:rollback; db:wipe; schema:dump +--prune; model:prune; queue:clear; queue:flush; queue:forget ~gone # Tables are dropped or emptied; their rows are lost.
mod migrate; db:seed; down; up; cache:clear
add make:migration
ask tinker +--execute`,
  otherwise: 'quiet',
});
