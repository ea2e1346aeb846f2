import path from 'node:path';

import { looksLikeTemplate } from './templates/cloudformation/recognise';

/** The kinds of file that are judged. */
export type FileKind = 'shell' | 'cloudformation';

const SHELL_NAMES = new Set(['.sh', '.bash', '.zsh', '.ksh', '.dash', '.command']);
const SHELL_FILES = new Set(['.bashrc', '.bash_profile', '.bash_aliases', '.profile', '.zshrc', '.zprofile', '.zshenv', '.envrc']);
const TEMPLATE_NAMES = new Set(['.yaml', '.yml', '.json', '.template', '.cfn', '.jsonc']);

/**
 * Which kind of file this is, by its name first and then by its text.
 * @param file path or name.
 * @returns undefined for a file that nothing here judges.
 */
export function fileKind(file: string, text: string): FileKind | undefined {
  const name = path.basename(file);
  const extension = path.extname(name).toLowerCase();
  if (SHELL_NAMES.has(extension) || SHELL_FILES.has(name)) return 'shell';
  if (TEMPLATE_NAMES.has(extension)) return looksLikeTemplate(text) ? 'cloudformation' : undefined;
  if (extension === '' || extension === '.in') return /^#!.*\b(?:ba|da|z|k|a)?sh\b/.test(text.slice(0, 200)) ? 'shell' : undefined;
  return undefined;
}
