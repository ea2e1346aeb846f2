import type { HereDoc, Redirection } from 'unbash';

import { expandText, textOf } from './parts';
import { textOfFile } from './files';
import type { Frame, Input } from './frame';
import { GAP, sourceInside, type Source } from './text';
import type { Pick } from './worlds';

/** What a command reads by its own redirections; undefined when it has none for its standard input. */
export function inputOf(redirects: readonly Redirection[], frame: Frame, pick: Pick): Input | undefined {
  const last = inputRedirect(redirects);
  if (!last) return undefined;
  switch (last.type) {
    case 'HereString': {
      const text = last.target ? expandText(last.target, frame, pick) : '';
      return () => `${text}\n`;
    }
    case 'HereDoc':
      return () => hereDocText(last, frame, pick);
    case 'Redirect': {
      if (last.operator === '<&' && last.target && /^\d+-?$/.test(last.target.text)) {
        const [text] = frame.run.files.get(`/dev/fd/${parseInt(last.target.text, 10)}`) ?? [GAP];
        return () => text ?? GAP;
      }
      if (!last.target || last.operator === '<&') return () => GAP;
      const path = expandText(last.target, frame, pick);
      // A terminal is no script.
      return path === '/dev/null' || path === '/dev/tty' ? () => '' : () => textOfFile(path, frame, last.target?.text)[0] ?? GAP;
    }
  }
}

/** What stands behind other descriptors (`3<<< text`) is a file to whoever names it. */
export function openDescriptors(redirects: readonly Redirection[], frame: Frame, pick: Pick): void {
  for (const r of redirects) {
    if (r.descriptor?.type !== 'FileDescriptor' || r.descriptor.value < 3) continue;
    const { value } = r.descriptor;
    const text = inputOf([{ ...copyOf(r), descriptor: undefined } as Redirection], frame, pick)?.();
    if (text !== undefined) frame.run.files.set(`/dev/fd/${value}`, [text]);
  }
}

/** The parts of a here-document are made when they are asked for, which a copy by `...` would not keep. */
function copyOf(r: Redirection): Redirection {
  return r.type === 'HereDoc' ? { ...r, body: r.body } : r;
}

function inputRedirect(redirects: readonly Redirection[]): Redirection | undefined {
  return redirects.findLast((r) => (r.descriptor === undefined || (r.descriptor.type === 'FileDescriptor' && r.descriptor.value === 0))
    && (r.type !== 'Redirect' || r.operator === '<' || r.operator === '<>' || r.operator === '<&'));
}

/** Where the input stands letter for letter in the source: a quoted here-document. */
export function inputSourceOf(redirects: readonly Redirection[], frame: Frame): Source | undefined {
  const last = inputRedirect(redirects);
  return last?.type === 'HereDoc' && last.operator === '<<' && (last.delimiter?.quoted || !/[$`\\]/.test(last.body.text)) ? sourceInside(last.body.text, frame.source, last.body.pos) : undefined;
}

function hereDocText(node: HereDoc, frame: Frame, pick: Pick): string {
  const { body, delimiter } = node;
  const text = delimiter?.quoted || !/[$`\\]/.test(body.text) ? body.text : body.parts ? textOf(body.parts, '', frame, pick) : body.text.replace(/\\\n/g, '').replace(/\\([\\$`])/g, '$1');
  return node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text;
}
