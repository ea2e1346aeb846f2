import { dockerLike } from './docker';

/** Podman: Docker's commands and pods. Source: Podman documentation, "Commands". */
export const podman = dockerLike(['podman', 'podman-remote'], false);
