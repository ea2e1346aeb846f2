import { commandTool } from './cli/command-tool';

/** Migration tools with a command line of their own. */
export const migrations = commandTool({
  names: [
    'alembic', 'flyway', 'liquibase', 'knex', 'sequelize', 'sequelize-cli', 'typeorm', 'typeorm-ts-node-commonjs', 'dbmate', 'goose',
    'sqitch', 'drizzle-kit', 'mikro-orm', 'migrate-mongo', 'node-pg-migrate', 'db-migrate', 'yoyo', 'diesel', 'sqlx', 'sea-orm-cli',
    'phinx', 'doctrine-migrations', 'skeema', 'schemalex', 'tern', 'soda', 'dotnet-ef', 'graphile-migrate', 'rambler', 'geni', 'bytebase',
  ],
  provider: 'migration',
  source: 'Alembic, Flyway, Liquibase, Knex, Sequelize CLI, TypeORM, dbmate, goose, golang-migrate, Atlas, Sqitch, Drizzle Kit, '
    + 'MikroORM, Diesel, SQLx and Entity Framework Core documentation, command references',
  valued: `-c --config -x -n --name -url -user -password -configFiles -locations -schemas -target --changelog-file --changeLogFile --url
    --username --password --tag --count --driver --defaults-file --knexfile --env --migrations-path --models-path -d -f --dataSource -u
    --database -path -source -dir --dir --to --from --dev-url --schema --plan-file --set --target --migration-dir --database-url --step
    --steps --to-version --connection --project -p --startup-project -s --context --out --format --baseline --revisions-schema
    --migrations-dir --default-schema-name --defaultSchemaName --contexts --labels --rollback-count`,
  flags: '--force --yes -y --auto-approve --dry-run --sql --all --raiseerr --fake --no-prompt --if-exists --outputRunInfo',
  singleDash: false, harmless: '--dry-run --sql --pretend', guards: '--force --yes -y --auto-approve -f',
  where: { endpoint: '--url --database-url DATABASE_URL -u', environment: '--env -e' },
  commands: `
    current,history,heads,branches,show,info,validate,status,list,diff | read
    inspect,lint,test,generate-changelog,generateChangeLog   | read
    future-rollback-sql,rollback-sql,update-sql,status-sql,migrate:list | read
    migrate:currentVersion,db:migrate:status,migration:show,db:version | read
    version,plan,log,verify,generate,introspect,studio,migration:check | read
    migration:pending,schema:log,query,dump,dump-schema,prepare,print-schema | read
    wait,connect,tag-exists,help,tool,license,mark-next,list-locks | read
    calculate-checksum,clear-checksums,unexpected-changesets,diff-changelog | read
    db-doc,pull,export                                       | read
    migrations list,script,has-pending-model-changes,bundle  | read
    migration list,generate                                  | read
    schema inspect,diff,fmt                                  | read
    migrate status,lint,validate,hash                        | read
    dbcontext info,list,scaffold,script                      | read
    db pull                                                  | read
    up +--dry-run                                            | read
    revision,init,stamp,create,new,make,migrate:make,migration:create | add
    migration:generate,seed:make,seed,add,snapshot,merge,baseline,seed:run | add
    db:create,db:seed,db:seed:all,tag,edit,subscription:x,changelog-sync | add
    setup,model:generate                                     | add
    migrations add                                           | add
    migration add                                            | add
    migrate new,diff                                         | add
    database create,setup                                    | add
    generate migration                                       | add
    upgrade,migrate,update,up,migrate:latest,migrate:up,db:migrate | change
    migration:run,migration:up,apply,push,deploy,repair,force | change
    mark-next-changeset-ran,release-locks,set,run,register-snapshot | change
    migrate:unlock,rework,update-to-tag,update-count,update-testing-rollback | change
    execute-sql,up-to,up-by-one,fix,goto,seeder:run,check,subset | change
    migration run,up                                         | change
    schema apply                                             | change
    migrate apply,up,set,push                                | change
    database update                                          | change
    downgrade,clean,drop-all,dropAll,rollback,rollback-count | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    rollback-to-date,rollback-one-changeset,rollback-one-update | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    rollbackCount,undo,undo:all,migrate:rollback,migrate:down | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    db:migrate:undo,db:migrate:undo:all,db:drop,db:seed:undo | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    db:seed:undo:all,migration:revert,migration:down,migration:fresh | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    schema:drop,schema:fresh,drop,down,down-to,reset,redo,revert | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    drop-database,seed:rollback,rollback:x                   | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    migration revert,down,fresh,reset,refresh,redo,undo      | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    schema drop,clean                                        | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    migrate down                                             | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    database drop,reset                                      | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    database update 0                                        | destroy data-loss | irreversible
      # Tables and columns are dropped, or rows deleted, with what is stored in them.
    uncommit                                                 | change
    migrations remove                                        | change
    schema:update +--safe=false                              | destroy data-loss
      # Columns and tables that the schema does not have are dropped.
    push +--force                                            | destroy data-loss
      # Columns and tables that the schema does not have are dropped.
    schema:sync                                              | destroy data-loss
    schema:sync +-d                                          | destroy data-loss
  `,
  otherwise: 'quiet',
  refine: (call, finding) => {
    const tool = (call.invocation.argv[0]?.value ?? '').replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
    const database = call.args[0]?.value;
    if (finding.operation === 'migration:database.update' && database === '0') return [{
      ...finding, mutation: 'destructive', effects: ['data-loss'],
      reason: `${tool}: Undoes every migration: their tables are dropped with their data.`,
    }];
    if (call.path[0] === 'history' && tool === 'flyway') return undefined;
    return [{ ...finding, tool, reason: finding.reason.replace(/^alembic: /, `${tool}: `) }];
  },
  safer: (call) => ((call.invocation.argv[0]?.value ?? '').endsWith('alembic') ? { title: 'See the SQL first (--sql)', append: ' --sql' } : undefined),
});
