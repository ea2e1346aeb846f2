import os from 'node:os';

/**
 * The login name, which stays the same whatever the environment says.
 * @param otherwise where the system knows none.
 */
export function userName(otherwise = 'unknown'): string {
  try {
    return os.userInfo().username;
  } catch {
    return otherwise;
  }
}
