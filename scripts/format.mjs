// npm run format: brings every hand-written source into the one form. The linter checks it (scripts/lint.mjs).
import path from 'node:path';
import { root, run } from './process.mjs';
import { ensureDependencies } from './setup.mjs';

const FILES = ['*.mjs', '.*.mjs', '{src,media,test,bench,scripts}/**/*.{ts,mjs}'];

await ensureDependencies();
const { code } = await run(process.execPath, [path.join(root, 'node_modules/prettier/bin/prettier.cjs'), '--log-level', 'warn', '--write', ...FILES], { echo: true });
process.exitCode = code;
