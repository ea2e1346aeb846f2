import { readFileSync } from 'node:fs';
import path from 'node:path';

import { predict, predictBatch, predictDelete } from '../detect/templates/cloudformation';
import { OUTCOMES, type AffectedResource } from '../model';
import { headText } from '../preview/git-head';
import { answerLines } from './lines';
import { readArgs, UsageError } from './usage';

export const PREVIEW_HELP = `holdpoint preview [--json] TEMPLATE
  What the working copy of a CloudFormation template would change, against git HEAD.

holdpoint preview [--json] --before FILE --after FILE
  The same for two files. Without --after: what deleting the stack would take down.

holdpoint preview --templates -
  JSON Lines: takes {"before": {"template", "parameters"}, "after": {…}}, answers {"source", "resources": […]}, in order.

All of it is predicted offline, from the templates alone: no call is made. Exit code 0, or 2 when a template can't be read.
`;

export async function preview(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArgs(
    args,
    { json: { type: 'boolean' }, templates: { type: 'string' }, before: { type: 'string' }, after: { type: 'string' } },
    PREVIEW_HELP,
  );
  if (values.templates !== undefined) {
    if (values.templates !== '-') throw new UsageError("'--templates' reads standard input: write '--templates -'.");
    return answerLines(predictBatch);
  }
  const { before, after } = await sides(values.before, values.after, positionals);
  const prediction = after === undefined ? predictDelete(before ?? '') : predict({ template: before }, { template: after });
  if (prediction.problem !== undefined) throw new UsageError(`the template can't be read: ${problemText(prediction.problem)}`);
  const resources = prediction.resources.filter((r) => r.action !== 'none');
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ source: 'offline', resources, dependencies: prediction.dependencies, unknowns: prediction.unknowns, warnings: prediction.warnings }, null, 2)}\n`);
  } else {
    process.stdout.write(asText(resources, prediction.unknowns, prediction.warnings));
  }
  return 0;
}

async function sides(before: string | undefined, after: string | undefined, positionals: readonly string[]): Promise<{ before?: string; after?: string }> {
  if (before !== undefined || after !== undefined) {
    if (positionals.length > 0) throw new UsageError('name either one template, or --before and --after.');
    return { before: before === undefined ? undefined : read(before), after: after === undefined ? undefined : read(after) };
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError(`name one template.\n\n${PREVIEW_HELP}`);
  const head = await headText(path.resolve(file));
  if (head.kind === 'unavailable') throw new UsageError(`${file} can't be compared with git HEAD: ${head.why}. Name both sides: --before FILE --after FILE.`);
  return { before: head.kind === 'text' ? head.text : undefined, after: read(file) };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read (${String((error as NodeJS.ErrnoException).code)}).`);
  }
}

function problemText(problem: unknown): string {
  return typeof problem === 'string' ? problem : ((problem as { message?: string }).message ?? JSON.stringify(problem));
}

/** The blast radius as text, what is lost first. */
export function asText(
  resources: readonly AffectedResource[], unknowns: readonly string[], warnings: readonly string[], source = 'Predicted offline, from the templates alone.',
): string {
  const lines: string[] = [source];
  for (const outcome of OUTCOMES) {
    const group = resources.filter((r) => r.outcome === outcome);
    if (group.length === 0 || outcome === 'unchanged') continue;
    lines.push('', `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)} (${group.length})`);
    for (const r of group) {
      lines.push(`  ${r.id}  ${r.type}${r.data === 'none' ? '' : `  data: ${r.data}`}`);
      for (const because of r.because) lines.push(`      ${because}`);
      if (r.reversibility.how) lines.push(`      Way back: ${r.reversibility.how}`);
    }
  }
  if (resources.length === 0) lines.push('', 'Nothing changes.');
  if (warnings.length > 0) lines.push('', 'Worth knowing', ...warnings.map((w) => `  ${w}`));
  if (unknowns.length > 0) lines.push('', 'Not known', ...unknowns.map((u) => `  ${u}`));
  return `${lines.join('\n')}\n`;
}
