import type { ArrayValue, Assignment } from 'unbash';

import { expand, expandText } from './parts';
import type { Frame } from './frame';
import { setVariable, variable, type Item, type List, type Value, type Variable } from './state';
import { GAP, hasGap } from './text';
import type { Pick } from './worlds';

/** The value that an assignment gives in this world. */
export function assignedValue(node: Assignment, frame: Frame, pick: Pick): Value {
  if (node.value.type === 'ArrayValue') {
    const list = listOf(node.value, frame, pick);
    const before = node.append ? current(node.name, frame, pick) : undefined;
    return before === undefined ? list : { items: renumbered([...asList(before).items, ...list.items]) };
  }
  const text = expandText(node.value, frame, pick);
  if (node.index) {
    const key = expandText(node.index, frame, pick).replace(/^(["'])(.*)\1$/, '$2');
    const items = asList(current(node.name, frame, pick) ?? '').items.filter((i) => i.text !== '' || i.key !== '0');
    if (hasGap(key)) return { items: [...items, { key: '', text: GAP, multi: true }] };
    const old = items.find((i) => i.key === key);
    const item: Item = { key, text: node.append ? (old?.text ?? '') + text : text, multi: false };
    const next = old ? items.map((i) => (i === old ? item : i)) : [...items, item];
    // Indexed arrays are in the order of their numbers.
    return { items: next.every((i) => /^\d+$/.test(i.key)) ? next.sort((a, b) => Number(a.key) - Number(b.key)) : next };
  }
  if (!node.append) return text;
  const before = current(node.name, frame, pick);
  if (typeof before === 'object') return { items: before.items.map((i, at) => (at === 0 ? { ...i, text: i.text + text } : i)) };
  return (before ?? '') + text;
}

/** Makes an assignment with all the values that it has in one world. */
export function assign(node: Assignment, frame: Frame, pick: Pick, change: Partial<Variable>): void {
  setVariable(frame.state, node.name, [assignedValue(node, frame, pick)], change);
}

function current(name: string, frame: Frame, pick: Pick): Value {
  const values = variable(frame.state, name)?.values;
  if (!values) return GAP;
  const at = values.length === 1 ? 0 : pick(`$${name}`, values.length);
  return at < 0 ? GAP : values[at];
}

const asList = (value: Value): List => (typeof value === 'object' ? value : value === undefined ? { items: [] } : value === GAP ? { items: [] } : { items: [{ key: '0', text: value, multi: false }] });

function listOf(node: ArrayValue, frame: Frame, pick: Pick): List {
  const items: Item[] = [];
  for (const word of node.elements) {
    const keyed = /^\[((?:[^\]"']|"[^"]*"|'[^']*')+)\]\+?=/.exec(word.text);
    if (keyed) {
      const text = expandText(word, frame, pick);
      const at = text.indexOf(']=');
      items.push(at < 0 ? { key: '', text: GAP, multi: true } : { key: text.slice(1, at), text: text.slice(at + 2), multi: false });
      continue;
    }
    for (const f of expand(word, frame, pick)) items.push({ key: '', text: f.text, multi: f.multi });
  }
  return { items: renumbered(items) };
}

function renumbered(items: readonly Item[]): Item[] {
  let next = 0;
  let open = false;
  return items.map((item) => {
    open ||= item.multi;
    if (item.key !== '' && !/^\d+$/.test(item.key)) return item;
    if (/^\d+$/.test(item.key) && Number(item.key) >= next) next = Number(item.key);
    return { ...item, key: open ? '' : String(next++) };
  });
}
