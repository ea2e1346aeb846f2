import { commandTool } from './cli/command-tool';

/** Neon CLI. */
export const neonctl = commandTool({
  names: ['neonctl', 'neon'], provider: 'neon', source: 'Neon documentation, "Neon CLI" command reference',
  valued: `--project-id --org-id --api-key --config-dir --output -o --context-file --branch --name --parent --region-id --role-name
    --database-name --compute --type --cu --suspend-timeout --owner-name --endpoint-id --api-host --role --timestamp
    --preserve-under-name --ssl --vpc-endpoint-id --label`,
  flags: '--no-analytics --force --yes --pooled --prisma --extended --no-color --schema-only',
  where: { project: '--project-id NEON_PROJECT_ID', organization: '--org-id' },
  commands: `
    auth,me,connection-string,cs,set-context,completion,bootstrap,init,psql | read
    data-api,neon-auth,login                          | read
    orgs list                                         | read
    projects,project list,get                         | read
    ip-allow list                                     | read
    branches,branch list,get,schema-diff              | read
    databases,database,db list                        | read
    roles,role list                                   | read
    operations list                                   | read
    vpc *                                             | read
    vpc endpoint list,status                          | read
    vpc project list                                  | read
    projects,project create                           | add
    branches,branch create,add-compute                | add
    databases,database,db create                      | add
    roles,role create                                 | add
    ip-allow add                                      | add
    vpc endpoint assign                               | add
    projects,project update                           | change
    branches,branch rename,set-default,set-expiration | change
    vpc endpoint update                               | change
    projects recover                                  | change
    projects,project delete                           | destroy data-loss,outage | recoverable: within 7 days, where the plan has it
    branches,branch delete,reset,restore              | destroy data-loss  # Its present data is replaced or deleted.
    databases,database,db delete                      | destroy data-loss | irreversible
    roles,role delete                                 | destroy access-loss
    ip-allow remove,reset                             | destroy access-loss
    vpc endpoint remove                               | destroy access-loss
    vpc project remove                                | destroy access-loss
  `,
  otherwise: 'verbs',
});
