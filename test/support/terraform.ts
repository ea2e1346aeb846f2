import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { temporary } from './temporary';

/** A folder with a Terraform configuration, initialised and applied, of the built-in `terraform_data`: no provider, no network. */
export interface Configuration {
  readonly folder: string;
  /** Writes files of the configuration. */
  write(files: Readonly<Record<string, string>>): void;
  run(...args: string[]): string;
  /** The addresses in the state. */
  state(): string[];
}

/**
 * Makes the folder and applies the first files.
 * @throws with one line when terraform is not installed: then these tests did not run and don't count as passed.
 */
export function configuration(files: Readonly<Record<string, string>>, options: { readonly git?: boolean } = {}): Configuration {
  const folder = temporary('hp-terraform-');
  const run = (...args: string[]): string => {
    try {
      return execFileSync('terraform', args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: folder, CHECKPOINT_DISABLE: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error('terraform is not installed: what needs it was not tested.');
      throw error;
    }
  };
  const write: Configuration['write'] = (all) => {
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  };
  write(files);
  run('init', '-input=false', '-no-color');
  run('apply', '-auto-approve', '-no-color');
  if (options.git) {
    const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'ignore' });
    git('init', '-q');
    git('add', '*.tf');
    git('commit', '-q', '-m', 'applied');
  }
  return {
    folder, write, run,
    state: () => run('state', 'list').split('\n').filter((line) => line !== ''),
  };
}
