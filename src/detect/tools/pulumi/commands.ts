import { commandTool } from '../cli/command-tool';

/** Pulumi. A preview is its dry run; `up` may replace and delete. */
export const pulumi = commandTool({
  names: ['pulumi'], provider: 'pulumi', source: 'Pulumi documentation, "Pulumi CLI" command reference',
  valued: `--stack -s --cwd -C --config -c --config-file --target -t --replace --target-replace --message -m --parallel -p --color
    --policy-pack --exec-kind --file --secrets-provider --plan --save-plan --import-file --exclude --profiling --tracing -v
    --attach-debugger --env --draft --value --path`,
  flags: '--yes -y --skip-preview -f --force --remove --refresh -r --target-dependents --preview-only --expect-no-changes',
  harmless: '--preview-only', lastCounts: true, guards: '--yes -y --skip-preview -f --force --skip-preview',
  // Every option can be set by a variable of its name, which the command line overrules. Source: pulumi, pkg/cmd/pulumi/pulumi.go, declareFlagsAsEnvironmentVariables; pkg/backend/state/stacks.go.
  where: { stack: '--stack -s PULUMI_OPTION_STACK PULUMI_STACK', organization: 'PULUMI_ORG' },
  commands: `
    preview,pre,stack,ls,logs,history,about,whoami,version,schema,convert | read
    console,gen-completion,ai,view-trace,config       | read
    stack ls,output,export,history,graph,tag,unselect | read
    config get,ls                                     | read
    config env ls                                     | read
    org get-default,search                            | read
    plugin ls                                         | read
    policy ls,group                                   | read
    package info,get-schema                           | read
    watch +--help                                     | read
    env get,open,ls,diff                              | read
    env version history                               | read
    config !--path                                    | read
    new,login,logout,import,install                   | add
    stack init                                        | add
    plugin install                                    | add
    org set-default                                   | add
    env init,edit                                     | add
    stack import +--help                              | add
    config set,set-all,rm,rm-all,refresh              | change
    stack tag set,rm                                  | change
    stack rename,change-secrets-provider              | change
    env set,tag                                       | change
    refresh                                           | change
    state rename,move,repair,upgrade                  | change
    policy publish,enable                             | change
    plugin rm                                         | change
    stack select                                      | change
    up,update,watch                                   | plan
    up,update +--replace,--target-replace             | destroy replacement
    destroy,down,dn                                   | destroy data-loss,outage | irreversible  # Every resource of the stack is deleted.
    destroy,down,dn +--remove                         | destroy data-loss | irreversible
      # Every resource of the stack and its history is deleted.
    stack rm,remove                                   | destroy data-loss | irreversible
      # The stack's history goes, and with --force also the knowledge of what it manages.
    state delete                                      | destroy data-loss  # Pulumi forgets the resource: it stays, and nothing manages it.
    state unprotect                                   | destroy guard-removal  # The resource can be deleted by the next update.
    state taint                                       | destroy replacement  # The next update replaces it.
    state edit                                        | destroy data-loss  # It changes the state by hand.
    stack import                                      | destroy data-loss  # It puts another state over the present one.
    cancel                                            | change guard-removal
      # It ends another update's lock; that update may be half done.
    policy disable,rm                                 | destroy guard-removal
    env rm,destroy                                    | destroy guard-removal
    env version retract                               | destroy guard-removal
    env version tag rm                                | destroy guard-removal
    org member remove                                 | destroy guard-removal
    config cp                                         | change
    config env add,rm,init                            | change
    env version rollback                              | change
    do                                                | ask
      # It acts on the cloud at once, without a stack and a preview: what, only its last words tell.
    deployment settings destroy                       | destroy guard-removal
    deployment                                        | change
    deployment run                                    | job
      # It starts an operation on Pulumi's own machines; what it changes is not seen here.
    env run                                           | runs
  `,
  otherwise: 'verbs',
  refine: (call, finding) => (call.path.join(' ') === 'do' && READING.test(call.args[1]?.value ?? '') ? [{ ...finding, mutation: 'none', effects: [], reason: 'pulumi: Shows what stands in the cloud: changes nothing.' }] : undefined),
});

/** The verb of `pulumi do TYPE VERB`. Source: Pulumi documentation, "Direct resource operations". */
const READING = /^(?:list|read|get|search|describe)$/;
