import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import type { TeamText } from '../rules/load';
import { real } from './real-path';
import { readRepository, type Repository, type Unread } from './repository';
import { seenKey, type SeenRules, type SeenStore } from './seen-rules';

/** Where a folder keeps its team's rules. */
export const RULES_FILE = path.join('.vscode', 'holdpoint.json');

/** Whether a folder may have rules of its own, or may be where a repository begins: else it has those of the folder above. */
export function mayHaveRules(folder: string): boolean {
  return existsSync(path.join(folder, RULES_FILE)) || existsSync(path.join(folder, '.git'));
}
const MAX_BYTES = 2 * 1024 * 1024;

export interface TeamRules {
  /** Every text that counts in a folder, the more trusted first: what was committed before, what is committed, what stands there now. */
  readonly texts: readonly TeamText[];
  /** The same, apart: what was reviewed or seen before, what is at HEAD alone, what stands in the working copy. */
  readonly parts: readonly [reviewed: readonly TeamText[], atHead: readonly TeamText[], now: readonly TeamText[]];
  /** The nearest folder's rules file that is there now. */
  readonly nearest: string | undefined;
  /** What was committed before, and was not taken away by a commit that follows it: in force until it is, or a person says otherwise. */
  readonly held: readonly HeldRules[];
}

export interface HeldRules {
  readonly seen: SeenRules;
  /** Where its file would be. */
  readonly place: string;
  /** Why it is held, in words. */
  readonly why: string;
}

/** A rules file that may be above a folder, whether or not it is there. */
interface Place {
  readonly file: string;
  /** Every repository that it is in, the innermost first: one that is made inside another takes nothing away from that. */
  readonly tops: readonly string[];
}

/**
 * The team's rules for a folder: every `.vscode/holdpoint.json` above it, each as it is, as it is committed at HEAD and at the
 * default branch, and as it was last seen committed. All of them count, so none of them can loosen another.
 * @param useGit false in Restricted Mode: then what is committed is taken from memory.
 * @throws when git can't tell what is committed, and nothing is remembered of it: rules that may be in force must not be left out.
 */
export function teamRules(folder: string, seen: SeenStore, useGit = true): TeamRules {
  const places = placesAbove(folder);
  const all = seen.all();
  const repositories = new Map<string, Repository | Unread>();
  for (const top of new Set(places.flatMap((p) => p.tops))) {
    const files = places.flatMap((p) => (p.tops.includes(top) ? [inside(top, p.file)] : []));
    const also = all.filter((s) => s.ref !== 'HEAD' && files.includes(s.file)).map((s) => s.ref);
    repositories.set(top, useGit ? readRepository(top, files, also) : { kind: 'none' });
  }
  const reviewed: TeamText[] = [];
  const atHead: TeamText[] = [];
  const now: TeamText[] = [];
  const held: HeldRules[] = [];
  const noted: SeenRules[] = [];
  const forgotten: SeenRules[] = [];
  const nearest = places.findLast((p) => existsSync(p.file))?.file;
  for (const place of places) {
    const where = place.file === (nearest ?? places.at(-1)?.file) ? '' : ` of ${path.dirname(path.dirname(place.file))}`;
    const settled = settle(place, all, repositories);
    noted.push(...settled.noted);
    forgotten.push(...settled.forgotten);
    held.push(...settled.held);
    const commits = settled.current.flatMap((c) => [...c.commits]);
    const heads = new Set(commits.flatMap(([ref, text]) => (ref === 'HEAD' ? [text] : [])));
    const named = (text: string, source: string): TeamText => ({ key: place.file, source: `${heads.has(text) ? 'team rules at HEAD' : source}${where}`, text });
    const before = new Map(settled.held.map(({ seen: { text, ref } }) => [text, named(text, `team rules last seen at ${shortRef(ref)}`)]));
    for (const [ref, text] of commits) if (ref !== 'HEAD' && !before.has(text)) before.set(text, named(text, `team rules at ${shortRef(ref)}`));
    reviewed.push(...before.values());
    for (const text of heads) if (!before.has(text)) atHead.push(named(text, ''));
    now.push(...workingCopy(place.file, where));
  }
  if (noted.length > 0 || forgotten.length > 0) seen.change(noted, forgotten);
  // A text makes a place known to those behind it alone: so what nobody has reviewed stands behind what somebody has.
  return { texts: [...reviewed, ...atHead, ...now], parts: [reviewed, atHead, now], nearest, held };
}

/** The rules of several folders at once, in the same order of trust. */
export function joinTeams(teams: readonly TeamRules[]): readonly TeamText[] {
  const all = ([0, 1, 2] as const).flatMap((part) => teams.flatMap((t) => t.parts[part]));
  return [...new Map(all.map((t) => [[t.key, t.source, t.text ?? t.why].join('\n'), t])).values()];
}

function above(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [...above(parent), folder];
}

/** All folders above, outermost first: as they really are, and by what other names they were reached. */
function placesAbove(folder: string): Place[] {
  const truly = above(real(folder));
  const all = [...above(path.resolve(folder)).filter((dir) => !truly.includes(real(dir))), ...truly];
  const tops = all.filter((dir) => existsSync(path.join(dir, '.git'))).reverse();
  const holds = (top: string, dir: string): boolean => dir === top || dir.startsWith(top.endsWith(path.sep) ? top : top + path.sep);
  return all.map((dir) => ({ file: path.join(dir, RULES_FILE), tops: tops.filter((top) => holds(top, dir)) }));
}

