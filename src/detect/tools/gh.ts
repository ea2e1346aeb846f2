import type { Finding } from '../invocation';
import { found, optionText, optionTexts, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgeRequest } from './http/request';

/** GitHub CLI. */
export const gh = commandTool({
names: ['gh'], provider: 'github', source: 'GitHub CLI manual; `gh <command> --help` of 2.60', everyday: true,
  valued: '-R --repo -H --header -X --method -f --raw-field -F --field --input -q --jq -t --template --title -b --body --body-file -B --base --head -l --label -a --assignee -m --milestone -p --project -r --ref --reviewer -e --env -o --org -u --user -v --visibility -s --state -L --limit --json --hostname --cache -p --preview -S --search -c --codespace --name -n --notes --notes-file --target --tag --subject --merge-queue --match-head-commit --author-email --key -k --app -A --branch --job -j --attempt --workflow -w --event --commit --created --description --homepage --gitignore --license --remote --source --team --add-topic --remove-topic --default-branch --machine --location --retention-period --idle-timeout --scopes --git-protocol --owner --format --id --field-id --project-id --text --number --date --single-select-option-id --iteration-id --value --days',
  flags: '-y --yes --web -w --confirm --force --admin --auto -d --delete-branch --squash --merge --rebase --cleanup-tag --all -D --dir --paginate --slurp -i --include --silent --verbose', guards: '-y --yes --confirm --force --admin', where: { repository: '-R --repo GH_REPO', organization: '-o --org', environment: '-e --env', host: '--hostname GH_HOST' },
  commands: `
read auth; auth status|token|login|logout|refresh|setup-git|switch; browse; status; search; help; version; repo view|list|clone|license|gitignore|autolink; repo autolink list|view; repo deploy-key list; pr list|view|status|diff|checks|checkout; issue list|view|status|develop; run list|view|watch|download; workflow list|view; release list|view|download|verify|verify-asset; secret list; variable list|get; gist list|view|clone; label list; ssh-key list; gpg-key list; org list; project list|view|field-list|item-list; cache list; ruleset list|view|check; codespace list|view|logs|ports|ssh|code|jupyter; cs list|view|logs|ports|ssh|code; extension list|search|browse|exec; ext list|search|browse; alias list; config get|list; attestation; api; completion; preview; copilot; accessibility; reference; environment; agent-task; models; repo; pr; issue; run; release; secret; gist; label; workflow
add repo create|fork; repo deploy-key add; repo autolink create; pr create|comment|review|ready|lock|reopen|edit|update-branch; issue create|comment|edit|pin|lock|reopen|unlock|unpin|transfer; release create|upload; secret set; variable set; gist create|edit|rename; label create|edit|clone; ssh-key add; gpg-key add; project create|copy|item-add|item-create|field-create|link|edit|close|item-edit|mark-template|unlink|item-archive; workflow run|enable; run rerun; extension install|create|upgrade; ext install|create|upgrade; codespace create|cp|rebuild|edit; cs create|cp|rebuild|edit; alias set|import; config set; auth *; repo sync|set-default; repo edit; repo rename; alias delete; extension remove; ext remove; config clear-cache; repo unarchive; pr merge; pr close; issue close; release edit; pr unlock; run cancel; repo gitignore; pr revert
mod repo edit|rename|sync|unarchive; pr merge|close|unlock; issue close; release edit; run cancel
kill:data repo delete ~recover by GitHub within 90 days, unless it was a fork # The repository with its issues, releases and settings is deleted.
kill:data release delete|delete-asset; gist delete; issue delete; label delete; run delete; cache delete; project delete|item-delete|field-delete; codespace delete|stop; cs delete|stop
mod codespace stop; cs stop
kill:access secret delete|remove; variable delete|remove; ssh-key delete; gpg-key delete; repo deploy-key delete; repo autolink delete
kill:out workflow disable; repo archive
kill:data repo sync +--force # The destination's commits that the source does not have are lost.
kill:open repo edit +--visibility=public`,
  otherwise: 'quiet',
  refine: (call) => (call.path[0] === 'api' ? apiCall(call) : undefined),
});

/** `gh api`: a request to GitHub's API, judged as any request is. */
function apiCall(call: CliCall): Finding[] {
  const fields = optionTexts(call, '-f', '--raw-field', '-F', '--field');
  const method = optionText(call, '-X', '--method') ?? (fields.length > 0 || optionText(call, '--input') !== undefined ? 'POST' : 'GET');
  const path = call.args[0]?.value;
  if (path === undefined) return call.args.length === 0 ? [] : [found(call, { action: 'api', mutation: method.toUpperCase() === 'GET' ? 'none' : 'unknown', reason: 'gh: Calls an address of the API that is not known.', unknowns: ['the address'] })];
  const url = path === 'graphql' ? 'https://api.github.com/graphql' : /^https?:/.test(path) ? path : `https://api.github.com/${path.replace(/^\//, '')}`;
  return judgeRequest({ method, url, body: fields.join(' '), headers: [] }, call);
}
