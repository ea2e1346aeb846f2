import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import type { Operation } from '../model';
import { templatesOfStack } from '../detect/stack-templates';
import { headText } from '../preview/git-head';

const MAX_SCRIPTS = 300;
const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 5;
const MAX_FOLDERS = 2000;
const LEFT_OUT = new Set(['node_modules', 'vendor', 'dist', 'build', 'out', 'target']);

/**
 * The template that a stack is believed to be made from: what the scripts nearby deploy under its name, as git HEAD has it.
 * @param folders where to look, nearest first.
 * @returns undefined when no script names the stack, or several name different templates: a guess would be a wrong number.
 */
export async function deployedTemplate(operation: Operation, folders: readonly string[]): Promise<{ readonly text: string; readonly from: string } | undefined> {
  const stack = operation.operation.startsWith('cloudformation:') ? operation.targets.find((t) => t.known && t.name !== undefined)?.name : undefined;
  if (stack === undefined) return undefined;
  for (const folder of new Set(folders)) {
    const scripts = await scriptsBelow(folder);
    const found = templatesOfStack(stack, scripts, (template, script) => {
      if (/^[a-z][a-z0-9+.-]*:\/\//i.test(template)) return undefined;
      return path.resolve(path.dirname(script), template);
    });
    const templates = await readable(found.map((f) => f.templatePath), folder);
    const [template, ...others] = templates;
    if (!template || others.length > 0) continue;
    const head = await headText(template);
    const name = path.basename(template);
    if (head.kind === 'text') return { text: head.text, from: `${name} at git HEAD` };
    const text = await readFile(template, 'utf8').catch(() => undefined);
    if (text !== undefined) return { text, from: `${name} on disk` };
  }
  return undefined;
}

/** A script may name its template from its own folder or from the folder it is run in. */
async function readable(paths: readonly string[], folder: string): Promise<string[]> {
  const found = new Set<string>();
  for (const file of paths) {
    for (const candidate of [file, path.resolve(folder, path.basename(file))]) {
      const info = await stat(candidate).catch(() => undefined);
      if (!info?.isFile() || info.size > MAX_BYTES) continue;
      found.add(candidate);
      break;
    }
  }
  return [...found];
}

async function scriptsBelow(root: string): Promise<{ path: string; text: string }[]> {
  const scripts: { path: string; text: string }[] = [];
  const queue: { readonly dir: string; readonly depth: number }[] = [{ dir: root, depth: 0 }];
  for (let seen = 0; queue.length > 0 && scripts.length < MAX_SCRIPTS && seen < MAX_FOLDERS; seen++) {
    const next = queue.shift();
    if (!next) break;
    const entries = await readdir(next.dir, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const full = path.join(next.dir, entry.name);
      if (entry.isDirectory()) {
        if (next.depth < MAX_DEPTH && !entry.name.startsWith('.') && !LEFT_OUT.has(entry.name)) queue.push({ dir: full, depth: next.depth + 1 });
      } else if (entry.isFile() && /\.(?:sh|bash|zsh)$/.test(entry.name)) {
        const info = await stat(full).catch(() => undefined);
        const text = info && info.size <= MAX_BYTES ? await readFile(full, 'utf8').catch(() => undefined) : undefined;
        if (text !== undefined) scripts.push({ path: full, text });
      }
    }
  }
  return scripts;
}
