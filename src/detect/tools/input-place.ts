import type { Found, Question } from '../../gate/inputs/found';

/** A word of a command line that names files of which its tool takes nothing but the bytes: a copy may stand in their place. */
export interface Place {
  /** Which word of argv it is. */
  readonly at: number;
  /** The files in it, as the snapshot has their paths. */
  readonly files: readonly string[];
  /** The word with other paths; undefined where the tool would not read them as paths. */
  readonly spell: (pathOf: (file: string) => string) => string | undefined;
}

/** Gives the places of one tool's command line. Where the tool's reading is in doubt it gives none: such a word stays as it is. */
export type PlacesOf = (question: Question, found: Pick<Found, 'text'>) => readonly Place[];

/** A word that is a text before, and then the path of one file. */
export function onePlace(at: number, before: string, file: string, takes: (copy: string) => boolean = () => true): Place {
  return { at, files: [file], spell: (pathOf) => (takes(pathOf(file)) ? `${before}${pathOf(file)}` : undefined) };
}
