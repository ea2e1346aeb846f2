import { homedir } from 'node:os';
import { notKnown, type Evidence, type Unknown } from '../../model';
import { awsEndpointName } from '../../detect/knowledge/aws-operations';
import { readTextFile } from '../reading';
import { PreviewError } from '../failure';
import type { SourceAt } from '../source';
import { runTool, toolJson, type ToolAnswer } from '../tool-run';
import { actionOf, asFailure, readFailure, unknownSentence, type CliFailure } from './cli-failure';
import type { Held } from './held';
import { assertReadOnly } from './read-only';

/** One call of the AWS CLI that only reads. */
export interface Read {
  /** Service, operation, options: what stands behind `aws`, without global options. */
  readonly args: readonly string[];
  /** What it tells ("size and protection of orders-db"). */
  readonly what: string;
  /** Error codes that mean: there is no such thing. */
  readonly missing?: RegExp;
  /** The read that everything else rests on: without it the whole preview fails when AWS can't be reached at all. */
  readonly main?: boolean;
  /** Its output is text, not JSON. */
  readonly plain?: boolean;
  /** An answer that failed and still tells something (a dry run's). */
  readonly tells?: (failure: CliFailure) => unknown;
}

/** What a read gave. `unknown` was told to the person in a sentence already. */
export type Answer =
  | { readonly kind: 'data'; readonly data: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' };

/** Text of a read that was stopped at a limit. */
export interface PlainText {
  readonly text: string;
  readonly cut: boolean;
}

/** Makes reads through the real AWS CLI, a few at a time, and keeps what they were and what they could not tell. */
export interface Reader {
  read(read: Read): Promise<Answer>;
  readonly evidence: readonly Evidence[];
  readonly unknowns: readonly Unknown[];
  /** Ends what still runs and waits for it. */
  close(): Promise<void>;
}

/** Each takes about half a second of processor time. */
const AT_ONCE = 5;
/** A preview that needs more calls than these is of a command that needs to be split. */
const MAX_CALLS = 60;
const LIMIT_MS = 20_000;
/** The part of the preview's time after which no further read begins. */
const IN_TIME = 0.8;
const SHORTEST_MS = 3_000;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_PLAIN_BYTES = 2 * 1024 * 1024;
/** A dry run of a whole bucket lists for long; what it said until then is enough. */
const PLAIN_LIMIT_MS = 15_000;

/**
 * @param executable the `aws` that the held command would run.
 * @param timeoutMs the time of the whole preview: reads that come too late are left out, so that what was read is still shown.
 */
export function createReader(held: Held, executable: string, cwd: string, at: SourceAt, timeoutMs: number): Reader {
  const started = Date.now();
  const left = (): number => timeoutMs * IN_TIME - (Date.now() - started);
  const evidence: Evidence[] = [];
  const unknowns: Unknown[] = [];
  const known = new Map<string, Promise<Answer>>();
  const free = gate(AT_ONCE);
  const context = { cwd, home: at.env['HOME'] ?? homedir(), env: at.env, readFile: readTextFile };
  const env = environment(at.env);
  let calls = 0;
  const ending = new AbortController();
  const signal = AbortSignal.any([at.signal, ending.signal]);

  const say = (sentence: string, what = 'what stands'): Answer => {
    unknowns.push(notKnown('state', what, sentence));
    return { kind: 'unknown' };
  };

  async function make(read: Read): Promise<Answer> {
    const service = read.args[0] ?? '';
    if (held.ownEndpoint && awsEndpointName(service) !== awsEndpointName(held.service)) {
      return say(`${read.what.charAt(0).toUpperCase()}${read.what.slice(1)} is not known: only ${held.service} is sent to its own address, so ${service} would answer about another place. Look at it there.`);
    }
    calls += 1;
    if (calls > MAX_CALLS) return say(`Not everything was looked up: this command needs more than ${MAX_CALLS} calls. Run it for fewer targets at a time.`);
    if (left() <= 0 && read.main !== true) return say('Not everything was looked up: AWS answers too slowly for the time of a preview. Preview again, or look at it in the console.');
    at.events.progress(`Reading ${read.what}`);
    let answer: ToolAnswer;
    try {
      assertReadOnly(read.args, context, held.otherEndpoint);
      answer = await runTool({
        executable, cwd, env, signal, args: [...read.args, ...held.globals, ...endpointFor(service, held, at.env), ...timeouts(held), ...(read.plain === true ? [] : ['--output', 'json']), '--color', 'off'],
        limitMs: Math.min(read.plain === true ? PLAIN_LIMIT_MS : LIMIT_MS, Math.max(left(), SHORTEST_MS)), maxBytes: read.plain === true ? MAX_PLAIN_BYTES : MAX_BYTES, partial: read.plain === true,
      });
    } catch (error) {
      if (!(error instanceof PreviewError) || error.failure.kind === 'cancelled' || signal.aborted || read.main === true) throw error;
      return say(`${read.what.charAt(0).toUpperCase()}${read.what.slice(1)} can't be read: ${error.failure.message}`);
    }
    if (answer.code !== 0 && answer.cut !== true) {
      const failure = readFailure(answer);
      const told = read.tells?.(failure);
      if (told !== undefined) return data(read, told);
      if (failure.code !== undefined && read.missing?.test(failure.code) === true) {
        note(read);
        return { kind: 'missing' };
      }
      const whole = read.main === true ? asFailure(failure, read.args, held.profile) : undefined;
      if (whole !== undefined) throw new PreviewError(whole);
      return say(unknownSentence(read.what, read.args, failure));
    }
    if (read.plain === true) return data(read, { text: answer.stdout, cut: answer.cut === true } satisfies PlainText);
    // Some operations answer with nothing at all when nothing is set (get-bucket-versioning).
    return data(read, answer.stdout.trim() === '' ? {} : toolJson(answer.stdout, `aws ${read.args.slice(0, 2).join(' ')}`));
  }

  const note = (read: Read): void => {
    evidence.push({ what: read.what, from: `aws ${read.args.slice(0, 2).join(' ')} (${actionOf(read.args)})` });
  };
  const data = (read: Read, value: unknown): Answer => {
    note(read);
    return { kind: 'data', data: value };
  };

  return {
    evidence, unknowns,
    read(read) {
      const key = JSON.stringify(read.args);
      const before = known.get(key);
      if (before !== undefined) return before;
      const made = free(() => make(read));
      known.set(key, made);
      return made;
    },
    async close() {
      ending.abort();
      await Promise.allSettled(known.values());
    },
  };
}

/** The held command's environment, without what would page, prompt or print credentials. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const out: NodeJS.ProcessEnv = { ...env, AWS_PAGER: '', AWS_CLI_AUTO_PROMPT: 'off' };
  // A read that fails must fail soon: the person waits.
  out['AWS_MAX_ATTEMPTS'] = '2';
  // Source: AWS CLI user guide, "Structured error output": the other formats can't be read line by line.
  out['AWS_CLI_ERROR_FORMAT'] = 'legacy';
  return out;
}

/**
 * The address of AWS_ENDPOINT_URL as an option for other services than the held command's: AWS CLI v1 overrides it for a few
 * (awscli/customizations/overridesslcommonname.py: rds, sqs, …), and a side read must not leave the place where the command acts.
 */
function endpointFor(service: string, held: Held, env: NodeJS.ProcessEnv): string[] {
  const url = env['AWS_ENDPOINT_URL'];
  if (!url || held.globals.includes('--endpoint-url') || /^true$/i.test(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? '')) return [];
  const name = awsEndpointName(service);
  return name === awsEndpointName(held.service) || env[`AWS_ENDPOINT_URL_${name}`] ? [] : ['--endpoint-url', url];
}

function timeouts(held: Held): string[] {
  return [
    ...(held.globals.includes('--cli-connect-timeout') ? [] : ['--cli-connect-timeout', '5']),
    ...(held.globals.includes('--cli-read-timeout') ? [] : ['--cli-read-timeout', '15']),
  ];
}

/** Lets so many run at once. */
function gate(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await run();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
