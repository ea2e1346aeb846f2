import { commandTool } from './cli/command-tool';

/** Azure Developer CLI. */
export const azd = commandTool({
  names: ['azd'], provider: 'azd', source: 'Azure Developer CLI reference',
  valued: `--cwd -C --environment -e --output -o --template -t --branch -b --location -l --subscription --from-package --principal-id
    --provider --remote-name --trace-log-file --service --filter`,
  flags: '--force --purge --no-prompt --debug --all --no-state --preview', harmless: '--preview',
  guards: '--force --purge --no-prompt', where: { environment: '--environment -e AZURE_ENV_NAME', directory: '--cwd -C' },
  commands: `
    show,version,monitor,auth,package,pipeline,add,completion,mcp | read
    coding-agent,hooks                                      | read
    env list,get-value,get-values,select,refresh,get-secret | read
    template list,show                                      | read
    config show,get,list,list-alpha                         | read
    auth login,logout,token                                 | read
    infra synth,generate                                    | read
    extension list,show                                     | read
    init,restore,build,publish                              | add
    env new                                                 | add
    template source                                         | add
    config set                                              | add
    extension install,upgrade                               | add
    env set,set-secret,config                               | change
    config unset,reset                                      | change
    hooks run                                               | change
    pipeline config                                         | change
    template source add,remove                              | change
    extension uninstall                                     | change
    up,provision,deploy                                     | plan
    down                                                    | destroy data-loss,outage | recoverable: what has soft delete, unless --purge
      # The resource groups of the environment are deleted.
    infra delete                                            | destroy data-loss,outage
    env remove,delete                                       | destroy data-loss
  `,
  otherwise: 'verbs',
});
