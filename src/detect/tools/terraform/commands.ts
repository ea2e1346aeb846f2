import type { Finding, Tool, Word } from '../../invocation';
import { flag, found, option, optionText, optionTexts, rewrittenCommand, surely, variable, type CliCall } from '../cli/call';
import { commandTool } from '../cli/command-tool';
import { readTerraformLine, shellWords } from './line';

const COMMANDS = `
  help,version,validate,output,show,graph,providers,console,modules,get | read
  query                                         | read
  providers schema,mirror                       | read
  state list,show,pull,identities               | read
  workspace list,show                           | read
  metadata functions                            | read
  stacks version,list,validate,fmt,help         | read
  stacks                                        | ask  # It sends a configuration to HCP Terraform, or approves what is planned there.
  fmt +-check                                   | read
  fmt +-diff +-check                            | read
  fmt                                           | change
  plan                                          | read
  init !-force-copy                             | add
  init +-force-copy                             | change guard-removal
    # It copies the state to another place without asking, over what is there.
  env list                                      | read
  workspace new                                 | add
  env new                                       | add
  providers lock                                | add
  login,cloud,rpcapi                            | add
  plan +-out                                    | add
  logout,import,untaint,0.12upgrade,0.13upgrade | change
  workspace select                              | change
  env select                                    | change
  state mv,replace-provider                     | change
  state mv +-state-out                          | destroy data-loss | recoverable: terraform import
    # What is moved into another state's file is forgotten by this one.
  workspace delete                              | destroy data-loss
    # The workspace's state is lost; with -force also the knowledge of what it manages.
  env delete                                    | destroy data-loss
    # The workspace's state is lost; with -force also the knowledge of what it manages.
  test                                          | destroy data-loss,cost
    # It applies the configuration for real and destroys everything again, what an import block takes in from outside as well.
  refresh                                       | plan
  apply !-destroy                               | plan
  apply +-destroy                               | destroy data-loss,outage | irreversible
    # Everything in this state is deleted, data stores with their automated backups.
  destroy                                       | destroy data-loss,outage | irreversible
    # Everything in this state is deleted, data stores with their automated backups.
  state rm,mv +-dry-run                         | read
  state rm                                      | destroy data-loss | recoverable: terraform import
    # Terraform forgets these resources: nothing manages them any more, and the next apply may create them again.
  state push                                    | destroy data-loss  # It puts another state over the present one.
  force-unlock                                  | destroy guard-removal
    # It takes the lock of a state away that somebody else may be writing.
  taint                                         | destroy replacement,data-loss | reversible: terraform untaint
    # The next apply deletes and creates it again.
  login +-unlock                                | destroy guard-removal
`;

/** The words that TF_CLI_ARGS adds, as far as they are known: undefined where a variable is set to something that isn't. */
function added(variable_: string, invocation: CliCall['invocation'], detect: CliCall['detect']): readonly Word[] | undefined {
  if (invocation.env.has(variable_) && invocation.env.get(variable_) === undefined) return undefined;
  return shellWords(variable(variable_, invocation, detect) ?? '');
}

/** `init` that takes the state along asks a person; what is piped in is no person's answer. Source: `terraform init -help`, -migrate-state. */
function initialised(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  if (!flag(call, '-migrate-state') || call.invocation.stdin === null) return undefined;
  const reason = `${call.tool}: Copies the state to another place, over what is there, if its question is answered by what stands behind its input.`;
  return [{ ...finding, mutation: 'unknown', effects: ['data-loss'], reason }];
}

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const verb = call.path[0];
  if (verb === 'init') return initialised(call, finding);
  if (verb === 'plan' && /\.tfstate(?:\.backup)?$/.test(optionText(call, '-out') ?? '')) return [{ ...finding, mutation: 'destructive', effects: ['data-loss'], reason: `${call.tool}: Writes the plan over ${optionText(call, '-out') ?? ''}, which is the name of a state.` }];
  if (verb === 'refresh') return [{ ...finding, reason: `${call.tool}: Writes what the providers report into the state; what they no longer find it forgets.` }];
  if (verb !== 'apply' && verb !== 'destroy') return undefined;
  const targets = optionTexts(call, '-target').map((name) => ({ type: 'resource', name, known: true }));
  const replaced = optionTexts(call, '-replace').map((name) => ({ type: 'resource', name, known: true }));
  const plan = verb === 'apply' ? call.args.find((w) => w.value !== undefined) : undefined;
  const unasked = flag(call, '-auto-approve') || plan !== undefined;
  const guardsOff = unasked && plan === undefined ? ['-auto-approve'] : [];
  // With a saved plan the options of the planning mean nothing.
  if (plan === undefined && surely(call, '-refresh-only') && option(call, '-invoke') === undefined) return [{ ...finding, guardsOff: [], reason: `${call.tool}: Writes what the providers report into the state: no resource changes, and what they no longer find is forgotten.` }];
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
    names, provider,
    source: 'Terraform CLI documentation, "Commands"; `terraform <command> -help` of 1.11; OpenTofu CLI documentation', valued: '',
    singleDash: true,
    reader: (words, invocation, detect) => readTerraformLine(words, (name) => added(name, invocation, detect)),
    // Only this may stand before a command, and only with its value behind the equals sign. Source: Terraform CLI documentation, "Global Option: -chdir".
    ahead: { valued: [], attached: ['-chdir'], flags: [] }, commands: COMMANDS, otherwise: 'unknown',
    guards: '-auto-approve -force -lock=false', where: WHERE, refine,
    before: (call) => {
      // These two count wherever they stand.
      const instead = call.options.find((o) => o.name === '-version' || o.name === '-help');
      if (instead !== undefined) return [found(call, { action: instead.name.slice(1), mutation: 'none', reason: 'Shows help or the version: changes nothing.' })];
      const open = call.problems.find((p) => p.includes('TF_CLI_ARGS'));
      if (open === undefined || !/^(?:apply|init|state|refresh|import)$/.test(call.args[0]?.value ?? 'state')) return undefined;
      return [found(call, { action: call.args[0]?.value ?? 'unknown', mutation: 'unknown', reason: `${call.tool}: Runs with options that are not known; they may make it a destroy. ${open}`, unknowns: [open] })];
    },
  });
}

/** Terraform. */
export const terraform = terraformLike(['terraform', 'tf'], 'terraform');
