import path from 'node:path';

import { inHome, onePlace, type Inputs, type Place, type Question } from '../../inputs';

/** Source: gcloud topic configurations. */
export function gcloudOwn({ env }: Question, found: Inputs): void {
  const folder = env['CLOUDSDK_CONFIG'] ?? inHome(env, '.config', 'gcloud');
  if (folder === undefined) return;
  found.own(path.join(folder, 'active_config'));
  if (found.kindAt(path.join(folder, 'configurations')) === 'folder') found.folder(path.join(folder, 'configurations'), { own: true });
}

/**
 * `--flags-file FILE`, `… set-iam-policy NAME FILE`, `… import --source FILE`, `run services replace FILE`: YAML or JSON, read as a
 * text. Sources: googlecloudsdk/calliope/cli.py, `_ApplyFlagsFile`; googlecloudsdk/command_lib/iam/iam_util.py, `ParsePolicyFile`;
 * googlecloudsdk/core/console/console_io.py, `ReadFromFileOrStdin`, which `export_util.Import` and `run services replace` are given.
 */
export function gcloudPlaces({ argv }: Question, found: Pick<Inputs, 'at'>): readonly Place[] {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const words = own.filter((word, i) => i > 0 && !word.startsWith('-'));
  const imports = words.includes('import');
  const last = own.length - 1;
  // `-` is the standard input.
  const at = (i: number, before: string, word: string): Place[] => (word === '' || word === '-' ? [] : [onePlace(i, before, found.at(word))]);
  return own.flatMap((word, i) => {
    const [name = ''] = word.split('=', 1);
    const before = own[i - 1] ?? '';
    const reads = (option: string): boolean => option === '--flags-file' || (imports && option === '--source');
    if (reads(name) && word.length > name.length) return at(i, `${name}=`, word.slice(name.length + 1));
    if (reads(before)) return at(i, '', word);
    // Only as the last word, behind no option that might take it for its value.
    const policy = words.at(-3)?.endsWith('set-iam-policy') === true;
    const replaced = words.at(-2) === 'replace' && words.includes('run');
    return i === last && (policy || replaced) && !before.startsWith('-') && !word.startsWith('-') ? at(i, '', word) : [];
  });
}
