import { realpathSync } from 'node:fs';
import path from 'node:path';

/** Where a path really leads; the path itself, made absolute, where nothing stands there. */
export function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}
