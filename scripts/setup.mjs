// Makes sure that what the other scripts need is installed. Plain Node: it runs before there is a node_modules folder.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { lastLines, must, root, run, say, which } from './process.mjs';

const OLDEST_NODE = [20, 19];

/** Throws when the running Node is older than package.json's engines ask for. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer and run this again.`);
}

/** Runs `npm ci` when node_modules is missing or older than the lock file. Returns true when it had to. */
export async function ensureDependencies() {
  checkNode();
  const lock = path.join(root, 'package-lock.json');
  // npm writes this file at the end of every install, so it tells a finished one from an interrupted one.
  const marker = path.join(root, 'node_modules/.package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return false;
  say('installing the npm packages (npm ci)');
  await must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { limitMs: 10 * 60_000 });
  return true;
}

const DEBIAN = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  zsh: ['zsh'],
  fish: ['fish'],
};

/**
 * Installs the named Debian packages whose programs are missing, as far as this machine allows.
 * Returns the packages that are still missing; says in one line why. Never throws.
 */
export async function ensureDebianPackages(names) {
  const absent = names.filter((name) => !DEBIAN[name].some((program) => which(program)));
  if (absent.length === 0) return [];
  const apt = which('apt-get');
  if (!apt || process.getuid?.() !== 0) {
    say(`missing: ${absent.join(', ')} (${apt ? `install with: sudo apt-get install ${absent.join(' ')}` : 'no apt-get here'})`);
    return absent;
  }
  say(`installing from Debian: ${absent.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(apt, ['update', '-qq'], { env, limitMs: 120_000 });
  const result = await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...absent], { env, limitMs: 600_000 });
  const missing = absent.filter((name) => !DEBIAN[name].some((program) => which(program)));
  if (missing.length) say(`could not install ${missing.join(', ')}: ${lastLines(result.output, 1)}`);
  return missing;
}

if (process.argv[1] === import.meta.filename) {
  await ensureDependencies();
  await ensureDebianPackages(process.argv.slice(2).filter((name) => name in DEBIAN));
  say('everything is installed');
}
