import { dockerLike } from './docker';

/** Docker Compose as a command of its own, and podman-compose. Source: Docker Compose CLI reference. */
export const dockerCompose = dockerLike(['docker-compose', 'podman-compose'], true);
