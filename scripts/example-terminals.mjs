// What the terminals of `npm start` see: the AWS on loopback, and the tools that this command itself found.
import path from 'node:path';
import { which } from './process.mjs';

/** The tools of the examples' story. */
const TOOLS = ['aws', 'terraform', 'kubectl'];

/** The folders in which this process finds the tools of the story, each once. */
export function toolFolders(PATH = process.env.PATH) {
  return [...new Set(TOOLS.flatMap((tool) => which(tool, PATH) ?? []).map((file) => path.dirname(file)))];
}

/**
 * User settings for the terminals. The editor asks a login shell for the environment, and a login shell often puts PATH back
 * to the system's own: a tool of a version manager or of a virtual environment that we found would then be gone.
 * Takes the folders and further variables.
 */
export function terminalSettings(folders, variables = {}) {
  const platform = { darwin: 'osx', win32: 'windows' }[process.platform] ?? 'linux';
  const PATH = ['${env:PATH}', ...folders].join(path.delimiter);
  return { [`terminal.integrated.env.${platform}`]: { ...variables, ...(folders.length > 0 ? { PATH } : {}) } };
}
