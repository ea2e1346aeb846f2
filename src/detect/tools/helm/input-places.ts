import { onePlace, type Inputs, type Place, type Question } from '../../inputs';
import { behindName, wordsOf } from '../../words';
import { fromLine, keyOf, listPlace } from '../kubectl/input-places';
import { readHelm } from './line';

/** The commands of Helm whose `-f` is a file of values. Source: helm/helm, pkg/cmd/flags.go, addValueOptionsFlags. */
const TAKES_VALUES = /^(?:install|upgrade|template|lint)$/;

/** Files of values and of single values. Sources: helm/helm, pkg/cli/values/options.go (`readFile`); pkg/strvals, ParseIntoFile. */
export function helmPlaces({ argv }: Question, found: Pick<Inputs, 'at'>): readonly Place[] {
  const line = readHelm(behindName(wordsOf(argv)));
  if (!TAKES_VALUES.test(line.path[0] ?? '')) return [];
  return fromLine(argv, line, (at, name, before, value) => {
    if (name === '--values') return listPlace(at, before, value, found);
    // A path with one of these would be read as something else.
    const single = name === '--set-file' && /^[^=,{}\\]+=[^,{}\\]+$/.test(value);
    return single ? onePlace(at, `${before}${keyOf(value)}`, found.at(value.slice(keyOf(value).length)), (copy) => !/[,{}\\]/.test(copy)) : undefined;
  });
}
