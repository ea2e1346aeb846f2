/// <reference lib="dom" />
import type { DependentRow, PreviewView, ResourceGroup, ResourceRow } from '../../src/editor/panel-protocol';
import { el, fill, icon } from './dom';

/** What a person must know first: it stands right below the command. */
export function drawSummary(preview: PreviewView): HTMLElement {
  return el('section', { class: 'summary', 'aria-label': 'Blast radius in short' },
    el('h2', {}, 'Blast radius'),
    el('p', { class: 'headline' }, preview.headline),
    el('p', { class: 'way-back-all' }, `As a whole: ${preview.wayBack.replace(/\.+$/, '')}.`),
    drawCounts(preview));
}

/** The rest of the blast radius: what is not known, the groups, what depends on them, where it comes from. */
export function drawPreview(preview: PreviewView): HTMLElement {
  return el('section', { class: 'preview', 'aria-label': 'Blast radius' },
    drawNotes('What could not be seen', preview.unknowns, 'unknown'),
    drawNotes('Worth knowing', preview.warnings, 'warning'),
    el('div', { class: 'groups' }, ...preview.groups.map(drawGroup)),
    drawDependents('Other stacks that import from it', preview.importers),
    drawDependents('References inside the stack', preview.references),
    el('footer', { class: 'source' },
      el('span', { class: 'source-label' }, preview.sourceLabel), ' ', el('span', {}, preview.sourceDetail), ' ',
      el('time', { datetime: preview.takenAt }, new Date(preview.takenAt).toLocaleString())));
}

function drawCounts(preview: PreviewView): HTMLElement | null {
  if (preview.counts.length === 0) return null;
  return el('ul', { class: 'counts', 'aria-label': 'Resources by what happens to them' },
    ...preview.counts.map((c) => {
      const link = el('button', { class: 'count', 'data-outcome': c.outcome, type: 'button' },
        icon(c.outcome), el('span', { class: 'number' }, String(c.count)), el('span', { class: 'label' }, c.label.toLowerCase()));
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

function drawGroup(group: ResourceGroup): HTMLElement {
  const list = el('ul', { class: 'rows' });
  const node = el('details', { class: 'group', 'data-outcome': group.outcome },
    el('summary', {},
      icon('chevron'), icon(group.outcome),
      el('h3', {}, group.label), el('span', { class: 'badge' }, String(group.rows.length)),
      el('span', { class: 'meaning' }, group.meaning)),
    list);
  // A closed group is drawn when it is first opened: most sets are mostly unchanged.
  const draw = (): void => {
    if (list.childElementCount === 0) fill(list, group.rows, drawRow);
  };
  node.addEventListener('toggle', () => node.open && draw());
  node.open = group.open;
  if (group.open) queueMicrotask(draw);
  return node;
}

function drawRow(row: ResourceRow): HTMLElement {
  const cells = [
    el('span', { class: 'name' }, row.name),
    el('span', { class: 'type' }, row.type),
    row.physicalId && row.physicalId !== row.name ? el('span', { class: 'physical', title: row.physicalId }, row.physicalId) : null,
    el('span', { class: row.dataBad ? 'data bad' : 'data' }, row.data),
    row.wayBack ? el('span', { class: 'way-back' }, row.wayBack) : null,
  ];
  if (row.because.length === 0) return el('li', { class: 'row' }, el('div', { class: 'cells' }, ...cells));
  return el('li', { class: 'row' },
    el('details', {},
      el('summary', { class: 'cells' }, icon('chevron'), ...cells),
      el('ul', { class: 'because', 'aria-label': 'Why' }, ...row.because.map((b) => el('li', {}, b)))));
}

function drawDependents(title: string, rows: readonly DependentRow[]): HTMLElement | null {
  if (rows.length === 0) return null;
  const list = el('ul', { class: 'dependents' });
  const section = el('details', { class: 'group plain', open: '' },
    el('summary', {}, icon('chevron'), icon('arrow'), el('h3', {}, title), el('span', { class: 'badge' }, String(rows.length))),
    list);
  queueMicrotask(() => fill(list, rows, (d) => el('li', {},
    el('span', { class: 'edge' }, el('span', { class: 'name' }, d.from), el('span', { class: 'needs' }, ' needs '), el('span', { class: 'name' }, d.to)),
    el('span', { class: 'detail' }, d.detail))));
  return section;
}

function drawNotes(title: string, notes: readonly string[], kind: 'unknown' | 'warning'): HTMLElement | null {
  if (notes.length === 0) return null;
  return el('section', { class: `notes notes-${kind}`, 'aria-label': title },
    el('h3', {}, icon(kind), title),
    el('ul', {}, ...notes.map((n) => el('li', {}, n))));
}
