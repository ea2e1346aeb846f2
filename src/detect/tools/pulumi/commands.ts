import { commandTool } from '../cli/command-tool';

/** Pulumi. A preview is its dry run; `up` may replace and delete. */
export const pulumi = commandTool({
  names: ['pulumi'], provider: 'pulumi', source: 'Pulumi documentation, "Pulumi CLI" command reference',
  valued: '--stack -s --cwd -C --config -c --config-file --target -t --replace --target-replace --message -m --parallel -p --color --policy-pack --exec-kind --file --secrets-provider --plan --save-plan --import-file --exclude --profiling --tracing -v --attach-debugger --env --draft --value --path',
  flags: '--yes -y --skip-preview -f --force --remove --refresh -r --target-dependents --preview-only --expect-no-changes',
  harmless: '--preview-only', lastCounts: true, guards: '--yes -y --skip-preview -f --force --skip-preview',
  // Every option can be set by a variable of its name, which the command line overrules. Source: pulumi, pkg/cmd/pulumi/pulumi.go, declareFlagsAsEnvironmentVariables; pkg/backend/state/stacks.go.
  where: { stack: '--stack -s PULUMI_OPTION_STACK PULUMI_STACK', organization: 'PULUMI_ORG' },
  commands: `
read preview|pre; stack|ls; stack ls|output|export|history|graph|select|tag|unselect; logs; history; about; whoami; version; config get; config env ls; config ls; schema; convert; org get-default|search; plugin ls; policy ls|group; console; gen-completion; package info|get-schema; ai; view-trace; watch +--help; env get|open|ls|diff; env version history; config
read config !--path
add new; stack init; login; logout; import; plugin install; install; org set-default; env init; env edit
add stack import +--help
mod config set|set-all|rm|rm-all|refresh; stack tag set|rm; stack rename; env set|tag; stack change-secrets-provider; refresh; state rename|move|repair|upgrade; policy publish|enable; plugin rm; install
mod stack select
plan up|update; watch
kill:repl up|update +--replace|--target-replace
kill:data,out destroy|down|dn ~gone # Every resource of the stack is deleted.
kill:data destroy|down|dn +--remove ~gone # Every resource of the stack and its history is deleted.
kill:data stack rm|remove ~gone # The stack's history goes, and with --force also the knowledge of what it manages.
kill:data state delete # Pulumi forgets the resource: it stays, and nothing manages it.
kill:guard state unprotect # The resource can be deleted by the next update.
kill:repl state taint # The next update replaces it.
kill:data state edit # It changes the state by hand.
kill:data stack import # It puts another state over the present one.
mod:guard cancel # It ends another update's lock; that update may be half done.
kill:guard policy disable|rm; env rm; env destroy; env version retract; env version tag rm; org member remove
mod config cp; config env add|rm|init; env version rollback
ask do # It acts on the cloud at once, without a stack and a preview: what, only its last words tell.
kill:guard deployment settings destroy
mod deployment
job deployment run # It starts an operation on Pulumi's own machines; what it changes is not seen here.
runs env run`,
  otherwise: 'verbs',
  refine: (call, finding) => (call.path.join(' ') === 'do' && READING.test(call.args[1]?.value ?? '') ? [{ ...finding, mutation: 'none', effects: [], reason: 'pulumi: Shows what stands in the cloud: changes nothing.' }] : undefined),
});

/** The verb of `pulumi do TYPE VERB`. Source: Pulumi documentation, "Direct resource operations". */
const READING = /^(?:list|read|get|search|describe)$/;
