/**
 * Variables that change what Node does or how long it takes to start. They are meant for the user's own programs, so the
 * shim puts them aside under another name before it starts the client, and the client puts them back for the tool.
 * `NODE_OPTIONS` could load code into the client; `NODE_EXTRA_CA_CERTS` makes Node read certificates at each start.
 */
export const HIDDEN_ENV = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'NODE_DEBUG', 'NODE_V8_COVERAGE', 'NODE_REPL_EXTERNAL_MODULE'] as const;

const PREFIX = 'HOLDPOINT_';

/** The lines of sh that put them aside. */
export function hideInSh(): string {
  return HIDDEN_ENV.map((name) => `if test -n "\${${name}-}"; then export ${PREFIX}${name}="$${name}"; unset ${name}; fi\n`).join('');
}

/** Puts them back, in place. */
export function restoreHidden(env: NodeJS.ProcessEnv): void {
  for (const name of HIDDEN_ENV) {
    const value = env[PREFIX + name];
    if (value === undefined) continue;
    env[name] = value;
    delete env[PREFIX + name];
  }
}
