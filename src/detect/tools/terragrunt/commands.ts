import { findInWords } from '../../languages/commands';
import { knownWord, type Finding, type Tool, type Word } from '../../invocation';
import { flag, found, surely, type CliCall } from '../cli/call';
import { commandTool } from '../cli/command-tool';
import { terraform } from '../terraform/commands';

/** Options of Terragrunt's own that take the next word. Source: Terragrunt documentation, "CLI Reference". */
const VALUED = `--config --working-dir --download-dir --source --source-map --iam-assume-role --iam-assume-role-duration
  --iam-assume-role-session-name --parallelism --log-level --log-format --queue-include-dir --queue-exclude-dir --queue-excludes-file
  --units-that-include --tf-path --provider-cache-dir --feature --terragrunt-config --terragrunt-working-dir --terragrunt-source
  --terragrunt-include-dir --terragrunt-exclude-dir --terragrunt-iam-role --terragrunt-parallelism --terragrunt-log-level
  --terragrunt-tfpath --terragrunt-download-dir --queue-strict-include --filter --out-dir --json-out-dir -var -var-file -target -replace
  -out -state -lock-timeout -parallelism -backend-config -chdir`;

const OWN_OPTIONS = new Set(VALUED.split(/\s+/).filter((name) => !/^-[^-]/.test(name)));

const OWN = `
  hcl fmt,format,validate | read
  hclfmt,hclvalidate,graph-dependencies,dag,find,list,ls,render | read
  render-json,terragrunt-info,output-module-groups,validate-inputs,catalog | read
  scaffold,version,help,output-all,validate-all,plan-all,info | read
  dag graph               | read
  info print,strict       | read
  boilerplate             | add
  backend bootstrap       | add
  backend migrate         | change
  aws-provider-patch      | change
  backend delete          | destroy data-loss  # The bucket or table that holds the state goes.
  destroy-all             | destroy data-loss,outage  # Every unit below this folder is destroyed.
  stack clean             | destroy data-loss,outage  # Every unit below this folder is destroyed.
  apply-all               | plan
  stack run apply         | plan
  exec                    | runs
`;

/** Terragrunt's own options that take no word. Source: Terragrunt documentation, "CLI Reference". */
const OWN_FLAGS = /^--?(?:all|a|graph|non-interactive|no-auto-approve|no-auto-init|no-auto-retry|no-color|terragrunt-.*|queue-.*|backend-bootstrap|fail-fast|working-dir|no-.*|tf-forward-stdout|summary-.*|report-.*)(?:=|$)/;

const isOwn = (name: string): boolean => OWN_OPTIONS.has(name) || OWN_FLAGS.test(name);

/** The words as Terraform gets them: without what is Terragrunt's own, the command first. */
function forTerraform(call: CliCall, skip: number): readonly Word[] {
  // With an equals sign: a switch has no value in the next word.
  const options = call.options.filter((o) => !isOwn(o.name)).map((o) => (o.value === undefined ? knownWord(o.name) : withName(o.name, o.value)));
  const [command, ...words] = call.args.slice(skip);
  return [...(command ? [command] : []), ...options, ...words, ...(call.rest ?? [])];
}

function withName(name: string, value: Word): Word {
  if (value.value !== undefined) return knownWord(`${name}=${value.value}`, value.range);
  const [first, ...more] = value.parts;
  return { ...value, raw: `${name}=${value.raw}`, parts: [first === undefined ? undefined : `${name}=${first}`, ...more] };
}

const inner = (call: CliCall, skip: number, all: boolean): readonly Finding[] => {
  const argv = [call.invocation.argv[0], ...forTerraform(call, skip)].flatMap((w) => (w ? [w] : []));
  const [head] = argv;
  if (!head) return [];
  const findings = terraform.detect({ ...call.invocation, argv }, call.detect);
  return findings.map((f) => ({
    ...f, tool: 'terragrunt', operation: f.operation.replace(/^terraform:/, 'terragrunt:'),
    reason: all && f.mutation !== 'none' ? f.reason.replace(/^terraform: /, 'terragrunt, in every unit below this folder: ') : f.reason.replace(/^terraform: /, 'terragrunt: '),
    ...(f.saferForm?.replace && { saferForm: { title: f.saferForm.title, replace: f.saferForm.replace.replace(/^terraform/, 'terragrunt') } }),
  }));
};

/** Terragrunt: Terraform's commands for one unit, `run-all` and `run --all` for many. Source: Terragrunt documentation, "CLI Reference". */
export const terragrunt: Tool = commandTool({
  names: ['terragrunt', 'tg'], provider: 'terragrunt', source: 'Terragrunt documentation, "CLI Reference"', valued: VALUED,
  singleDash: true,
  flags: `--all -a --graph -auto-approve --auto-approve -destroy --destroy --non-interactive --terragrunt-non-interactive
    --no-auto-approve`,
  commands: OWN, otherwise: 'quiet', where: { workspace: 'TF_WORKSPACE', directory: '--working-dir --terragrunt-working-dir' },
  before: (call) => {
    if (surely(call, '--help') || surely(call, '-h')) return [found(call, { action: 'help', mutation: 'none', reason: 'Shows help: changes nothing.' })];
    const [first, second] = call.args;
    const name = first?.value;
    if (name === undefined) return first ? [found(call, { action: 'unknown', mutation: 'unknown', reason: `Runs a command of terragrunt that only ${first.raw} tells.` })] : [];
    if (name === 'run-all' || (name === 'run' && (flag(call, '--all', '-a') || flag(call, '--graph')))) return inner(call, 1, true);
    if (name === 'run') return inner(call, 1, false);
    if (name === 'stack' && second?.value === 'run') return inner(call, 2, true);
    if (name === 'exec') return findInWords((call.rest ?? []).map((w) => w.parts), call.invocation.range, call.detect);
    if (/^(?:hcl|hclfmt|hclvalidate|graph-dependencies|dag|find|list|ls|info|render|render-json|terragrunt-info|output-module-groups|validate-inputs|catalog|scaffold|backend|boilerplate|stack|aws-provider-patch|destroy-all|apply-all|plan-all|output-all|validate-all|help)$/.test(name)) return undefined;
    return inner(call, 0, flag(call, '--all', '-a'));
  },
});
