/// <reference lib="dom" />
import type { DependentGroup, DependentRow, PreviewView, ResourceGroup, ResourceRow } from '../../src/editor/panel-protocol';
import { el, icon, rows, type Rows } from './dom';

/** The list of what is drawn: it finds the row of a resource, drawn yet or not. */
const places = new Map<string, { readonly group: HTMLDetailsElement; readonly rows: Rows; readonly index: number }>();

/** Opens the group of a resource, draws its row if need be, and puts the focus there. */
export function showRow(key: string): void {
  const place = places.get(key);
  if (!place) return;
  place.group.open = true;
  const row = place.rows.upTo(place.index);
  row?.scrollIntoView({ block: 'center' });
  const focus = row?.querySelector<HTMLElement>('summary') ?? row;
  if (focus === row) row?.setAttribute('tabindex', '-1');
  focus?.focus({ preventScroll: true });
}

/** What a person must know first: it stands right below the command. */
export function drawSummary(preview: PreviewView): HTMLElement {
  const nodes = preview.counts.reduce((sum, c) => sum + c.count, 0);
  return el('section', { class: 'summary', 'aria-label': 'Blast radius in short' },
    el('h2', {}, 'Blast radius'),
    el('p', { class: 'headline' }, preview.headline),
    preview.counts.every((c) => c.outcome === 'unchanged') ? null : el('p', { class: 'way-back-all' }, `As a whole: ${preview.wayBack.replace(/\.+$/, '')}.`),
    el('div', { class: 'counts-line' }, drawCounts(preview), nodes === 0 ? null : el('button', {
      type: 'button', id: 'open-graph', class: 'count', 'aria-expanded': 'false', 'aria-controls': 'graph',
    }, icon('graph'), el('span', { class: 'label' }, 'Show as graph'))),
    drawNotes('What could not be seen', preview.unknowns, 'unknown'));
}

/** The rest of the blast radius: the groups, what depends on them, where it comes from. */
export function drawPreview(preview: PreviewView): HTMLElement {
  places.clear();
  return el('section', { class: 'preview', 'aria-label': 'Blast radius' },
    drawNotes('Worth knowing', preview.warnings, 'warning'),
    el('div', { class: 'groups' }, ...preview.groups.map(drawGroup)),
    ...(preview.dependents.length ? [el('h2', { class: 'part' }, 'Who needs it')] : []),
    ...preview.dependents.map(drawDependents),
    drawSource(preview));
}

function drawCounts(preview: PreviewView): HTMLElement | null {
  if (preview.counts.length === 0) return null;
  return el('ul', { class: 'counts', 'aria-label': 'Resources by what happens to them' },
    ...preview.counts.map((c) => {
      const link = el('button', { class: 'count', 'data-outcome': c.outcome, type: 'button' },
        icon(c.outcome), el('span', { class: 'number' }, c.count.toLocaleString('en-US')), el('span', { class: 'label' }, c.label.toLowerCase()));
      link.addEventListener('click', () => {
        const group = document.querySelector<HTMLDetailsElement>(`details.group[data-outcome="${c.outcome}"]`);
        if (!group) return;
        group.open = true;
        group.scrollIntoView({ block: 'start' });
        group.querySelector<HTMLElement>('summary')?.focus({ preventScroll: true });
      });
      return el('li', {}, link);
    }));
}

/** A part that is drawn when it is first opened: most sets are mostly unchanged. */
function folding(node: HTMLDetailsElement, list: Rows, open: boolean): void {
  node.addEventListener('toggle', () => node.open && list.start());
  node.open = open;
  if (open) queueMicrotask(() => list.start());
}

function drawGroup(group: ResourceGroup): HTMLElement {
  const list = el('ul', { class: 'rows' });
  const node = el('details', { class: 'group', 'data-outcome': group.outcome },
    el('summary', {},
      icon('chevron'), icon(group.outcome),
      el('h3', {}, group.label), el('span', { class: 'badge' }, group.rows.length.toLocaleString('en-US')),
      el('span', { class: 'meaning' }, group.meaning)),
    list);
  const drawn = rows(list, group.rows, drawRow);
  group.rows.forEach((row, index) => places.set(row.key, { group: node, rows: drawn, index }));
  folding(node, drawn, group.open);
  return node;
}

