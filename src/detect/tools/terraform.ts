import type { Finding, Tool, Word } from '../invocation';
import { flag, found, option, optionTexts, rewrittenCommand, splitWords, variable, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Options that take the next word. Source: `terraform <command> -help` of Terraform 1.11, and OpenTofu's CLI documentation. */
const VALUED = `-var -var-file -target -replace -exclude -out -state -state-out -backup -backup-out -backend-config -chdir -lock-timeout -parallelism -config -from-module
  -plugin-dir -lockfile -platform -fs-mirror -net-mirror -filter -test-directory -junit-xml -generate-config-out -provider -type -plan -write-out -target-file -exclude-file
  -destroy-mode -json-into -cloud-run -id`;

const COMMANDS = `
read help; version; validate; output; show; graph; providers; providers schema|mirror; state list|show|pull|identities; workspace list|show; metadata functions; console; modules; get; query; stacks version|list|validate|fmt|help
ask stacks # It sends a configuration to HCP Terraform, or approves what is planned there.
read fmt +-check; fmt +-diff +-check
mod fmt
read plan
add init !-force-copy
mod:guard init +-force-copy # It copies the state to another place without asking, over what is there.
add workspace new; providers lock; login; cloud; rpcapi; plan +-out
mod logout; workspace select; import; untaint; refresh; state mv; state replace-provider; 0.12upgrade; 0.13upgrade; env
add:cost test # It creates real resources for the test and destroys them again.
plan apply !-destroy
kill:data,out apply +-destroy; destroy ~gone # Everything in this state is deleted, data stores with their automated backups.
kill:data state rm ~recover terraform import # Terraform forgets these resources: nothing manages them any more, and the next apply may create them again.
kill:data state push # It puts another state over the present one.
kill:guard force-unlock # It takes the lock of a state away that somebody else may be writing.
kill:repl,data taint ~undo terraform untaint # The next apply deletes and creates it again.
kill:data workspace delete # The workspace's state is lost; with -force also the knowledge of what it manages.
kill:guard login +-unlock`; 

/** Words that are put in by variables. Source: Terraform CLI documentation, "Environment Variables", TF_CLI_ARGS and TF_CLI_ARGS_name. */
function withVariables(words: readonly Word[], invocation: CliCall['invocation'], detect: CliCall['detect']): readonly Word[] {
  const at = words.findIndex((w) => w.value !== undefined && !w.value.startsWith('-'));
  const name = words[at]?.value;
  if (name === undefined) return words;
  const texts = [variable('TF_CLI_ARGS', invocation, detect), variable(`TF_CLI_ARGS_${name}`, invocation, detect)].filter((t) => t !== undefined);
  return texts.length === 0 ? words : [...words.slice(0, at + 1), ...texts.flatMap(splitWords), ...words.slice(at + 1)];
}

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const verb = call.path[0];
  if (verb !== 'apply' && verb !== 'destroy') return undefined;
  const targets = optionTexts(call, '-target').map((name) => ({ type: 'resource', name, known: true }));
  const replaced = optionTexts(call, '-replace').map((name) => ({ type: 'resource', name, known: true }));
  const plan = verb === 'apply' ? call.args.find((w) => w.value !== undefined) : undefined;
  const unasked = flag(call, '-auto-approve', '--auto-approve') || plan !== undefined;
  const guardsOff = unasked && plan === undefined ? ['-auto-approve'] : [];
  if (flag(call, '-refresh-only', '--refresh-only')) return [{ ...finding, previewDecides: false, mutation: 'modifying', effects: [], guardsOff: [], reason: `${call.tool}: Writes what the providers report into the state: no resource changes.` }];
  if (finding.mutation === 'destructive') {
    const what = targets.length > 0 ? `${targets.map((t) => t.name).join(', ')} and what depends on it` : 'every resource in this state';
    return [{
      ...finding, targets, guardsOff, operation: `${call.provider}:destroy`,
      reason: `${call.tool}: Destroys ${what}: data stores go with their automated backups unless the configuration keeps a final snapshot.`,
      saferForm: { title: 'See first what it would destroy (plan -destroy)', replace: `${call.tool} plan -destroy -out=destroy.tfplan` },
    }];
  }
  const names = [...targets, ...replaced];
  return [{
    ...finding,
    ...(replaced.length > 0 && { mutation: 'destructive', effects: ['replacement'] as const, previewDecides: false }),
    targets: names, guardsOff,
    reason: replaced.length > 0 ? `${call.tool}: Deletes ${replaced.map((t) => t.name).join(', ')} and creates it again.`
      : plan !== undefined ? `${call.tool}: Applies the saved plan ${plan.value}; what it destroys only the plan tells.`
      : `${call.tool}: Applies the configuration${guardsOff.length > 0 ? ' without asking' : ''}; what it replaces or destroys only a plan tells.`,
    saferForm: plan === undefined ? { title: 'Make a plan first and apply that (plan -out)', replace: rewrittenCommand(call.invocation, (w) => w === 'apply' || w === '-auto-approve' || w === '--auto-approve', []).replace(/^(\S+)/, '$1 plan -out=reviewed.tfplan') } : undefined,
  } as Finding];
}

const WHERE = { workspace: 'TF_WORKSPACE', directory: '-chdir', profile: 'AWS_PROFILE AWS_DEFAULT_PROFILE', region: 'AWS_REGION AWS_DEFAULT_REGION', state: '-state' };

/** A tool with the commands of Terraform. */
export function terraformLike(names: readonly string[], provider: string): Tool {
  return commandTool({
    names, provider, source: 'Terraform CLI documentation, "Commands"; `terraform <command> -help` of 1.11; OpenTofu CLI documentation',
    valued: `${VALUED} ${VALUED.replace(/(^|\s)-(?=\w)/g, '$1--')}`, singleDash: true, flags: '-auto-approve --auto-approve -destroy --destroy -force --force -json -no-color -compact-warnings -refresh-only -input -lock -refresh -upgrade -reconfigure -migrate-state -force-copy',
    commands: COMMANDS.replaceAll('+-destroy', '+-destroy|--destroy').replaceAll('!-destroy', '!-destroy|--destroy'),
    otherwise: 'unknown', guards: '-auto-approve --auto-approve -force --force -lock=false', where: WHERE, moreWords: withVariables, refine,
    before: (call) => {
      // `-chdir=DIR` and `-help` come before the command; a plan that is only saved is no change.
      const unknownVariable = ['TF_CLI_ARGS', `TF_CLI_ARGS_${call.args[0]?.value ?? ''}`].find((n) => call.invocation.env.has(n) && call.invocation.env.get(n) === undefined);
      if (unknownVariable === undefined || call.args[0]?.value === undefined || !/^(?:apply|plan|refresh)$/.test(call.args[0].value)) return undefined;
      if (option(call, '-help') || call.args[0].value !== 'apply') return undefined;
      return [found(call, { action: 'apply', mutation: 'unknown', reason: `${call.tool}: Applies with options from ${unknownVariable} that are not known; they may make it a destroy.`, unknowns: [`the value of ${unknownVariable}`] })];
    },
  });
}

/** Terraform. */
export const terraform = terraformLike(['terraform', 'tf'], 'terraform');
