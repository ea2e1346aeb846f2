import path from 'node:path';

import { awsInputs } from '../../detect/tools/aws/inputs';
import type { Found, Question } from './found';
import { helmInputs, kubectlInputs, kubeOwn } from '../../detect/tools/kubectl/inputs';
import { azOwn, cdkInputs, gcloudOwn, pulumiInputs, samInputs } from './stacks';
import { terraformInputs } from '../../detect/tools/terraform/inputs';

type Resolver = (question: Question, found: Found) => void;

/** Which files a tool reads, by its own reading of its words. For a tool that has none, words that name something count. */
const RESOLVERS: Readonly<Record<string, Resolver>> = {
  aws: awsInputs,
  kubectl: (q, found) => [kubectlInputs, words].forEach((one) => one(q, found)),
  oc: (q, found) => [kubectlInputs, words].forEach((one) => one(q, found)),
  kustomize: (q, found) => [kubectlInputs, words].forEach((one) => one(q, found)),
  helm: helmInputs,
  helmfile: (q, found) => {
    words(q, found);
    kubeOwn(q.env, q.argv, found);
  },
  terraform: terraformInputs, tofu: terraformInputs, tf: terraformInputs,
  cdk: (q, found) => [cdkInputs, words].forEach((one) => one(q, found)),
  sam: samInputs,
  pulumi: (q, found) => [pulumiInputs, words].forEach((one) => one(q, found)),
  gcloud: (q, found) => [gcloudOwn, words].forEach((one) => one(q, found)),
  az: (q, found) => [azOwn, words].forEach((one) => one(q, found)),
};

/** Finds the files that a command reads, there or not, and those of its tool that decide where it goes. */
export function findInputs(argv: readonly string[], cwd: string, env: Question['env'], found: Found): void {
  const tool = toolOf(argv);
  (RESOLVERS[tool] ?? words)({ tool, argv, cwd, env }, found);
}

/** The tool's name without folder and ending. */
export function toolOf(argv: readonly string[]): string {
  return path.basename((argv[0] ?? '').replaceAll('\\', '/')).replace(/\.(?:exe|cmd|bat)$/i, '');
}

/**
 * Options behind which a folder counts with all that is in it. For a bare word it does not: `kubectl delete pods` may stand beside a
 * folder `pods`.
 */
const FOLDER_OPTIONS = /^(?:-f|-k|--filename|--kustomize|-values|--values|--app|-a)$/;
/** Which folders they read is told by their own resolver. */
const OF_KUBECTL = new Set(['kubectl', 'oc', 'kustomize']);

/** Any word that names a file, also behind `=` and `@` and in a list; a folder where the word is a path. */
function words({ tool, argv, cwd }: Question, found: Found): void {
  argv.slice(1).forEach((arg, i) => {
    const before = argv[i] ?? '';
    const [name = '', ...rest] = arg.split('=');
    const value = rest.join('=');
    for (const word of (value === '' ? (arg.startsWith('-') ? [] : arg.split(',')) : value.split(','))) {
      const text = word.replace(/^@/, '');
      if (text === '' || text.length > 4096) continue;
      const asFolder = (FOLDER_OPTIONS.test(before) || FOLDER_OPTIONS.test(name)) && !OF_KUBECTL.has(tool);
      const kind = found.kindAt(path.isAbsolute(text) ? text : `${cwd}${path.sep}${text}`);
      if (kind === 'file' || kind === 'large' || kind === 'closed') found.file(text);
      else if (kind === 'folder' && !OF_KUBECTL.has(tool) && (asFolder || /^\.{0,2}[\\/]/.test(text))) found.folder(text, { deep: true });
    }
  });
}
