import { option } from './cli/call';
import { commandTool } from './cli/command-tool';
import { sqlHandedIn } from './cli/sql-findings';

/** Supabase CLI. */
export const supabase = commandTool({
  names: ['supabase'], provider: 'supabase', source: 'Supabase documentation, "Supabase CLI reference"',
  valued: `--project-ref -p --db-url --password --schema -s --file -f --workdir --output -o --org-id --db-password --region --size
    --branch --version --env-file --import-map --dns-resolver --network-id --profile --template --name --last --project-id --git-branch
    --lang --role --level --exclude -x --persist`,
  flags: `--linked --local --yes --debug --create-ticket --no-seed --include-all --include-seed --include-roles --no-backup --all
    --force`,
  harmless: '--dry-run', guards: '--yes --no-backup --force',
  where: { project: '--project-ref -p SUPABASE_PROJECT_ID', endpoint: '--db-url' },
  commands: `
    status,inspect,gen,login,logout,link,services,completion,test,snippets | read
    unlink                                               | read
    db diff,dump,lint,advisors,pull                      | read
    inspect *                                            | read
    gen *                                                | read
    projects list,api-keys                               | read
    orgs list                                            | read
    functions list,serve,download                        | read
    secrets list                                         | read
    branches list,get                                    | read
    migration list,fetch                                 | read
    storage ls                                           | read
    sso list,show,info                                   | read
    domains get,reverify                                 | read
    network-restrictions get                             | read
    network-bans get                                     | read
    ssl-enforcement get                                  | read
    vanity-subdomains get,check-availability             | read
    postgres-config get                                  | read
    encryption get-root-key                              | read
    backups list                                         | read
    init,start,bootstrap,seed                            | add
    migration new                                        | add
    functions new                                        | add
    projects create                                      | add
    orgs create                                          | add
    branches create                                      | add
    db start                                             | add
    storage cp                                           | add
    db query,push,remote                                 | change
    functions deploy                                     | change
    secrets set                                          | change
    migration up,repair,squash                           | change
    config push                                          | change
    branches update,unpause                              | change
    domains activate,create                              | change
    postgres-config update                               | change
    ssl-enforcement update                               | change
    vanity-subdomains activate                           | change
    storage mv                                           | change
    sso add,update                                       | change
    projects restore                                     | change
    seed buckets                                         | change
    db reset                                             | destroy data-loss | irreversible
      # The database is dropped and made anew from the migrations; its rows are lost.
    migration down                                       | destroy data-loss | irreversible
      # The database is reset to an earlier migration; its rows are lost.
    db push +--include-all +--force-reset                | destroy data-loss
    projects delete                                      | destroy data-loss,outage | irreversible
    branches delete                                      | destroy data-loss,outage
    branches pause,disable                               | destroy outage
    functions delete                                     | destroy outage
    projects pause                                       | destroy outage
    stop +--no-backup                                    | destroy data-loss  # The local database is deleted.
    stop                                                 | change
    secrets unset                                        | destroy access-loss
    sso remove                                           | destroy access-loss
    encryption update-root-key                           | destroy access-loss
    postgres-config delete                               | destroy access-loss
    storage rm                                           | destroy data-loss
    backups restore                                      | destroy data-loss
    domains delete                                       | destroy identity-loss
    vanity-subdomains delete                             | destroy identity-loss
    network-bans remove                                  | destroy guard-removal
    network-restrictions update                          | destroy guard-removal
    ssl-enforcement update +--disable-db-ssl-enforcement | destroy guard-removal  # Connections without encryption are let in.
  `,
  otherwise: 'verbs',
  safer: (call) => (call.path.join(' ') !== 'db reset' ? undefined
    : { title: 'Apply only the new migrations (migration up)', replace: 'supabase migration up' }),
  refine: (call, finding) => {
    const everybody = call.options.some((o) => /0\.0\.0\.0\/0|::\/0/.test(o.value?.value ?? ''));
    switch (call.path.join(' ')) {
      case 'db reset': {
        const which = option(call, '--linked', '--db-url', '--project-ref', '-p') === undefined ? 'local' : 'remote';
        const reason = `supabase: Drops the ${which} database and makes it anew from the migrations: its rows are lost.`;
        return [{ ...finding, reason: `${reason} migration up applies only what is new.` }];
      }
      case 'db query': {
        const given = { text: call.args[0], file: option(call, '-f', '--file')?.value };
        return sqlHandedIn(given, call, { dialects: ['postgresql'] }) ?? [{ ...finding, mutation: 'none' }];
      }
      case 'network-restrictions update': return everybody ? undefined : [{ ...finding, mutation: 'modifying', effects: [] }];
      default: return undefined;
    }
  },
});
