import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { executionWords, notKnown, type BlastRadius, type Evidence, type FirstAsks, type Prepared, type Execution } from '../../model';
import { fail } from '../failure';
import { previewFromOperation } from '../from-operation';
import { blastRadius } from '../radius';
import type { PreviewRequest, StateRequest } from '../request';
import type { PreviewSource, Seen, SourceAt, SourceOf } from '../source';
import { lastWords, toolJson, type ToolAnswer } from '../tool-run';
import { applyArgv, globals, isOn, notPlanned, planArgs, readTerraform, wordVariables, type TerraformCommand } from './command';
import { fromPlan } from './from-plan';
import { commandsOfRemoved } from './removed';
import { guardsLost } from './guards';
import { readPlan } from './plan-json';
import { markOf, oddities, seenElsewhere, stateKey } from './lineage';
import { keepState, lineageOf, previewState, pulled } from './state';
import { programsIn, programsOfRead } from './programs';
import { ownQuestion } from './question';
import { call, dataFolder, stackName, workspaceOf, type Tool } from './tool';

/** `terraform apply|destroy` by a plan that is saved and then applied as it is; commands on the state by reading it. OpenTofu likewise. */
export const terraformSource: SourceOf = (request) => {
  const command = readTerraform(request.argv, request.cwd, process.env);
  if (command === undefined) return undefined;
  const preview = request.kind === 'preview' ? request : undefined;
  const offline = (because?: string): BlastRadius => offlineRadius(request, because);
  if (typeof command === 'string') return { offline: () => offline(command), live: () => Promise.resolve({ blastRadius: offline(command) }) };
  const tool: Tool = { command, executable: request.executable ?? command.tool, cwd: request.cwd, limitMs: request.timeoutMs };
  const planned = command.verb === 'apply' || command.verb === 'destroy';
  const source: PreviewSource = {
    offline,
    live: (at) => (preview === undefined ? Promise.resolve({ blastRadius: offline() }) : planned ? previewPlan(tool, preview, at) : consent(tool, preview, at, 'Reading the state').then((asks) => asks ?? previewState(tool, preview, at))),
    // A saved plan is refused by the tool itself once the state has moved; for the other commands this looks.
    ...(planned ? {} : { state: (at: SourceAt) => lineageOf(tool, at) }),
  };
  return source;
};

function offlineRadius(request: PreviewRequest | StateRequest, because?: string): BlastRadius {
  const told = previewFromOperation(request.operation);
  return because === undefined ? told : { ...told, unknowns: [notKnown('state', 'what stands', because), ...told.unknowns] };
}

async function previewPlan(tool: Tool, request: PreviewRequest, at: SourceAt): Promise<Seen> {
  const { command } = tool;
  const { product } = command;
  const given = command.verb === 'apply' ? command.args[0] : undefined;
  if (command.args.length > (given === undefined ? 0 : 1)) return fail('command', `${product} takes at most a plan file here, and refuses ${command.args.join(' ')}. Check the command.`);
  const strange = notPlanned(command);
  if (strange !== undefined) return fail('command', `A plan does not show what ${strange} makes of this command. Decide by the command itself, or run it without ${strange}.`);
  if (request.folder === undefined) return fail('crashed', 'The preview got no folder for its plan file. Reload the window and preview again.');
  const folder = command.folder;
  const file = path.join(request.folder, 'plan.tfplan');
  if (given === undefined) {
    const asks = await consent(tool, request, at, 'A plan');
    if (asks !== undefined) return asks;
    at.events.progress(`${product} makes a plan…`);
    const made = await call(tool, at, planArgs(command, file));
    if (made.code !== 0) return fail('refused', refusal(command, made));
  } else {
    // A copy: what is shown is what runs, whatever becomes of the file meanwhile.
    await copyFile(path.resolve(folder, given), file).catch((error: NodeJS.ErrnoException) => fail('command', `The plan ${given} can't be read (${error.code ?? error.message}). Check the path, or make a new plan with '${command.tool} plan -out=${given}'.`));
  }
  const asks = given === undefined ? undefined : await consent(tool, request, at, 'Reading the plan');
  if (asks !== undefined) return asks;
  at.events.progress('Reading the plan…');
  const shown = await call(tool, at, ['show', '-json', file]);
  if (shown.code !== 0) return fail('refused', given === undefined ? refusal(command, shown) : `${given} can't be read as a plan: ${lastWords(shown)}. Make a new one with '${command.tool} plan -out=${given}', then preview again.`);
  const plan = readPlan(toolJson(shown.stdout, `${command.tool} show -json`));
  const removes = plan.changes.some((c) => c.actions.join() === 'delete') ? await commandsOfRemoved(folder, dataFolder(command, at.env)) : [];
  const read = fromPlan(plan, { refreshOnly: given === undefined && isOn(command, '-refresh-only'), removes });
  const gone = read.resources.filter((r) => r.action === 'remove' || r.replacement !== 'no');
  const guards = await guardsLost(folder, gone, at.signal);
  const workspace = await workspaceOf(command, at.env);
  const state = await pulled(tool, at);
  const mark = markOf(state);
  const key = stateKey(folder, workspace);
  const odd = oddities(mark, request.memory?.[key], plan);
  const elsewhere = seenElsewhere(mark, key, request.memory);
  const { accounts } = mark;
  const from = given === undefined ? `a plan made just now (${command.tool} plan, ${product} ${plan.version})` : `the saved plan ${given} (${product} ${plan.version})`;
  const evidence: Evidence[] = [
    { what: 'Resources, actions and reasons', from: `${command.tool} show -json of ${from}` },
    { what: 'Who needs what', from: 'references in the plan\'s configuration, and the state\'s notes where it has none' },
    { what: 'What becomes of data', from: 'the settings in the state, by the providers\' documentation; size and backups are not in a plan' },
    ...(guards.unknown === undefined && gone.length > 0 ? [{ what: 'Guards that were there', from: 'the configuration at git HEAD' }] : []),
  ];
  const radius = blastRadius({
    source: 'plan', sourceDetail: `From ${from}${plan.complete ? '' : '; it is limited to a part of the configuration (-target)'}.`, evidence,
    context: { ...(accounts.length === 1 ? { account: accounts[0] } : {}), ...request.operation.context, other: { ...request.operation.context.other, workspace, directory: folder } },
    stack: stackName(command, workspace),
    resources: read.resources, dependencies: read.dependencies,
    unknowns: [...odd.unknowns, ...read.unknowns, ...(guards.unknown === undefined ? [] : [notKnown('state', 'prevent_destroy', guards.unknown)])],
    warnings: [...elsewhere, ...odd.warnings, ...guards.warnings, ...read.warnings],
  });
  const kept = gone.length > 0 || read.resources.some((r) => r.outcome === 'modified' || r.action === 'forget') ? await keepState(tool, state, request.folder) : [];
  const note = { key, value: mark, doubtful: odd.unknowns.length > 0 };
  // Source: Terraform, internal/command/arguments/apply.go, "Plan file or auto-approve required"; -input=false keeps it from no question of this kind.
  if (given === undefined && !isOn(command, '-auto-approve') && isOn(command, '-json')) {
    return { blastRadius: { ...radius, warnings: [...radius.warnings, `${product} refuses this command: with -json it can't ask, and -auto-approve is not given.`] } };
  }
  const question = given !== undefined || isOn(command, '-auto-approve') || plan.nothingToDo ? undefined : ownQuestion(command, file, workspace);
  return { blastRadius: radius, kept, note, prepared: await prepare(command, file, given, question) };
}

