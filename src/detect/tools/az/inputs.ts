import os from 'node:os';
import path from 'node:path';

import { inHome, onePlace, type Inputs, type Place, type Question } from '../../inputs';

/** Source: Azure CLI documentation, "Azure CLI configuration". */
export function azOwn({ env }: Question, found: Inputs): void {
  const folder = env['AZURE_CONFIG_DIR'] || inHome(env, '.azure');
  if (folder !== undefined) for (const name of ['config', 'clouds.config']) found.own(path.join(folder, name));
}

/**
 * `@FILE` as a whole word, or as all that stands behind the first `=`. Source: azure-cli-core,
 * azure/cli/core/commands/__init__.py, `_expand_file_prefixed_files`: the file's text takes the word's place before it is parsed.
 */
export function azPlaces({ argv, env }: Question, found: Pick<Inputs, 'at'>): readonly Place[] {
  return argv.flatMap((word, i) => {
    const [, before, text] = /^((?:[^=]*=)?@)(.+)$/s.exec(word) ?? [];
    if (i === 0 || before === undefined || text === undefined || text === '-') return [];
    const home = inHome(env) ?? os.homedir();
    // Source: CPython, posixpath.expanduser.
    const file = text === '~' || text.startsWith('~/') ? path.join(home, text.slice(1)) : text;
    return file.startsWith('~') ? [] : [onePlace(i, before, found.at(file), (copy) => !copy.startsWith('~'))];
  });
}
