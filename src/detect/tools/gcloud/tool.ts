import type { Tool } from '../../invocation';
import { namedFiles } from '../../inputs';
import { gcloud as commands } from './commands';
import { gcloudOwn, gcloudPlaces } from './inputs';

/** The Google Cloud CLI. */
export const gcloud: Tool = {
  ...commands,
  inputs(question, found) {
    gcloudOwn(question, found);
    namedFiles(question, found);
  },
  places: gcloudPlaces,
  hold: { label: 'gcloud', variables: 'known' },
};
