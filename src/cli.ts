import { check, CHECK_HELP } from './cli/check';
import { exec, EXEC_HELP } from './cli/exec';
import { ledger, LEDGER_HELP } from './cli/ledger';
import { preview, PREVIEW_HELP } from './cli/preview';
import { rules, RULES_HELP } from './cli/rules';
import { UsageError } from './cli/usage';
import { redact } from './model/redact';
import { manyLines } from './model/visible';
import { version } from '../package.json';

export { decideHere } from './cli/local';

/**
 * Programs of their own that share this file, because they need the same detection: `dist/preview-worker.js` and
 * `dist/judge-worker.js` only start theirs. Loaded when started.
 */
export const workers = { preview: () => import('./preview-worker'), judge: () => import('./judge-worker') };

const HELP = `holdpoint ${version}: stops a destructive infrastructure change before it runs.

  holdpoint check FILE…         what the files would destroy; exit code 1 when something would be held
  holdpoint preview …           the blast radius of a command, or of a change to a CloudFormation template
  holdpoint exec -- aws …       runs a command through the gate
  holdpoint ledger …            the record: show, verify, list, export, path, reseal
  holdpoint rules …             the team's rules: check, test

  holdpoint COMMAND --help      more about one of them
  holdpoint --version
`;

/** Each command takes its own arguments and gives its exit code. */
const COMMANDS: Readonly<Record<string, { run: (args: readonly string[]) => Promise<number>; help: string }>> = {
  check: { run: check, help: CHECK_HELP },
  preview: { run: preview, help: PREVIEW_HELP },
  exec: { run: exec, help: EXEC_HELP },
  ledger: { run: ledger, help: LEDGER_HELP },
  rules: { run: rules, help: RULES_HELP },
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`there is no command '${name}'. See 'holdpoint --help'.`);
  // Only what stands before `--` is ours: `exec -- aws help` asks the tool.
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (own.includes('--help') || own.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  return command.run(rest);
}

/** Runs as a program; the shim's client loads this file for `decideHere` alone. */
function start(): void {
  // A reader that goes away (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const usage = error instanceof UsageError;
      process.stderr.write(`holdpoint: ${manyLines(redact(error instanceof Error ? error.message : String(error)))}\n`);
      process.exitCode = usage ? 2 : 75;
    },
  );
}

if (require.main === module) start();
