import { readFileSync } from 'node:fs';
import path from 'node:path';

import { predict, predictBatch, predictDelete } from '../detect/templates/cloudformation';
import { shWord } from '../model/sh-quote';
import type { BlastRadius } from '../model';
import { redactArgv } from '../model/redact';
import { headText } from '../preview/git-head';
import { blastRadius } from '../preview/radius';
import { asJson } from '../preview/render/json';
import { asMarkdown } from '../preview/render/markdown';
import { asText } from '../preview/render/text';
import { answerLines } from './lines';
import { complain, print } from './out';
import { readArgs, UsageError } from './usage';

export const PREVIEW_HELP = `holdpoint preview [--format F] [--offline] [--allow-programs] -- COMMAND ARG…
  The blast radius of a command of a guarded tool: what it would take down, who needs that, what happens to the data, the
  way back. It reads with the command's own tool and credentials, changes nothing, and runs nothing of the command itself.
  --offline makes no call; --allow-programs lets the dry run execute programs of the configuration (macros, external data).

holdpoint preview [--format F] TEMPLATE
  What the working copy of a CloudFormation template would change, against git HEAD.

holdpoint preview [--format F] --before FILE --after FILE
  The same for two files. Without --after: what deleting the stack would take down.

holdpoint preview --templates -
  JSON Lines: takes {"before": {"template", "parameters"}, "after": {…}}, answers {"source", "resources": […]}, in order.

--format is text, markdown (for a pull request) or json (schema: schemas/blast-radius.schema.json); --json is --format json.
Files are predicted offline, without any call. Exit code 0; 2 when a file or the words can't be read; 75 when a command could
not be previewed: what is known without a preview is printed then, and why.
`;

const FORMATS = ['text', 'markdown', 'json'] as const;
type Format = (typeof FORMATS)[number];

export async function preview(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--');
  const { values, positionals } = readArgs(
    at < 0 ? args : args.slice(0, at),
    {
      json: { type: 'boolean' }, format: { type: 'string' }, templates: { type: 'string' }, before: { type: 'string' }, after: { type: 'string' },
      offline: { type: 'boolean' }, 'allow-programs': { type: 'boolean' },
    },
    PREVIEW_HELP,
  );
  const format = formatOf(values.json === true ? 'json' : (values.format ?? 'text'));
  if (at >= 0) {
    if (positionals.length > 0 || values.before !== undefined || values.after !== undefined || values.templates !== undefined) throw new UsageError('name either a command behind --, or files.');
    const { previewed } = await import('./preview-command');
    const { radius, problem, prepared } = await previewed(args.slice(at + 1), { mode: values.offline ? 'offline' : 'live', allowExecution: values['allow-programs'] === true });
    const command = redactArgv(args.slice(at + 1));
    print(formatted(radius, format, command.map(shWord).join(' '), { command, ...(prepared === undefined ? {} : { prepared }) }));
    if (problem !== undefined) complain(problem);
    return problem === undefined ? 0 : 75;
  }
  if (values.templates !== undefined) {
    if (values.templates !== '-') throw new UsageError("'--templates' reads standard input: write '--templates -'.");
    return answerLines(predictBatch);
  }
  const { before, after } = await sides(values.before, values.after, positionals);
  const prediction = after === undefined ? predictDelete(before ?? '') : predict({ template: before }, { template: after });
  if (prediction.problem !== undefined) throw new UsageError(`the template can't be read: ${problemText(prediction.problem)}`);
  const radius = blastRadius({
    source: 'offline', sourceDetail: 'Predicted offline, from the templates alone.', context: {},
    resources: prediction.resources.filter((r) => r.action !== 'none'), dependencies: prediction.dependencies, unknowns: prediction.unknowns, warnings: prediction.warnings,
  });
  print(formatted(radius, format, positionals[0] ?? values.after ?? values.before ?? 'template', {}));
  return 0;
}

function formatOf(text: string): Format {
  const format = FORMATS.find((f) => f === text);
  if (format === undefined) throw new UsageError(`there is no format '${text}': write ${FORMATS.join(', ')}.`);
  return format;
}

function formatted(radius: BlastRadius, format: Format, title: string, more: NonNullable<Parameters<typeof asJson>[1]>): string {
  switch (format) {
    case 'text': return asText(radius, more.prepared === undefined ? {} : { prepared: more.prepared.explanation });
    case 'markdown': return asMarkdown(radius, title);
    case 'json': return asJson(radius, more);
  }
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
