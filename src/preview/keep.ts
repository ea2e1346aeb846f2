import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Kept } from '../model';

/**
 * Writes what stands now into the preview's own folder, closed to everybody else: if the command is approved, it is kept as the way back.
 * @param folder of this preview. @param name of the file, made safe here.
 */
export async function keepFile(folder: string, name: string, text: string, what: string): Promise<Kept> {
  const inside = path.join(folder, 'kept');
  await mkdir(inside, { recursive: true, mode: 0o700 });
  const file = path.join(inside, name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^\.+/, '').slice(0, 150) || 'kept');
  await writeFile(file, text, { mode: 0o600 });
  return { path: file, what };
}
