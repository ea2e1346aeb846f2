// Makes the .vsix: `npm run package`, or `npm run package -- --unpack DIR` to unpack it too.
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { must, root, say } from './process.mjs';
import { ensureDependencies } from './setup.mjs';

const LIMIT_BYTES = 2 * 1024 * 1024;

/** Builds for production and packs. Gives {file, bytes}; throws when the package is too large or can't be made. */
export async function makePackage() {
  await must(process.execPath, ['esbuild.mjs', '--production'], { limitMs: 120_000 });
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = path.join(root, `${name}-${version}.vsix`);
  rmSync(file, { force: true });
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  await must(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], { limitMs: 180_000 });
  const bytes = statSync(file).size;
  if (bytes > LIMIT_BYTES) throw new Error(`${path.basename(file)} has ${bytes} bytes; ${LIMIT_BYTES} are the most it may have.`);
  return { file, bytes };
}

/** Unpacks a package into a folder, as an editor does. Gives the folder of the extension. */
export async function unpack(file, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // A .vsix is a zip; the package manager's own reader of it is not for others, so a library that vsce brings does it.
  const { default: yauzl } = await import('yauzl');
  const { createWriteStream } = await import('node:fs');
  await new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('error', reject).on('end', resolve);
      zip.on('entry', (entry) => {
        const target = path.join(folder, entry.fileName);
        if (entry.fileName.endsWith('/')) return zip.readEntry();
        mkdirSync(path.dirname(target), { recursive: true });
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure);
          stream.pipe(createWriteStream(target)).on('close', () => zip.readEntry()).on('error', reject);
        });
      });
      zip.readEntry();
    });
  });
  return path.join(folder, 'extension');
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { unpack: { type: 'string' } } });
  await ensureDependencies();
  const { file, bytes } = await makePackage();
  say(`${path.basename(file)}: ${(bytes / 1024).toFixed(0)} kB`);
  if (values.unpack) say(`unpacked into ${await unpack(file, path.resolve(values.unpack))}`);
}
