import type { TextRange } from '../../../model';
import type { Word } from '../../invocation';
import { shWord } from '../../../model/sh-quote';

/**
 * Texts with gaps. What can't be known stands in a text as one character that Unicode promises never to assign
 * (a noncharacter), so that cutting, joining and even parsing a text keeps its gaps in their places.
 */
export const GAP = '\uFDD0';
/** A gap whose text comes from a download. */
export const REMOTE_GAP = '\uFDD1';
/** A gap whose text was unpacked, decrypted, or made by a program that names a guarded tool, in a way that is not followed here. */
export const DECODED_GAP = '\uFDD2';

/** Longer values than this are not kept. */
export const MAX_TEXT = 256 * 1024;

const GAPS = /[\uFDD0-\uFDD2]/;
const GAP_RUNS = /[\uFDD0-\uFDD2]+/;

export const hasGap = (text: string): boolean => GAPS.test(text);

/** The gap that stands for what is made of this text in a way that is not followed: it keeps where it came from. */
export function gapOf(text: string): string {
  return text.includes(REMOTE_GAP) ? REMOTE_GAP : text.includes(DECODED_GAP) ? DECODED_GAP : GAP;
}

/** The text, or a gap when it is too long to be carried along. */
export const bounded = (text: string): string => (text.length > MAX_TEXT ? gapOf(text) : text);

/** One word after expansion. */
export interface Field {
  /** Its value, with gaps. */
  readonly text: string;
  /** True when it may become any number of words. */
  readonly multi: boolean;
  /** How it stands in the source. */
  readonly raw: string;
  readonly range: TextRange;
  /** For `NAME=value` behind a command: what a builtin such as `export` would assign. */
  readonly assigned?: { readonly name: string; readonly value: unknown };
}

/** A text that is parsed, and how its positions map to the text that was asked about. */
export interface Source {
  readonly text: string;
  locate(start: number, end: number): TextRange;
  /** The file that the text was read from; undefined for the text that was asked about. */
  readonly file?: string;
}

export function field(text: string, range: TextRange, raw = text, multi = false): Field {
  return { text, multi, raw, range };
}

/** The same as a word that tools take. */
export function toWord(f: Field): Word {
  if (!hasGap(f.text)) return { raw: f.raw, value: f.text, parts: [f.text], multi: f.multi, range: f.range };
  const parts: (string | undefined)[] = [];
  f.text.split(GAP_RUNS).forEach((known, i) => {
    if (i > 0) parts.push(undefined);
    if (known !== '') parts.push(known);
  });
  // A gap that was filled in by hand has no source text of its own to show.
  return { raw: f.raw.split(GAP_RUNS).join('…'), value: undefined, parts, multi: f.multi, range: f.range };
}

/** A word as text that a shell reads back as the same word; gaps stay gaps. */
export function quoted(f: Field): string {
  if (f.multi && !/[^\uFDD0-\uFDD2]/.test(f.text)) return f.text;
  return shWord(f.text);
}

/** Positions of a text that all stand for one range: what the text was made of can't be told apart any more. */
export function sourceAt(text: string, range: TextRange, file?: string): Source {
  return { text, locate: () => range, ...(file !== undefined && { file }) };
}

/** A text that stands letter for letter inside another, from this offset. */
export function sourceInside(text: string, outer: Source, start: number): Source {
  return { text, locate: (from, to) => outer.locate(start + from, start + to), ...(outer.file !== undefined && { file: outer.file }) };
}

export function lazy(make: () => string): () => string {
  let text: string | undefined;
  return () => (text ??= make());
}
