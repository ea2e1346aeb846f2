import { kubectlBelow, kubectlFlag, kubectlLong } from '../../knowledge/kubectl-flags';
import type { Word } from '../../invocation';
import { lineOf, type Grammar } from '../../words';
import { readCobra, type CobraTool, type ExactLine } from '../cli/cobra';

/** Commands whose words behind `--`, or behind POD COMMAND, are another program's. Source: `kubectl exec|run|debug --help`, `kubectl create job|cronjob --help`. */
const RUNS: ReadonlyMap<string, number> = new Map([['exec', 2], ['run', Infinity], ['debug', Infinity], ['create job', Infinity], ['create cronjob', Infinity], ['create deployment', Infinity]]);

const COMMANDS: CobraTool = {
  name: 'kubectl',
  below: kubectlBelow,
  flags: (path) => {
    const words = path.join(' ');
    return {
      kind: (name) => {
        const kind = kubectlFlag(words, name);
        return kind === 'boolean' ? 'switch' : kind;
      },
      long: (letter) => kubectlLong(words, letter),
    };
  },
  // Source: k8s.io/component-base/cli/flag, WordSepNormalizeFunc, which kubectl sets for all its commands.
  normal: (name) => name.replaceAll('_', '-'),
  runs: (path) => RUNS.get(path.join(' ')),
};

/** Reads the words behind `kubectl` as kubectl itself does. Options have their long names. Never throws. */
export const KUBECTL: Grammar<ExactLine> = { read: (words) => readCobra(words, COMMANDS) };

export const readKubectl = (words: readonly Word[]): ExactLine => lineOf(KUBECTL, words);