/** A text with the commands in it as code: one click selects a whole one, to copy it. */
function withCommands(text: string, commands: readonly string[]): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let rest = text;
  for (const command of commands) {
    const at = rest.indexOf(command);
    if (at < 0) continue;
    parts.push(rest.slice(0, at), el('code', { class: 'whole' }, command));
    rest = rest.slice(at + command.length);
  }
  return [...parts, rest];
}

function drawRow(row: ResourceRow): HTMLElement {
  const cells = [
    el('span', { class: 'name' }, row.name),
    el('span', { class: 'type' }, row.type),
    row.physicalId && row.physicalId !== row.name ? el('span', { class: 'physical', title: row.physicalId }, row.physicalId) : null,
    el('span', { class: row.dataBad ? 'data bad' : 'data' }, row.data),
    row.traits.length ? el('span', { class: 'traits' }, ...row.traits.map((t) =>
      el('span', { class: t.bad ? 'trait bad' : 'trait' }, el('span', { class: 'trait-label' }, `${t.label}: `), t.value))) : null,
    row.wayBack ? el('span', { class: 'way-back' }, ...withCommands(row.wayBack, row.commands)) : null,
  ];
  const toGraph = el('button', { type: 'button', class: 'to-graph', 'data-graph-key': row.key, 'aria-label': `Show ${row.name} in the graph`, title: 'Show in the graph' }, icon('graph'));
  if (row.because.length === 0) return el('li', { class: 'row' }, el('div', { class: 'cells' }, ...cells), toGraph);
  return el('li', { class: 'row' },
    el('details', {},
      el('summary', { class: 'cells' }, icon('chevron'), ...cells),
      el('ul', { class: 'because', 'aria-label': 'Why' }, ...row.because.map((b) => el('li', {}, b)))),
    toGraph);
}

function drawDependents(group: DependentGroup): HTMLElement {
  const list = el('ul', { class: 'dependents' });
  const name = (text: string, key: string): HTMLElement => el('button', { type: 'button', class: 'name', 'data-graph-key': key, title: 'Show in the graph' }, text);
  const node = el('details', { class: 'group plain' },
    el('summary', {}, icon('chevron'), icon('arrow'), el('h3', {}, group.label), el('span', { class: 'badge' }, group.rows.length.toLocaleString('en-US'))),
    list);
  folding(node, rows(list, group.rows, (d: DependentRow) => el('li', {},
    el('span', { class: 'edge' }, name(d.from, d.fromKey), el('span', { class: 'needs' }, ' needs '), name(d.to, d.toKey)),
    el('span', { class: 'detail' }, d.detail))), true);
  return node;
}

/** Where it comes from: in a line always, each source for itself when it is opened. */
function drawSource(preview: PreviewView): HTMLElement {
  const line = el('p', { class: 'source' },
    el('span', { class: 'source-label' }, preview.sourceLabel), ' ', el('span', {}, preview.sourceDetail), ' ',
    el('time', { datetime: preview.takenAt }, new Date(preview.takenAt).toLocaleString()));
  if (preview.evidence.length === 0) return el('footer', {}, el('h2', { class: 'part' }, 'How we know'), line);
  return el('footer', {}, el('details', { class: 'group plain' },
    el('summary', {}, icon('chevron'), icon('source'), el('h3', {}, 'How we know'), el('span', { class: 'badge' }, String(preview.evidence.length)),
      el('span', { class: 'meaning' }, 'What is said here, and where it was read.')),
    el('ul', { class: 'evidence' }, ...preview.evidence.map((e) => el('li', {}, el('span', {}, e.what), el('span', { class: 'from' }, '← ', e.from))))),
  line);
}

function drawNotes(title: string, notes: readonly string[], kind: 'unknown' | 'warning'): HTMLElement | null {
  if (notes.length === 0) return null;
  return el('section', { class: `notes notes-${kind}`, 'aria-label': title },
    el('h3', {}, icon(kind), title),
    el('ul', {}, ...notes.map((n) => el('li', {}, n))));
}
