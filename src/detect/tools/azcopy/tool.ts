import { valuesOf } from '../../inputs';
import type { Tool } from '../../invocation';
import { toolFastPath } from '../cli/fast-path';
import { azcopy as commands } from './commands';
import { azcopyLine } from './line';

/** Options that name a file which decides what is done, or as whom. Source: AzCopy documentation, `azcopy copy`, `remove`, `login`. */
const FILES = ['--list-of-files', '--list-of-versions', '--certificate-path'];

/** AzCopy. What it copies from this machine is data that is sent. */
export const azcopy: Tool = {
  ...commands,
  inputs({ argv, env }, found) {
    const line = azcopyLine(argv);
    const sure = line.path.length > 0 && line.problems.length === 0;
    const given = sure ? line.options.flatMap((one) => (FILES.includes(one.name) ? (one.value?.value ?? []) : [])) : valuesOf(argv, ...FILES);
    for (const file of given) found.file(file);
    // Source: AzCopy documentation, "azcopy env".
    for (const name of ['AZCOPY_SPA_CERT_PATH', 'AZCOPY_CONTENT_TYPE_MAP', 'GOOGLE_APPLICATION_CREDENTIALS']) found.own(env[name] || undefined);
  },
  hold: {
    label: 'AzCopy',
    fastPath: () => toolFastPath(commands),
    variables: 'any',
    previews: [{ commands: '`azcopy remove`, `sync`, `copy`', from: 'AzCopy\'s own dry run; not run against Azure here' }],
  },
};
