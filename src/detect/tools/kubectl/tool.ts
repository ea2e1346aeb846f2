import type { Tool } from '../../invocation';
import { toolFastPath } from '../cli/fast-path';
import { kubectl as commands, oc as ocCommands } from './commands';
import { kubectlPlaces } from './input-places';
import { kubectlInputs } from './inputs';
import { kubectlOutside } from './outside';

/** kubectl. */
export const kubectl: Tool = {
  ...commands,
  inputs: kubectlInputs,
  places: kubectlPlaces,
  hold: {
    label: 'kubectl',
    fastPath: () => toolFastPath(commands, kubectlOutside),
    outside: kubectlOutside,
    variables: 'any',
    previews: [{
      commands: '`kubectl delete`, `apply`, `replace`, `patch`, `scale`, `drain`, `cordon`, `rollout`, `taint` …',
      from: 'reads and the server\'s own dry run: owner references, namespaces, volumes and their reclaim policy, disruption budgets, finalizers',
    }],
    files: [{ kind: 'kubernetes', languages: ['yaml'], endings: [], command: (file) => ['kubectl', 'apply', '-f', file] }],
  },
};

/** OpenShift's `oc`, which is not held when it runs. */
export const oc: Tool = { ...ocCommands, inputs: kubectlInputs, places: kubectlPlaces };
