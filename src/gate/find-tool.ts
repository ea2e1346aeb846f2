import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { SHIM_MARK } from './shim-mark';

/** Finds a tool on PATH past every shims' folder, for callers that are no shim and for Windows, where a shim can't. */
export function findTool(name: string): string | undefined {
  const extensions = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  for (const dir of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (dir === '' || existsSync(path.join(dir, SHIM_MARK))) continue;
    for (const extension of extensions) {
      const file = path.resolve(dir, name + extension);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