/** Compares what is committed now with what was seen before, for one place. */
function settle(place: Place, all: readonly SeenRules[], repositories: ReadonlyMap<string, Repository | Unread>) {
  const known = place.tops.flatMap((top) => repositories.get(top) ?? []);
  const open = known.filter((r): r is Repository => 'refs' in r);
  const isMine = (s: SeenRules): boolean => s.places.includes(place.file) || open.some((r) => r.common === s.repository && inside(r.top, place.file) === s.file);
  const mine = all.filter(isMine);
  const unread = known.find((r): r is Extract<Unread, { kind: 'unknown' }> => 'kind' in r && r.kind === 'unknown');
  if (unread && mine.length === 0) throw new Error(`the committed rules of ${path.dirname(path.dirname(place.file))} can't be read: ${unread.why}. Mend that first`);
  const current = open.map((repository) => {
    const file = inside(repository.top, place.file);
    const texts = [...repository.refs].flatMap(([ref, at]) => (at.texts.has(file) ? [[ref, at.texts.get(file) ?? ''] as const] : []));
    return { repository, file, commits: new Map(texts) };
  });
  const held = mine.flatMap((seen): HeldRules[] => {
    const why = whyHeld(seen, open, all);
    return why === undefined ? [] : [{ seen, place: place.file, why }];
  });
  const kept = new Set(held.map((h) => seenKey(h.seen)));
  const at = new Date().toISOString();
  const noted = current.flatMap(({ repository, file, commits }) => [...commits].flatMap(([ref, text]): SeenRules[] => {
    const which = { repository: repository.common, file, ref };
    const before = all.find((s) => seenKey(s) === seenKey(which));
    const fresh: SeenRules = { ...which, places: [place.file], commit: repository.refs.get(ref)?.commit ?? '', text, since: before?.since ?? at, at };
    const same = before !== undefined && before.commit === fresh.commit && before.text === text && before.places.includes(place.file);
    return kept.has(seenKey(fresh)) || same ? [] : [fresh];
  }));
  const renewed = new Set(noted.map(seenKey));
  const forgotten = mine.filter((s) => !kept.has(seenKey(s)) && !renewed.has(seenKey(s)) && !isNow(s, open));
  return { current, held, noted, forgotten };
}

/** Whether a note still says what stands at its branch. */
function isNow(seen: SeenRules, open: readonly Repository[]): boolean {
  return open.some((r) => r.common === seen.repository && r.refs.get(seen.ref)?.texts.get(seen.file) === seen.text);
}

/** How far a branch is from what a program can move without anybody's review. */
const rankOf = (ref: string): number => (ref.startsWith('refs/remotes/') ? 2 : ref === 'HEAD' ? 0 : 1);

/**
 * Why what was seen stays in force; undefined when it was changed in the way in which rules are changed: by a commit that
 * follows the one that had it. A branch that is gone is followed by another of its kind; a branch of origin only by one of origin.
 */
function whyHeld(seen: SeenRules, open: readonly Repository[], all: readonly SeenRules[]): string | undefined {
  const own = open.filter((r) => r.common === seen.repository);
  if (open.length === 0) return 'its repository can\'t be read any more';
  for (const r of own.length > 0 ? own : open) if (isFollowed(seen, r, all)) return undefined;
  return `no commit that follows ${seen.commit.slice(0, 10)} has changed it`;
}

function isFollowed(seen: SeenRules, repository: Repository, all: readonly SeenRules[]): boolean {
  const { refs, common, top, descends } = repository;
  const file = common === seen.repository ? seen.file : inside(top, seen.places[0] ?? '');
  const now = refs.get(seen.ref);
  const follows = (commit: string): boolean => commit === seen.commit || descends(seen.commit, commit);
  if (!now) return [...refs].some(([ref, { commit }]) => ref !== 'HEAD' && rankOf(ref) >= rankOf(seen.ref) && follows(commit));
  const text = now.texts.get(file);
  if (text === seen.text || follows(now.commit)) return true;
  // Back on what the team has reviewed: on a default branch that was there before, not on one that was made for this.
  const stoodBefore = (ref: string): boolean => all.some((s) => s.repository === common && s.file === file && s.ref === ref && s.since <= seen.since && s.text === text);
  return seen.ref === 'HEAD' && text !== undefined && [...refs].some(([ref, { texts }]) => ref !== 'HEAD' && texts.get(file) === text && stoodBefore(ref));
}

function workingCopy(file: string, where: string): TeamText[] {
  const told = { key: file, source: `team rules${where}` };
  try {
    if (statSync(file).size > MAX_BYTES) return [{ ...told, text: undefined, why: 'it is larger than 2 MB' }];
    return [{ ...told, text: readFileSync(file, 'utf8') }];
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : [{ ...told, text: undefined, why: `${file}: ${code}` }];
  }
}

const inside = (top: string, file: string): string => path.relative(top, file).split(path.sep).join('/');
const shortRef = (ref: string): string => ref.replace(/^refs\/(?:heads|remotes)\//, '');
