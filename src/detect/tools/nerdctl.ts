import { dockerLike } from './docker';

/** nerdctl: Docker's commands for containerd. Source: nerdctl documentation, "Command reference". */
export const nerdctl = dockerLike(['nerdctl', 'finch'], false);
