import os from 'node:os';

/**
 * Signals that may be ignored on purpose: `nohup` ignores HUP, a script's `command &` INT and QUIT. Node starts with all of them
 * as they are by default and gives that to its children, so the shim tells which were ignored.
 */
const NAMES = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'PIPE', 'ALRM', 'TERM', 'TSTP', 'TTIN', 'TTOU'] as const;

/**
 * Which signals were ignored when the shim started.
 * @param told the mask of `SigIgn` in `/proc/PID/status` (proc(5): hex, bit 0 is signal 1), or what the shell's `trap` prints.
 * @returns names such as `SIGHUP`.
 */
export function ignoredSignals(told: string): NodeJS.Signals[] {
  if (/^[0-9a-f]{16}$/i.test(told)) {
    const mask = BigInt(`0x${told}`);
    return NAMES.map((name) => `SIG${name}` as const).filter((name) => {
      const number = os.constants.signals[name];
      return number !== undefined && ((mask >> BigInt(number - 1)) & 1n) === 1n;
    });
  }
  const trapped = new Set([...told.matchAll(/^trap -- '' (?:SIG)?([A-Z0-9]+)$/gm)].map((match) => match[1]));
  return NAMES.filter((name) => trapped.has(name)).map((name) => `SIG${name}` as const);
}
