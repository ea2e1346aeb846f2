import { optionText, optionTexts } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgeRequest } from './http/request';

/** GitLab CLI. */
export const glab = commandTool({
names: ['glab'], provider: 'gitlab', source: 'GitLab CLI documentation, "glab" commands', everyday: true,
  valued: '-R --repo -g --group -X --method -f --raw-field -F --field --input -H --header --hostname -t --title -d --description -l --label -a --assignee -m --milestone -b --branch -s --scope --source-branch --target-branch -n --name --ref --notes --type --value -k -v --variables --per-page -P --page -p --output -o', flags: '-y --yes --force --raw -w --web --paginate', guards: '-y --yes --force', where: { repository: '-R --repo', group: '-g --group', host: '--hostname GITLAB_HOST' },
  commands: `
read auth; api; repo|project view|list|clone|search|contributors|archive|members; mr list|view|diff|checkout|approvers|issues; issue list|view|board; ci list|view|status|trace|lint|config|get|artifact; pipeline list|view|status|ci; job artifact; release list|view|download; variable list|get|export; label list|get; ssh-key list|get; user; schedule list; snippet list|view; token list; cluster agent list; completion; version; check-update; help; config; alias list; changelog; incident list|view; iteration list; milestone list|get; deploy-key list|get; stack list; securefile list|download; opentofu; duo; gpg-key list|get; container-registry list|view; attestation; runner list; todo list; repo; mr; issue; ci
add repo|project create|fork|transfer|mirror; mr create|note|approve|merge|close|reopen|rebase|update|todo|subscribe|for|revoke|unsubscribe; issue create|note|close|reopen|update|subscribe|unsubscribe; ci run|retry|trigger|run-trig; release create|upload; variable set|update; label create|edit; ssh-key add; schedule create|run|update; snippet create; token create|rotate; cluster agent; alias set; milestone create|edit; deploy-key add; repo|project publish|update; incident *; gpg-key add; iteration; stack *; securefile create
mod ci cancel; cluster; alias delete
kill:data repo|project delete ~recover within the deletion delay of the instance, 30 days on GitLab.com # The project with its issues, registry and pipelines is deleted.
kill:data issue delete; mr delete; ci delete; pipeline delete; release delete; snippet delete; label delete; milestone delete; container-registry delete; securefile remove|delete
kill:access variable delete; ssh-key delete; token revoke; deploy-key delete; gpg-key delete; cluster agent delete; runner delete|unregister|pause; repo|project members remove
kill:out schedule delete
mod opentofu state
kill:data opentofu state delete|unlock; tf state delete`,
  otherwise: 'quiet',
  refine: (call, finding) => {
    if (call.path[0] !== 'api') return undefined;
    const fields = optionTexts(call, '-f', '--raw-field', '-F', '--field');
    const method = optionText(call, '-X', '--method') ?? (fields.length > 0 ? 'POST' : 'GET');
    const path = call.args[0]?.value ?? '';
    return judgeRequest({ method, url: path === 'graphql' ? 'https://gitlab.com/api/graphql' : `https://gitlab.com/api/v4/${path.replace(/^\//, '')}`, body: fields.join(' '), headers: [] }, call).concat(call.args[0]?.value === undefined && method !== 'GET' ? [{ ...finding, mutation: 'unknown', effects: ['unknown'] }] : []);
  },
});
