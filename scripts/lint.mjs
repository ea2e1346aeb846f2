// npm run lint: eslint, the order of imports, and the formatting. `node scripts/lint.mjs FOLDER` checks a folder that is laid out as this one.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ALL_RULES, FORMATTED } from './lint-state.mjs';
import { root } from './process.mjs';

const SOURCES = ['src', 'media', 'bench', 'scripts'];

/** A problem: {rule, file, line, message}. What the packages say of a folder is brought into this form. */
async function eslintSays(folder) {
  const { ESLint } = await import('eslint');
  const results = await new ESLint({ cwd: folder, overrideConfigFile: path.join(root, 'eslint.config.mjs') }).lintFiles(['.']);
  const problems = results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => ({ rule: ruleId ?? 'syntax', file: path.relative(folder, filePath), line, message })),
  );
  return { problems, files: results.map(({ filePath }) => filePath) };
}

async function importsSay(folder) {
  const { cruise } = await import('dependency-cruiser');
  const { default: config } = await import('../.dependency-cruiser.mjs');
  const present = SOURCES.filter((name) => existsSync(path.join(folder, name)));
  const { enhancedResolveOptions, ...options } = config.options;
  const ruleSet = { forbidden: config.forbidden };
  const { output } = await cruise(present, { ...options, ruleSet, validate: true, baseDir: folder, outputType: 'json' }, enhancedResolveOptions);
  return JSON.parse(output).summary.violations.map(({ rule, from, to, cycle, comment }) => {
    const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
    return { rule: rule.name, file: from, line: 1, message: `${from === to ? '' : `→ ${way}. `}${comment ?? ''}` };
  });
}

async function prettierSays(folder, files) {
  const { check } = await import('prettier');
  const options = JSON.parse(readFileSync(path.join(root, '.prettierrc.json'), 'utf8'));
  const sources = files.filter((file) => /\.(?:ts|mjs)$/.test(file));
  const formatted = await Promise.all(sources.map((file) => check(readFileSync(file, 'utf8'), { ...options, filepath: file })));
  const others = sources.filter((_, i) => !formatted[i]);
  return others.map((file) => ({ rule: 'format', file: path.relative(folder, file), line: 1, message: 'Run `npm run format`.' }));
}

/** Everything that is wrong in a folder. */
export async function problemsIn(folder) {
  const { problems, files } = await eslintSays(folder);
  problems.push(...(await importsSay(folder)));
  if (FORMATTED || ALL_RULES) problems.push(...(await prettierSays(folder, files)));
  return problems;
}

if (process.argv[1] === import.meta.filename) {
  const problems = await problemsIn(path.resolve(process.argv[2] ?? root));
  for (const { rule, file, line, message } of problems) console.log(`${file}:${line} ${rule}: ${message}`);
  console.log(`${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
