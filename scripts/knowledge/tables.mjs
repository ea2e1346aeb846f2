// The tables in knowledge/: how they are written there, one record a line, and how they are packed for the product.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The folder of the tables. */
export const folder = path.join(root, 'knowledge');

/** The names of all tables, without their ending. */
export const tableNames = () => readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5)).sort();

export const textOf = (name) => readFileSync(path.join(folder, `${name}.json`), 'utf8');

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The one way to write a table: each top-level object or list is a section whose entries are sorted and stand one on a line, so that a
 * change of one record is a change of one line. Gives JSON.
 */
export function written(table) {
  const sections = Object.entries(table).map(([name, value]) => {
    const label = JSON.stringify(name);
    if (value === null || typeof value !== 'object') return `${label}:${JSON.stringify(value)}`;
    const lines = Array.isArray(value)
      ? value.map((entry) => JSON.stringify(entry)).sort(byText)
      : Object.keys(value).sort(byText).map((key) => `${JSON.stringify(key)}:${JSON.stringify(value[key])}`);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    return lines.length === 0 ? `${label}:${open}${close}` : `${label}:${open}\n${lines.join(',\n')}\n${close}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}

/** Gives the place of a value in a list, which it joins when it is new. */
function numbered() {
  const values = [];
  const places = new Map();
  return {
    values,
    of: (value) => {
      const key = JSON.stringify(value);
      if (!places.has(key)) places.set(key, values.push(value) - 1);
      return places.get(key);
    },
  };
}

/** A tree of words: `a b` and `a c` become `{ a: { b, c } }`. */
function treeOf(entries) {
  const tree = {};
  for (const [words, leaf] of entries) {
    const above = words.split(' ');
    const last = above.pop();
    let node = tree;
    for (const word of above) node = node[word] ??= {};
    node[last] = leaf;
  }
  return tree;
}

/** Keys by their values, in the order in which the values are first met. */
function grouped(entries) {
  const groups = {};
  for (const [key, value] of entries) (groups[value] ??= []).push(key);
  return groups;
}

/** The operations of a service become one text: most sessions need one row of one service, and a text is not taken apart before. */
function packAws({ sources, undo, aliases, services, operations }) {
  const profiles = numbered();
  const rows = {};
  const byService = Object.entries(operations).map(([name, record]) => [...name.split(':'), record]);
  for (const [service, api, record] of byService.sort((a, b) => byText(a[0], b[0]) || byText(a[1], b[1]))) {
    const { mutation, effects = [], undo: back = '-', flags = '', commands, targets = [] } = record;
    const opposite = back.startsWith('opposite:') ? back.slice('opposite:'.length) : undefined;
    const profile = profiles.of([mutation, effects, opposite === undefined ? back : 'opposite', flags]);
    const label = commands === undefined ? api : `${api}=${commands.join('+')}`;
    (rows[service] ??= []).push(`${label}|${profile}|${targets.join(',')}${opposite === undefined ? '' : `|${opposite}`}`);
  }
  const notes = Object.fromEntries(Object.entries(operations).flatMap(([name, { note }]) => (note === undefined ? [] : [[name, note]])));
  return {
    sources, count: byService.length, profiles: profiles.values, notes, undo, aliases,
    services: Object.fromEntries(Object.entries(services).map(([name, { prefix, folder: b, variable: e, types: t }]) =>
      [name, { p: prefix, o: rows[name].join(';'), ...(b && { b }), ...(e && { e }), ...(t && { t }) }])),
  };
}

/** The commands of gcloud or az become a tree, what they do a number, and a reason that many share stands once. */
function packCommands({ sources, undo, verbs, commands, flags, except }) {
  const profiles = numbered();
  const profileOf = ({ mutation, effects = [], undo: back = '-' }) => profiles.of([mutation, effects, back]);
  const tree = treeOf(Object.entries(commands).map(([words, record]) => [words, profileOf(record)]));
  const noted = Object.entries(commands).flatMap(([words, { note }]) => (note === undefined ? [] : [[words, note]]));
  return {
    sources, count: Object.keys(commands).length, profiles: profiles.values, notes: grouped(noted), undo,
    verbs: Object.fromEntries(Object.entries(verbs).map(([verb, record]) => [verb, profileOf(record)])),
    commands: tree,
    flags: Object.fromEntries(Object.entries(grouped(Object.entries(flags))).map(([kind, names]) => [kind, names.join(' ')])),
    except,
  };
}

/** Doors of the same kind and reason stand together. */
function packDoors({ asked, ...tools }) {
  const doors = Object.entries(tools).map(([tool, commands]) => {
    const groups = new Map();
    for (const [name, { door, reason, members = [] }] of Object.entries(commands)) {
      const key = JSON.stringify([door, reason]);
      groups.set(key, [...(groups.get(key) ?? []), name + (members.length > 0 ? `=${members.join(',')}` : '')]);
    }
    return [tool, [...groups].map(([key, names]) => [...JSON.parse(key), names.sort().join(tool === 'aws' ? ' ' : ';')])];
  });
  return { asked, doors: Object.fromEntries(doors) };
}

const PACKERS = {
  'aws-operations': packAws,
  'gcloud-commands': packCommands,
  'az-commands': packCommands,
  doors: packDoors,
  'terraform-tree': ({ source, commands }) => ({ source, count: commands.length, tree: treeOf(commands.map((words) => [words, 1])) }),
};

/** Tables that the code takes in as it is built: src/model reads no files. */
const BUNDLED = new Set(['aws-sensitive']);

/** A table as the product reads it. */
export const packed = (name, table) => (PACKERS[name] ?? ((same) => same))(table);

let texts;
/** Every table that the product reads as a file, packed: names and texts. A build puts the same ones into several folders. */
function packedTexts() {
  texts ??= tableNames().filter((name) => !BUNDLED.has(name)).map((name) => [name, JSON.stringify(packed(name, JSON.parse(textOf(name))))]);
  return texts;
}

/** Packs every table that the product reads as a file into a folder. What is there already stays untouched, so that a reader never meets half a file. */
export function packInto(target) {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of packedTexts()) {
    const file = path.join(target, `${name}.json`);
    try {
      if (readFileSync(file, 'utf8') === text) continue;
    } catch {
      // Not there yet.
    }
    const half = `${file}.${process.pid}.new`;
    writeFileSync(half, text);
    renameSync(half, file);
  }
}

/** Packs the tables for what is run from the sources (tests, measurements); gives the folder. */
export function packForSources() {
  const target = path.join(root, 'out/knowledge');
  packInto(target);
  return target;
}
