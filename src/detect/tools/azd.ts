import { commandTool } from './cli/command-tool';

/** Azure Developer CLI. */
export const azd = commandTool({
names: ['azd'], provider: 'azd', source: 'Azure Developer CLI reference',
  valued: '--cwd -C --environment -e --output -o --template -t --branch -b --location -l --subscription --from-package --principal-id --provider --remote-name --trace-log-file --service --filter',
  flags: '--force --purge --no-prompt --debug --all --no-state --preview', harmless: '--preview', guards: '--force --purge --no-prompt', where: { environment: '--environment -e AZURE_ENV_NAME', directory: '--cwd -C' },
  commands: `
read show; env list|get-value|get-values|select|refresh; template list|show; version; monitor; config show|get|list|list-alpha; auth; auth login|logout|token; package; infra synth|generate; pipeline; env get-secret; add; completion; extension list|show; mcp; coding-agent; hooks
add init; env new; restore; template source; build; publish; config set; extension install|upgrade
mod env set|set-secret|config; config unset|reset; hooks run; pipeline config; template source add|remove; extension uninstall
plan up; provision; deploy
kill:data,out down ~recover what has soft delete, unless --purge # The resource groups of the environment are deleted.
kill:data,out infra delete
kill:data env remove|delete`,
  otherwise: 'verbs',
});
