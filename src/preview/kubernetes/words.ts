import { lastWords, type ToolAnswer } from '../tool-run';

/**
 * What kubectl said of a failure, for people: without its warnings, and without the patch and the objects that it prints with it,
 * which may hold a Secret's values. Source: `kubectl apply`, "error when applying patch: … to: … for: …".
 */
export function kubectlWords(answer: Pick<ToolAnswer, 'stderr'>, most = 400): string {
  const stderr = answer.stderr
    .replace(/error when applying patch:\n[^]*?\nfor: /g, '')
    .split('\n').filter((line) => !line.startsWith('Warning: ') && !/^\s*[{[]/.test(line) && !/^Resource: "|^Name: "/.test(line)).join('\n');
  return lastWords({ stdout: '', stderr }, most);
}

/** What the API server warns of (deprecated versions and the like), each once. kubectl's own word about its bookkeeping annotation is left out. */
export function serverWarnings(answer: Pick<ToolAnswer, 'stderr'>): readonly string[] {
  const lines = answer.stderr.split('\n').filter((line) => line.startsWith('Warning: ') && !line.includes('last-applied-configuration'));
  return [...new Set(lines)].slice(0, 5).map((line) => `The cluster warns: ${lastWords({ stdout: '', stderr: line.replace(/^Warning: /, '') }, 300)}.`);
}
