import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { fail } from '../failure';
import type { PreviewRequest, StateRequest } from '../request';
import type { SourceAt } from '../source';
import { runTool, type ToolAnswer } from '../tool-run';
import { helmWhere, type HelmCommand } from './helm-command';
import { SERVER_DRY_RUN } from './read-only';

/** Commands of Helm that only read. Source: Helm documentation, "Helm Commands". */
const READS: readonly string[] = ['get manifest', 'get hooks', 'history'];

/**
 * The last gate before Helm is started for a preview: reads, and an upgrade with its server-side dry run in front, where no option can take it for its value.
 * @throws Error for anything else: a mistake of ours.
 */
export function readOnlyHelmArgs(command: string, args: readonly string[]): readonly string[] {
  const refuse = (why: string): never => {
    throw new Error(`a preview may not run helm ${command} (${why})`);
  };
  if (args.includes('--')) refuse('words behind -- are not judged');
  if (READS.includes(command)) return [...command.split(' '), ...args];
  if (command !== 'upgrade') refuse('it changes a release');
  if (args[0] !== SERVER_DRY_RUN || args.slice(1).some((arg) => arg.startsWith('--dry-run'))) refuse('without a server-side dry run');
  // These run a program of their own, or write beside the chart.
  const bad = args.find((arg) => /^--(?:post-renderer|post-renderer-args|dependency-update)(?:=|$)/.test(arg));
  if (bad !== undefined) refuse(`with ${bad}`);
  return [command, ...args];
}

export interface Helm {
  run(command: string, args: readonly string[]): Promise<ToolAnswer>;
}

/** @throws PreviewError when the command's own Helm is not known. */
export function helmFor(request: Pick<PreviewRequest | StateRequest, 'executable' | 'cwd'>, command: HelmCommand, at: Pick<SourceAt, 'env' | 'signal'>): Helm {
  const executable = request.executable ?? fail('command', 'Which helm this command would run is not known. Run it again in a terminal with Holdpoint\'s shims, or preview offline.');
  return {
    run: (name, args) => {
      const [first, ...rest] = args;
      const all = first === SERVER_DRY_RUN ? args : [...(first === undefined ? [] : [first]), ...rest, ...helmWhere(command)];
      return runTool({ executable, args: readOnlyHelmArgs(name, all), cwd: request.cwd, env: at.env, signal: at.signal, maxBytes: 64 * 1024 * 1024 });
    },
  };
}

/** Stands in the folder of Holdpoint's own shims, which come first on a guarded PATH. */
const SHIMS = '.holdpoint-shims';

/** The real kubectl of the command's PATH; undefined when there is none. */
export function kubectlOnPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string | undefined {
  const name = platform === 'win32' ? 'kubectl.exe' : 'kubectl';
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(platform === 'win32' ? ';' : ':')) {
    if (!path.isAbsolute(folder) || existsSync(path.join(folder, SHIMS))) continue;
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here.
    }
  }
  return undefined;
}
