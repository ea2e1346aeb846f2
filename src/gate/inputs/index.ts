import path from 'node:path';

import { namedFiles, type Inputs, type Place, type Question } from '../../detect/inputs';
import { toolNamed } from '../../detect/tools/registry';

/** Finds the files that a command reads, there or not, and those of its tool that decide where it goes: by the tool's own reading of its words. */
export function findInputs(argv: readonly string[], cwd: string, env: Question['env'], found: Inputs): void {
  const tool = toolOf(argv);
  (toolNamed(tool)?.inputs ?? namedFiles)({ tool, argv, cwd, env }, found);
}

/** The words of a command line in whose place copies may stand, in order. */
export function placesIn(question: Question, found: Pick<Inputs, 'text' | 'at'>): readonly Place[] {
  return toolNamed(question.tool)?.places?.(question, found) ?? [];
}

/** The tool's name without folder and ending. */
export function toolOf(argv: readonly string[]): string {
  return path.basename((argv[0] ?? '').replaceAll('\\', '/')).replace(/\.(?:exe|cmd|bat)$/i, '');
}
