import { optionText, optionTexts } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgeRequest } from './http/request';

/** GitLab CLI. */
export const glab = commandTool({
  names: ['glab'], provider: 'gitlab', source: 'GitLab CLI documentation, "glab" commands', everyday: true,
  valued: `-R --repo -g --group -X --method -f --raw-field -F --field --input -H --header --hostname -t --title -d --description -l
    --label -a --assignee -m --milestone -b --branch -s --scope --source-branch --target-branch -n --name --ref --notes --type --value
    -k -v --variables --per-page -P --page -p --output -o`,
  flags: '-y --yes --force --raw -w --web --paginate', guards: '-y --yes --force',
  where: { repository: '-R --repo', group: '-g --group', host: '--hostname GITLAB_HOST' },
  commands: `
    auth,api,user,completion,version,check-update,help,config,changelog | read
    opentofu,duo,attestation,repo,mr,issue,ci               | read
    repo,project view,list,clone,search,contributors,archive,members | read
    mr list,view,diff,checkout,approvers,issues             | read
    issue list,view,board                                   | read
    ci list,view,status,trace,lint,config,get,artifact      | read
    pipeline list,view,status,ci                            | read
    job artifact                                            | read
    release list,view,download                              | read
    variable list,get,export                                | read
    label list,get                                          | read
    ssh-key list,get                                        | read
    schedule list                                           | read
    snippet list,view                                       | read
    token list                                              | read
    cluster agent list                                      | read
    alias list                                              | read
    incident list,view                                      | read
    iteration list                                          | read
    milestone list,get                                      | read
    deploy-key list,get                                     | read
    stack list                                              | read
    securefile list,download                                | read
    gpg-key list,get                                        | read
    container-registry list,view                            | read
    runner list                                             | read
    todo list                                               | read
    repo,project create,fork,transfer,mirror,publish,update | add
    mr create,note,approve,merge,close,reopen,rebase,update,todo,subscribe | add
    mr for,revoke,unsubscribe                               | add
    issue create,note,close,reopen,update,subscribe,unsubscribe | add
    ci run,retry,trigger,run-trig                           | add
    release create,upload                                   | add
    variable set,update                                     | add
    label create,edit                                       | add
    ssh-key add                                             | add
    schedule create,run,update                              | add
    snippet create                                          | add
    token create,rotate                                     | add
    cluster agent                                           | add
    alias set                                               | add
    milestone create,edit                                   | add
    deploy-key add                                          | add
    incident *                                              | add
    gpg-key add                                             | add
    iteration                                               | add
    stack *                                                 | add
    securefile create                                       | add
    ci cancel                                               | change
    cluster                                                 | change
    alias delete                                            | change
    repo,project delete                                     | destroy data-loss
      | recoverable: within the deletion delay of the instance, 30 days on GitLab.com
      # The project with its issues, registry and pipelines is deleted.
    issue delete                                            | destroy data-loss
    mr delete                                               | destroy data-loss
    ci delete                                               | destroy data-loss
    pipeline delete                                         | destroy data-loss
    release delete                                          | destroy data-loss
    snippet delete                                          | destroy data-loss
    label delete                                            | destroy data-loss
    milestone delete                                        | destroy data-loss
    container-registry delete                               | destroy data-loss
    securefile remove,delete                                | destroy data-loss
    variable delete                                         | destroy access-loss
    ssh-key delete                                          | destroy access-loss
    token revoke                                            | destroy access-loss
    deploy-key delete                                       | destroy access-loss
    gpg-key delete                                          | destroy access-loss
    cluster agent delete                                    | destroy access-loss
    runner delete,unregister,pause                          | destroy access-loss
    repo,project members remove                             | destroy access-loss
    schedule delete                                         | destroy outage
    opentofu state                                          | change
    opentofu state delete,unlock                            | destroy data-loss
    tf state delete                                         | destroy data-loss
  `,
  otherwise: 'quiet',
  refine: (call, finding) => {
    if (call.path[0] !== 'api') return undefined;
    const fields = optionTexts(call, '-f', '--raw-field', '-F', '--field');
    const method = optionText(call, '-X', '--method') ?? (fields.length > 0 ? 'POST' : 'GET');
    const path = call.args[0]?.value ?? '';
    return judgeRequest({ method, url: path === 'graphql' ? 'https://gitlab.com/api/graphql' : `https://gitlab.com/api/v4/${path.replace(/^\//, '')}`, body: fields.join(' '), headers: [] }, call).concat(call.args[0]?.value === undefined && method !== 'GET' ? [{ ...finding, mutation: 'unknown', effects: ['unknown'] }] : []);
  },
});
