import type { Tool } from '../../invocation';
import { toolFastPath } from '../cli/fast-path';
import { helm as commands } from './commands';
import { helmPlaces } from './input-places';
import { helmInputs } from './inputs';

/** Helm. */
export const helm: Tool = {
  ...commands,
  inputs: helmInputs,
  places: helmPlaces,
  hold: {
    label: 'Helm',
    fastPath: () => toolFastPath(commands),
    variables: 'any',
    previews: [{ commands: '`helm`', from: 'the tool\'s own preview and reads; not run against the real tool here' }],
  },
};
