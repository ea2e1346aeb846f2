import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SourceAt } from '../source';
import { runTool, type ToolAnswer } from '../tool-run';
import { globals, quietEnv, type TerraformCommand } from './command';

/** What is needed to call the tool for a preview. */
export interface Tool {
  readonly command: TerraformCommand;
  /** Absolute path. */
  readonly executable: string;
  readonly cwd: string;
  readonly limitMs: number;
}

/** Runs the tool for a preview, in the folder that the held command works in. @throws PreviewError as `runTool` does. */
export function call({ command, executable, cwd, limitMs }: Tool, at: SourceAt, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ToolAnswer> {
  return runTool({ executable, args: [...globals(command), ...args], cwd, env: { ...quietEnv(at.env), ...env }, signal: at.signal, limitMs });
}

/** Where the tool keeps its modules and its choice of workspace. Source: Terraform CLI documentation, "Environment Variables", TF_DATA_DIR. */
export function dataFolder(command: TerraformCommand, env: NodeJS.ProcessEnv): string {
  return path.resolve(command.folder, env['TF_DATA_DIR'] || '.terraform');
}

/** The workspace that is chosen. Source: Terraform CLI documentation, "Workspaces": TF_WORKSPACE, or the file `environment` in the data folder. */
export async function workspaceOf(command: TerraformCommand, env: NodeJS.ProcessEnv): Promise<string> {
  if (env['TF_WORKSPACE']) return env['TF_WORKSPACE'];
  const text = await readFile(path.join(dataFolder(command, env), 'environment'), 'utf8').catch(() => '');
  return text.trim() || 'default';
}

/** What the preview is about, in a word: the folder, and the workspace unless it is the usual one. */
export function stackName(command: TerraformCommand, workspace: string): string {
  const folder = path.basename(command.folder);
  return workspace === 'default' ? folder : `${folder} (workspace ${workspace})`;
}
