import type { Tool } from '../invocation';
import { awsCli } from './aws-cli';

/** Every tool that is known. A new tool is a file beside this one and a line here. */
const tools: readonly Tool[] = [awsCli];

const byName = new Map(tools.flatMap((tool) => tool.names.map((name) => [name, tool] as const)));

/** The tool that a command word names, by its last path segment, without `.exe` or `.cmd`; undefined when unknown. */
export function toolNamed(command: string): Tool | undefined {
  const base = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
  return byName.get(base.replace(/\.(exe|cmd)$/i, ''));
}

/** Every tool, for what may be any of them. */
export function allTools(): readonly Tool[] {
  return tools;
}
