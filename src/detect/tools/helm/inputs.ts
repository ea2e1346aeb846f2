import path from 'node:path';

import { inHome, valuesOf, type Inputs, type Question } from '../../inputs';
import { kubeOwn, listed } from '../kubectl/inputs';

/** Files that options of Helm name, and charts as folders or archives. Source: Helm documentation, "helm upgrade", "helm install". */
export function helmInputs(question: Question, found: Inputs): void {
  const { argv, cwd, env } = question;
  const words = argv.slice(1);
  for (const value of valuesOf(words, '-f', '--values')) for (const file of listed(value)) if (!/^https?:\/\//.test(file)) found.file(file);
  for (const value of valuesOf(words, '--set-file')) for (const pair of listed(value)) found.file(pair.slice(pair.indexOf('=') + 1));
  for (const file of valuesOf(words, '--ca-file', '--cert-file', '--key-file', '--keyring', '--kube-ca-file')) found.file(file);
  // A program's name without a folder is looked for on PATH.
  for (const file of valuesOf(words, '--post-renderer')) if (/[\\/]/.test(file)) found.file(file);
  // A folder of that name comes before a chart of a repository.
  words.forEach((word, i) => {
    const option = words[i - 1] ?? '';
    if (word.startsWith('-') || /^(?:-n|--namespace|--kube-context|--version|--set|--set-string|--repo)$/.test(option)) return;
    const at = path.resolve(cwd, word);
    const kind = found.kindAt(at);
    const chart = kind === 'folder' && (/[\\/]|^\./.test(word) || found.kindAt(path.join(at, 'Chart.yaml')) === 'file');
    if (chart) found.folder(at, { deep: true });
    else if (kind === 'file' && /[\\/]|\.tgz$/.test(word)) found.file(word);
  });
  kubeOwn(env, words, found);
  found.own(env['HELM_REPOSITORY_CONFIG'] ?? inHome(env, '.config', 'helm', 'repositories.yaml'));
}
