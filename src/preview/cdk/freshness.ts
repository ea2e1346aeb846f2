import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What can be said of the age of a synthesised folder. */
export interface Freshness {
  /** ISO 8601 time of the synthesis; undefined when there is none. */
  readonly madeAt: string | undefined;
  /** A file of the app that is newer, seen from the app's folder. */
  readonly newer: string | undefined;
  /** False when the app has more files than are looked at. */
  readonly complete: boolean;
}

/** A program's own sources and settings; what is built from them is made anew by the synthesis. */
const SOURCES = /\.(?:[cm]?[jt]sx?|py|java|kts?|cs|fs|go|json|ya?ml|toml|sh|sql|html|xml|gradle|csproj)$/i;
/** Folders that are not written by hand: dependencies, versions, caches. */
const SKIPPED = /^(?:\..*|node_modules|venv|env|__pycache__|cdk\.out.*|coverage|bower_components|site-packages)$/;
const MAX_FILES = 20_000;
const MAX_DEPTH = 20;

/** Compares the time of the synthesis with the newest source file of the app. Reads names and times only. */
export function freshnessOf(app: string, output: string): Freshness {
  const made = modified(path.join(output, 'manifest.json'));
  if (made === undefined) return { madeAt: undefined, newer: undefined, complete: true };
  let seen = 0;
  let newest: { readonly file: string; readonly at: number } | undefined;
  const waiting: { readonly folder: string; readonly depth: number }[] = [{ folder: app, depth: 0 }];
  for (let at = waiting.pop(); at !== undefined && seen < MAX_FILES; at = waiting.pop()) {
    for (const entry of entries(at.folder)) {
      const file = path.join(at.folder, entry.name);
      seen += 1;
      if (entry.isDirectory()) {
        if (!SKIPPED.test(entry.name) && file !== output && at.depth < MAX_DEPTH) waiting.push({ folder: file, depth: at.depth + 1 });
      } else if (entry.isFile() && SOURCES.test(entry.name)) {
        const time = modified(file);
        if (time !== undefined && time > (newest?.at ?? made)) newest = { file, at: time };
      }
    }
  }
  return { madeAt: new Date(made).toISOString(), newer: newest === undefined ? undefined : path.relative(app, newest.file), complete: seen < MAX_FILES };
}

function modified(file: string): number | undefined {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return undefined;
  }
}

function entries(folder: string): ReturnType<typeof list> {
  try {
    return list(folder);
  } catch {
    return [];
  }
}

function list(folder: string): import('node:fs').Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}
