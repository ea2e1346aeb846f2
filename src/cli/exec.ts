import path from 'node:path';

import { findTool } from '../gate/find-tool';
import { run } from '../gate/run';
import { oneLine } from '../model/visible';
import { mustBeKnown } from './known-tool';
import { UsageError } from './usage';

export const EXEC_HELP = `holdpoint exec -- COMMAND ARG…
  Runs a command of a tool that Holdpoint knows through the gate, also of one that no shim stands before (docker, psql): the
  window whose folder holds this one decides. Without a window, a person at a terminal is asked here, and an agent or a pipe
  gets a denial that says what to do.
  Exit code: the command's own; 77 when it was denied, 75 when nobody could decide.
`;

/** Runs the same client that a shim becomes, with the real tool found past the shims. */
export async function exec(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--');
  const argv = at === 0 ? args.slice(1) : undefined;
  const name = argv?.[0];
  if (!argv || name === undefined) throw new UsageError(`write the command behind '--'.\n\n${EXEC_HELP}`);
  mustBeKnown(name, "it does not run it. If you mean it, run it without 'holdpoint exec --': a tool that it starts is still asked about where that tool has a shim.");
  const real = path.isAbsolute(name) ? name : findTool(name);
  if (real === undefined) {
    process.stderr.write(`${oneLine(name)}: command not found\n`);
    return 127;
  }
  const client = await run({ executable: process.execPath, argv: [process.execPath, path.join(__dirname, 'client.js'), 'fds=', 'electron=', path.basename(name), real, ...argv.slice(1)], fds: [], ignored: [] });
  client.finish();
  return client.exitCode ?? 75;
}
