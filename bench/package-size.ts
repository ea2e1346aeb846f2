// How large the package is that a person downloads, and what in it weighs most.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const LIMIT_MB = 2;

function print(): void {
  execFileSync(process.execPath, ['scripts/package.mjs'], { stdio: 'ignore' });
  const vsix = readdirSync('.').find((file) => file.endsWith('.vsix'));
  if (!vsix) throw new Error('npm run package made no .vsix.');
  const megabytes = statSync(vsix).size / 1024 / 1024;
  console.log(`${vsix}: ${megabytes.toFixed(2)} MB (aim: under ${LIMIT_MB} MB)`);
  const parts = readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .map((file) => ({ file, bytes: statSync(path.join('dist', file)).size }))
    .filter(({ file }) => statSync(path.join('dist', file)).isFile())
    .sort((a, b) => b.bytes - a.bytes);
  for (const { file, bytes } of parts.slice(0, 6)) console.log(`  ${file.padEnd(32)} ${(bytes / 1024).toFixed(0).padStart(6)} kB before compression`);
}

if (require.main === module) print();
