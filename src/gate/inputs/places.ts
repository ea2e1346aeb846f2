import os from 'node:os';
import path from 'node:path';

import { seenFrom } from '../../preview/input-file';
import { awsPlaces } from '../../detect/tools/aws/input-places';
import { inHome, type Found, type Question } from './found';
import { helmPlaces, kubectlPlaces } from '../../detect/tools/kubectl/input-places';
import { onePlace, type Place, type PlacesOf } from '../../detect/tools/input-place';

const TOOLS: Readonly<Record<string, PlacesOf>> = {
  aws: awsPlaces, kubectl: kubectlPlaces, oc: kubectlPlaces, helm: helmPlaces, gcloud: gcloudPlaces, az: azPlaces,
};

/** The places of a command line, in order. */
export function placesIn(question: Question, found: Pick<Found, 'text'>): readonly Place[] {
  return Object.hasOwn(TOOLS, question.tool) ? (TOOLS[question.tool]?.(question, found) ?? []) : [];
}

/**
 * `--flags-file FILE`, `… set-iam-policy NAME FILE`, `… import --source FILE`, `run services replace FILE`: YAML or JSON, read as a
 * text. Sources: googlecloudsdk/calliope/cli.py, `_ApplyFlagsFile`; googlecloudsdk/command_lib/iam/iam_util.py, `ParsePolicyFile`;
 * googlecloudsdk/core/console/console_io.py, `ReadFromFileOrStdin`, which `export_util.Import` and `run services replace` are given.
 */
function gcloudPlaces({ argv, cwd }: Question): readonly Place[] {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const words = own.filter((word, i) => i > 0 && !word.startsWith('-'));
  const imports = words.includes('import');
  const last = own.length - 1;
  // `-` is the standard input.
  const at = (i: number, before: string, word: string): Place[] => (word === '' || word === '-' ? [] : [onePlace(i, before, seenFrom(cwd, word))]);
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

/**
 * `@FILE` as a whole word, or as all that stands behind the first `=`. Source: azure-cli-core,
 * azure/cli/core/commands/__init__.py, `_expand_file_prefixed_files`: the file's text takes the word's place before it is parsed.
 */
function azPlaces({ argv, cwd, env }: Question): readonly Place[] {
  return argv.flatMap((word, i) => {
    const [, before, text] = /^((?:[^=]*=)?@)(.+)$/s.exec(word) ?? [];
    if (i === 0 || before === undefined || text === undefined || text === '-') return [];
    const home = inHome(env) ?? os.homedir();
    // Source: CPython, posixpath.expanduser.
    const file = text === '~' || text.startsWith('~/') ? path.join(home, text.slice(1)) : text;
    return file.startsWith('~') ? [] : [onePlace(i, before, seenFrom(cwd, file), (copy) => !copy.startsWith('~'))];
  });
}
