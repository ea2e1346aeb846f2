import type { Tool } from '../../invocation';
import { namedFiles } from '../../inputs';
import { az as commands } from './commands';
import { azOwn, azPlaces } from './inputs';

/** The Azure CLI. */
export const az: Tool = {
  ...commands,
  inputs(question, found) {
    azOwn(question, found);
    namedFiles(question, found);
  },
  places: azPlaces,
  hold: { label: 'az', variables: 'known' },
};
