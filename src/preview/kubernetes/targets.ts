import { notKnown, type Unknown } from '../../model';
import { fail } from '../failure';
import { filesOf, isOn, ownOptions, valueOf, type KubeCommand } from './command';
import { inNamespace, type Kubectl } from './kubectl';
import type { Ref } from './reads';
import { kubectlWords } from './words';

/** What a command acts on, as the cluster knows it now. */
export interface Targets {
  readonly refs: readonly Ref[];
  readonly unknowns: readonly Unknown[];
  readonly warnings: readonly string[];
}

/** Options of a command that choose objects and mean the same to `kubectl get`. Source: kubectl's resource builder, which both use. */
const CHOOSES = /^(?:-f|--filename|-k|--kustomize|-R|--recursive|-l|--selector|--field-selector|-A|--all-namespaces)(?:=|$)/;
/** Names only: no object's content, so no secret's either. */
const COLUMNS = '-o=custom-columns=A:.apiVersion,K:.kind,S:.metadata.namespace,N:.metadata.name';

/**
 * Resolves the objects that a command names, by the same words and options, with `kubectl get`.
 * @param words the words that choose objects (`deploy web`). @param namespace the command's own.
 * @throws PreviewError when kubectl doesn't understand them, or may not read them: then nothing is known.
 */
export async function resolve(kubectl: Kubectl, command: KubeCommand, words: readonly string[], namespace: string | undefined): Promise<Targets> {
  const chooses = ownOptions(command).filter((one) => CHOOSES.test(one));
  const answer = await kubectl.run('get', [...words, ...chooses, ...(isOn(command, '--all-namespaces') ? [] : inNamespace(namespace)), '--ignore-not-found', '--no-headers', COLUMNS]);
  const refs = readColumns(answer.stdout);
  const said = kubectlWords(answer, 400);
  if (answer.code !== 0 && refs.length === 0) {
    if (/forbidden/i.test(said)) fail('denied', `What this command acts on can't be read (${said}). Ask for the right to read it; the offline prediction still works.`);
    fail('refused', `kubectl can't find what this command acts on: ${said}. Correct the command, or check that the context is the one you mean.`);
  }
  const named = namesIn(words).length;
  return {
    refs,
    unknowns: answer.code === 0 ? [] : [notKnown('state', 'the cluster', `Not everything that this command acts on could be read (${said}). Look at it with kubectl get before you approve.`)],
    warnings: named > refs.length && answer.code === 0 ? [`${named - refs.length} of the ${named} objects named ${named - refs.length === 1 ? 'does' : 'do'} not exist in the cluster.`] : [],
  };
}

/** Reads the columns: apiVersion, kind, namespace, name. */
export function readColumns(stdout: string): readonly Ref[] {
  const refs = stdout.split('\n').flatMap((line): Ref[] => {
    const [apiVersion, kind, namespace, name] = line.trim().split(/\s+/);
    return apiVersion === undefined || kind === undefined || namespace === undefined || name === undefined || kind === '<none>' ? [] : [{ apiVersion, kind, name, namespace: namespace === '<none>' ? undefined : namespace }];
  });
  return [...new Map(refs.map((ref) => [`${ref.apiVersion} ${ref.kind} ${ref.namespace ?? ''} ${ref.name}`, ref])).values()];
}

/** True for a command that names a type but chooses none of its objects: kubectl refuses it. Source: kubectl's resource builder, "resource(s) were provided, but no name was specified". */
export function choosesNothing(command: KubeCommand): boolean {
  return !isOn(command, '--all') && valueOf(command, '--selector') === undefined && valueOf(command, '--field-selector') === undefined && filesOf(command).length === 0 && namesIn(command.words).length === 0;
}

/** The names among the words: `TYPE/NAME` or those behind the type. */
function namesIn(words: readonly string[]): readonly string[] {
  return words.some((word) => word.includes('/')) ? words.filter((word) => word.includes('/')) : words.slice(1);
}
