import { cpSync } from 'node:fs';

import { temporary } from './temporary';

let folder: string | undefined;

/** Puts the built client, command line and preview worker with their tables (scripts/build-tests.mjs) into a folder that the tests of a file share. */
export function bundled(): string {
  if (folder === undefined) {
    folder = temporary('hp-dist-', true);
    cpSync('out/programs', folder, { recursive: true });
  }
  return folder;
}
