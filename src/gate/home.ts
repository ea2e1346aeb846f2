import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The folder of one user that shims, sockets and the ledger share. Its paths are the same for every window. */
export interface Home {
  readonly dir: string;
  /** The shims, first on PATH in guarded terminals. */
  readonly bin: string;
  /** What the shims start, and where Node is. */
  readonly lib: string;
  /** Sockets and discovery files of the windows that are open. */
  readonly run: string;
  readonly ledger: string;
  /** Temporary files of previews: a plan that waits for its yes. */
  readonly previews: string;
  /** What stood before an approved run: templates, parameters, state. */
  readonly kept: string;
  /** What previews note for the next one. */
  readonly memory: string;
  /** The team's rules as they were last seen committed. */
  readonly seenRules: string;
}

/** The home at a folder of the caller's choice. */
export function homeAt(dir: string): Home {
  return { dir, bin: path.join(dir, 'bin'), lib: path.join(dir, 'lib'), run: path.join(dir, 'run'), ledger: path.join(dir, 'ledger'), previews: path.join(dir, 'previews'), kept: path.join(dir, 'kept'), memory: path.join(dir, 'memory.json'), seenRules: path.join(dir, 'seen-rules.json') };
}

/** The user's home: `~/.holdpoint`. */
export function defaultHome(): Home {
  return homeAt(path.join(os.homedir(), '.holdpoint'));
}

/** The home that a program in this folder is installed in (`<home>/lib`); the user's own when it runs from elsewhere. */
export function ownHomeOf(folder: string): Home {
  const above = path.dirname(folder);
  return path.basename(folder) === 'lib' && existsSync(path.join(above, 'bin')) ? homeAt(above) : defaultHome();
}

/**
 * Makes the folders, closed to everybody else.
 * @throws when a folder can't be made, is a link, or belongs to somebody else: then nothing in it can be trusted.
 */
export function makeHome(home: Home): void {
  for (const dir of [home.dir, home.bin, home.lib, home.run, home.ledger, home.previews, home.kept]) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const stat = lstatSync(dir);
    if (!stat.isDirectory()) throw new Error(`${dir} is not a folder. Move it away, then reload the window.`);
    if (process.getuid && stat.uid !== process.getuid()) throw new Error(`${dir} belongs to another user. Move it away, then reload the window.`);
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) chmodSync(dir, 0o700);
  }
}