/** Source: `terraform fmt -help`, -check: the files are not in the usual form. */
const FMT_DIFFERS = 3;

/** What executing something for the preview would need a yes for; undefined when there is nothing, or the yes was given. */
async function consent(tool: Tool, request: PreviewRequest, at: SourceAt, what: 'A plan' | 'Reading the plan' | 'Reading the state'): Promise<Seen | undefined> {
  const { command } = tool;
  const where = { folder: command.folder, dataFolder: dataFolder(command, at.env), env: at.env };
  if (request.allowExecution) return undefined;
  const { found, unread } = what === 'A plan' ? await programsIn(where) : { found: await programsOfRead(where), unread: [] };
  for (const file of unread.filter((name) => /\.(?:tf|tofu)$/.test(name))) {
    // It only parses, and starts nothing. What the tool can't read either is its to refuse.
    const parsed = await call(tool, at, ['fmt', '-check', '-list=false', '-write=false', '-no-color', `./${file}`]);
    if (parsed.code !== 0 && parsed.code !== FMT_DIFFERS) return fail('refused', refusal(command, parsed));
  }
  const programs = [...found, ...unread.map((file): Execution => ({ kind: 'unread', subject: file, text: `what ${file} says, which can't be read with certainty` }))];
  if (programs.length === 0) return undefined;
  at.events.asksConsent(programs);
  return { blastRadius: offlineRadius(request, `${what} would execute ${executionWords(programs)}, so ${what === 'A plan' ? 'none was made' : 'it was not read'}.`) };
}

async function prepare(command: TerraformCommand, file: string, given: string | undefined, firstAsks: FirstAsks | undefined): Promise<Prepared> {
  const sha256 = createHash('sha256').update(await readFile(file)).digest('hex');
  return {
    argv: applyArgv(command, file), withoutEnv: [...new Set([...wordVariables('apply'), ...wordVariables(command.verb), ...(firstAsks === undefined ? [] : wordVariables('show'))])], files: [{ path: file, sha256 }],
    ...(firstAsks === undefined ? {} : { firstAsks }),
    explanation: `${given === undefined ? 'Exactly this plan' : `Exactly the plan ${given}, as it was when it was read,`} is applied, whatever changes in the folder meanwhile; ${command.product} refuses it if the state has changed.`,
  };
}

/** Why there is no plan, with the next step. */
function refusal(command: TerraformCommand, answer: ToolAnswer): string {
  const { product, tool, folder } = command;
  const words = lastWords(answer, 900);
  if (/terraform init|tofu init|initiali[sz]ation required|not (?:yet )?installed|Inconsistent dependency lock file/i.test(words)) {
    return `${product} is not ready in ${folder}: ${words}. Run '${[tool, ...globals(command), 'init'].join(' ')}', then preview again.`;
  }
  if (/prevent_destroy/.test(words)) return `${product} refuses this itself: ${words}. Nothing would be destroyed while prevent_destroy stands.`;
  // Source: Terraform, backend/remote, "Saving a generated plan is currently not supported".
  if (/Saving a generated plan is currently not supported/i.test(words)) return `${product}'s remote backend saves no plan that could be shown and applied: ${words}. Look at the run that '${[tool, ...globals(command), 'plan'].join(' ')}' starts there before you approve; what runs then is a plan of its own.`;
  if (/No value for (?:required )?variable|variable is not set/i.test(words)) return `${product} can't make a plan without asking: ${words}. Give the values with -var or -var-file, then preview again.`;
  return `${product} makes no plan: ${words}. Mend that, then preview again.`;
}
