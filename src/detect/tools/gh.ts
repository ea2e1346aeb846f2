import type { Finding } from '../invocation';
import { found, optionText, optionTexts, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgeRequest } from './http/request';

/** GitHub CLI. */
export const gh = commandTool({
  names: ['gh'], provider: 'github', source: 'GitHub CLI manual; `gh <command> --help` of 2.60', everyday: true,
  valued: `-R --repo -H --header -X --method -f --raw-field -F --field --input -q --jq -t --template --title -b --body --body-file -B
    --base --head -l --label -a --assignee -m --milestone -p --project -r --ref --reviewer -e --env -o --org -u --user -v --visibility
    -s --state -L --limit --json --hostname --cache -p --preview -S --search -c --codespace --name -n --notes --notes-file --target
    --tag --subject --merge-queue --match-head-commit --author-email --key -k --app -A --branch --job -j --attempt --workflow -w --event
    --commit --created --description --homepage --gitignore --license --remote --source --team --add-topic --remove-topic
    --default-branch --machine --location --retention-period --idle-timeout --scopes --git-protocol --owner --format --id --field-id
    --project-id --text --number --date --single-select-option-id --iteration-id --value --days`,
  flags: `-y --yes --web -w --confirm --force --admin --auto -d --delete-branch --squash --merge --rebase --cleanup-tag --all -D --dir
    --paginate --slurp -i --include --silent --verbose`,
  guards: '-y --yes --confirm --force --admin',
  where: { repository: '-R --repo GH_REPO', organization: '-o --org', environment: '-e --env', host: '--hostname GH_HOST' },
  commands: `
    auth,browse,status,search,help,version,attestation,api,completion | read
    preview,copilot,accessibility,reference,environment,agent-task,models | read
    repo,pr,issue,run,release,secret,gist,label,workflow    | read
    auth status,token,login,logout,refresh,setup-git,switch | read
    repo view,list,clone,license,autolink                   | read
    repo autolink list,view                                 | read
    repo deploy-key list                                    | read
    pr list,view,status,diff,checks,checkout                | read
    issue list,view,status,develop                          | read
    run list,view,watch,download                            | read
    workflow list,view                                      | read
    release list,view,download,verify,verify-asset          | read
    secret list                                             | read
    variable list,get                                       | read
    gist list,view,clone                                    | read
    label list                                              | read
    ssh-key list                                            | read
    gpg-key list                                            | read
    org list                                                | read
    project list,view,field-list,item-list                  | read
    cache list                                              | read
    ruleset list,view,check                                 | read
    codespace list,view,logs,ports,ssh,code,jupyter         | read
    cs list,view,logs,ports,ssh,code                        | read
    extension list,search,browse,exec                       | read
    ext list,search,browse                                  | read
    alias list                                              | read
    config get,list                                         | read
    repo create,fork,set-default,gitignore                  | add
    repo deploy-key add                                     | add
    repo autolink create                                    | add
    pr create,comment,review,ready,lock,reopen,edit,update-branch,revert | add
    issue create,comment,edit,pin,lock,reopen,unlock,unpin,transfer | add
    release create,upload                                   | add
    secret set                                              | add
    variable set                                            | add
    gist create,edit,rename                                 | add
    label create,edit,clone                                 | add
    ssh-key add                                             | add
    gpg-key add                                             | add
    project create,copy,item-add,item-create,field-create,link,edit,close | add
    project item-edit,mark-template,unlink,item-archive     | add
    workflow run,enable                                     | add
    run rerun                                               | add
    extension install,create,upgrade,remove                 | add
    ext install,create,upgrade,remove                       | add
    codespace create,cp,rebuild,edit                        | add
    cs create,cp,rebuild,edit                               | add
    alias set,import,delete                                 | add
    config set,clear-cache                                  | add
    auth *                                                  | add
    repo edit,rename,sync,unarchive                         | change
    pr merge,close,unlock                                   | change
    issue close                                             | change
    release edit                                            | change
    run cancel                                              | change
    repo delete                                             | destroy data-loss
      | recoverable: by GitHub within 90 days, unless it was a fork  # The repository with its issues, releases and settings is deleted.
    release delete,delete-asset                             | destroy data-loss
    gist delete                                             | destroy data-loss
    issue delete                                            | destroy data-loss
    label delete                                            | destroy data-loss
    run delete                                              | destroy data-loss
    cache delete                                            | destroy data-loss
    project delete,item-delete,field-delete                 | destroy data-loss
    codespace delete                                        | destroy data-loss
    cs delete                                               | destroy data-loss
    codespace stop                                          | change
    cs stop                                                 | change
    secret delete,remove                                    | destroy access-loss
    variable delete,remove                                  | destroy access-loss
    ssh-key delete                                          | destroy access-loss
    gpg-key delete                                          | destroy access-loss
    repo deploy-key delete                                  | destroy access-loss
    repo autolink delete                                    | destroy access-loss
    workflow disable                                        | destroy outage
    repo archive                                            | destroy outage
    repo sync +--force                                      | destroy data-loss
      # The destination's commits that the source does not have are lost.
    repo edit +--visibility=public                          | destroy exposure
  `,
  otherwise: 'quiet',
  refine: (call) => (call.path[0] === 'api' ? apiCall(call) : undefined),
});

/** `gh api`: a request to GitHub's API, judged as any request is. */
function apiCall(call: CliCall): Finding[] {
  const fields = optionTexts(call, '-f', '--raw-field', '-F', '--field');
  const method = optionText(call, '-X', '--method') ?? (fields.length > 0 || optionText(call, '--input') !== undefined ? 'POST' : 'GET');
  const path = call.args[0]?.value;
  if (path === undefined) return call.args.length === 0 ? [] : [found(call, {
    action: 'api', mutation: method.toUpperCase() === 'GET' ? 'none' : 'unknown',
    reason: 'gh: Calls an address of the API that is not known.',
    unknowns: ['the address'],
  })];
  const url = path === 'graphql' ? 'https://api.github.com/graphql' : /^https?:/.test(path) ? path : `https://api.github.com/${path.replace(/^\//, '')}`;
  return judgeRequest({ method, url, body: fields.join(' '), headers: [] }, call);
}
