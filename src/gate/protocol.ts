/** What the client and the gate say to each other: one JSON object a line, over a local socket. */
import { variablesIn } from '../detect/tools/aws/path';
import type { FirstAsks, Input } from '../model';

/** What the client knows about who started it. */
export interface ActorFacts {
  /** Environment variables that mark an agent or an editor, as far as they are set. */
  readonly marks: Readonly<Record<string, string>>;
  /** Names of the parent processes, nearest first. */
  readonly ancestry: readonly string[];
  /** Numbers of the parent processes, nearest first; empty where the system does not tell. */
  readonly parents?: readonly number[];
  /** True when a terminal stands behind the command. */
  readonly tty: boolean;
  readonly user: string;
}

export interface Ask {
  readonly type: 'ask';
  /** The client's proof that it knows the window's token. */
  readonly token: string;
  /** The tool's name as it was called. */
  readonly tool: string;
  /** Absolute path of what would run. */
  readonly executable: string;
  /** argv[0] is the tool's name. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The variables that decide where the command goes and as whom; see `relevantEnv`. */
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  /** What stands behind its standard input: a command that takes its orders from there is no session of a person when it is a pipe or a file. */
  readonly stdin?: 'terminal' | 'pipe' | 'file' | 'none';
  readonly actor: ActorFacts;
}

export type ClientMessage =
  /** The first word: whoever answers it proves that it is the window of the discovery file, before it hears anything else. */
  | { readonly type: 'hello'; readonly nonce: string }
  | Ask
  | { readonly type: 'ping'; readonly token: string }
  /** An input changed between the gate's word and the start. */
  | { readonly type: 'moved'; readonly path: string }
  /** The word came too late: this process was stopped meanwhile. */
  | { readonly type: 'late' }
  /** The answer to the tool's own question. */
  | { readonly type: 'answered'; readonly yes: boolean }
  | { readonly type: 'started' }
  | { readonly type: 'outcome'; readonly exitCode: number | null; readonly signal: string | null }
  | { readonly type: 'cancel' };

export type GateMessage =
  /** The gate's proof, and what the client proves its question with; see `proofOf`. */
  | { readonly type: 'hello'; readonly proof: string; readonly nonce: string }
  /** The question arrived; the next word (held, run or refuse) comes within this time, or the gate is taken for dead. */
  | { readonly type: 'heard'; readonly withinMs: number }
  /** It waits for a person, and is decided within this time. */
  | { readonly type: 'held'; readonly id: string; readonly withinMs: number }
  /** Lines for the person, on standard error. */
  | { readonly type: 'say'; readonly lines: readonly string[] }
  /** Start it, if these files still have these digests and the time (see `monotonicMs`) is not past `until`. */
  | {
      readonly type: 'run';
      /** The command's id in the ledger. */
      readonly id: string;
      readonly inputs: readonly Input[]; readonly until: number;
      /** What runs in place of the words that were asked about: exactly what was previewed. */
      readonly instead?: { readonly argv: readonly string[]; readonly withoutEnv: readonly string[] };
    }
  /** Nothing has to be held, but the typed command would ask before it changes anything: ask the same about what was prepared, then say what was answered. */
  | FirstQuestion
  | { readonly type: 'refuse'; readonly code: number; readonly lines: readonly string[] }
  | { readonly type: 'pong'; readonly version: string };

export interface FirstQuestion {
  readonly type: 'question';
  readonly asks: FirstAsks;
  /** Variables that the command that shows it must not see. */
  readonly withoutEnv: readonly string[];
}

/** Denied (EX_NOPERM), and could not decide (EX_TEMPFAIL); see sysexits(3). */
export const DENIED = 77;
export const UNDECIDED = 75;

/** Milliseconds on a clock that all processes of this machine share and nobody can set: not the time of day. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/** A line may be this long: argv is limited by the system (2 MB on Linux), and JSON escapes at most double plain text. */
export const MAX_LINE = 8 * 1024 * 1024;

/** Where a window's gate listens. Stored as `run/<id>.json`, readable for its user only. */
export interface Discovery {
  readonly pid: number;
  readonly socket: string;
  readonly token: string;
  /** The window's folders, absolute. */
  readonly folders: readonly string[];
  /** When the window had the focus last, in milliseconds since 1970. */
  readonly focusedAt: number;
  readonly version: string;
  /** When the process began, where the system tells: its number may be another's by now. */
  readonly birth?: string;
}

const RELEVANT = /^(AWS_|AZURE_|ARM_|GOOGLE_|CLOUDSDK_|KUBE|HELM_|TF_|VAULT_|PULUMI_|SSL_|XDG_|LC_|DATABASE_URL$|PG|MYSQL_)|^(HTTPS?_PROXY|NO_PROXY|ALL_PROXY|NODE_EXTRA_CA_CERTS|HOME|USERPROFILE|PATH|LANG|TMPDIR|TEMP|TMP|SYSTEMROOT|APPDATA|LOCALAPPDATA)$/i;

/** Tools whose variables are all known by their beginning; any other may load plugins that read variables of their own (a provider's token). */
const OF_KNOWN_VARIABLES = /^(?:aws|gcloud|gsutil|bq|az)(?:\.exe|\.cmd|\.bat)?$/i;
/** No plugin reads what a shell keeps for itself. */
const OF_THE_SHELL = /^(?:_|SHLVL|OLDPWD|PWD|PS[0-9]|PROMPT_COMMAND|LS_COLORS|BASH_FUNC_.*|HISTFILE|HISTSIZE|COLUMNS|LINES)$/;

/**
 * The variables that decide where a command goes and as whom. They leave the client's memory only to the gate of the same user.
 * @param tool the tool's name as it was called.
 * @param words its own words: a variable that one of them names may be part of a file's path, and the tool puts it in.
 */
export function relevantEnv(env: Readonly<Record<string, string | undefined>>, tool: string, words: readonly string[] = []): Record<string, string> {
  const few = OF_KNOWN_VARIABLES.test(tool.split(/[\\/]/).pop() ?? tool);
  const kept: Record<string, string> = {};
  const named = variablesIn([...words, ...Object.keys(env).flatMap((name) => (RELEVANT.test(name) ? (env[name] ?? []) : []))]);
  for (const name of Object.keys(env).sort()) {
    const value = env[name];
    if (value !== undefined && (named.has(name) || (few ? RELEVANT.test(name) : !OF_THE_SHELL.test(name)))) kept[name] = value;
  }
  return kept;
}

/**
 * Cuts a stream into lines and reads each as JSON.
 * @param onLine gets each parsed value. @param onBad is told once about a line that is too long or not JSON.
 */
export function lineReader(onLine: (value: unknown) => void, onBad: (why: string) => void): (chunk: string) => void {
  let rest = '';
  let bad = false;
  const stop = (why: string): void => {
    bad = true;
    rest = '';
    onBad(why);
  };
  return (chunk) => {
    if (bad) return;
    rest += chunk;
    for (let end = rest.indexOf('\n'); end >= 0 && !bad; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        stop('a line is not JSON');
        return;
      }
      onLine(value);
    }
    if (rest.length > MAX_LINE) stop('a line is too long');
  };
}
