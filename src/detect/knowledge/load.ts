import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Folder of the packed tables, set at build time: beside the bundle in the product, `out/knowledge` for tests. */
declare const KNOWLEDGE_DIR: string;

const loaded = new Map<string, unknown>();

/**
 * Reads a knowledge table on first use and keeps it: tables are large, and most sessions need only some.
 * @param file name of a table of `knowledge/`, which the build packs (scripts/knowledge/tables.mjs).
 * @throws when the file is missing or not JSON: the installation is broken, and the caller must fail closed.
 */
export function readTable<T>(file: string): T {
  const known = loaded.get(file);
  if (known !== undefined) return known as T;
  const table = JSON.parse(readFileSync(path.resolve(__dirname, KNOWLEDGE_DIR, file), 'utf8')) as T;
  loaded.set(file, table);
  return table;
}
