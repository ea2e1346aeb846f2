import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** Turso CLI. */
export const turso = commandTool({
  names: ['turso'], provider: 'turso', source: 'Turso documentation, "CLI"; tursodatabase/turso-cli, internal/cmd',
  valued: `--group --location --instance --schema --from-db --from-file --from-dump --from-csv --timestamp --size-limit --csv-table-name
    --expiration -e --attach --port -p --db-file -f --proxy --config-path -c --org`,
  flags: '--yes -y --wait -w --all -a --enable-extensions --canary --read-only -r --verbose --headless',
  guards: '--yes -y', where: { organization: '--org' },
  commands: `
    auth,dev,quickstart,relax,contact      | read
    auth login,signup,whoami,token,logout  | read
    auth api-tokens list                   | read
    plan show,overages                     | read
    config path,token                      | read
    db shell,wakeup,unarchive              | change
    group unarchive,aws-migration          | change
    plan overages enable,disable           | change
    plan select,upgrade                    | change
    config set                             | change
    db config attach,delete-protection     | change
    group config delete-protection         | change
    db destroy                             | destroy data-loss | irreversible  # The database is deleted with all that is stored in it.
    group destroy                          | destroy data-loss,outage | irreversible  # The group is deleted with all of its databases.
    org destroy                            | destroy data-loss,outage | irreversible
      # The organization is deleted with its groups and databases.
    db tokens invalidate                   | destroy access-loss
      # The keys of the whole group are changed: no token that was given out holds any more.
    group tokens invalidate                | destroy access-loss
      # The keys of the whole group are changed: no token that was given out holds any more.
    auth api-tokens revoke                 | destroy access-loss
    org members rm,remove                  | destroy access-loss
    auth logout +--all,-a                  | destroy access-loss
    auth api-tokens mint,create            | add
    db config delete-protection disable    | destroy guard-removal  # The database can be destroyed again.
    group config delete-protection disable | destroy guard-removal  # The database can be destroyed again.
  `,
  otherwise: 'verbs',
  // `turso db shell NAME [SQL]`; without SQL it reads its input. Source: internal/cmd/db_shell.go.
  refine: (call, finding) => {
    if (call.path.join(' ') !== 'db shell') return undefined;
    return sqlHandedIn({ text: call.args[1] }, call, { dialects: ['sqlite'] }) ?? [{ ...finding, mutation: 'none' }];
  },
});
