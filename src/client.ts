/**
 * What a shim becomes when a command does not only read: asks the gate, waits, and runs the real tool when told so.
 * It starts with every guarded write, so it loads nothing but what it needs.
 *
 * Arguments: `fds=,3,63 ign=0000000000000001 electron=1 TOOL REAL ARG…`
 */
import { MARK_NAMES } from './agents/registry';
import { main } from './gate/client';

void main(process.argv.slice(2), MARK_NAMES);
