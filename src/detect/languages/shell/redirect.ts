import type { HereDoc, Redirection } from 'unbash';

import { expandText, textOf } from './expand';
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
      if (!last.target || last.operator === '<&') return () => GAP;
      const path = expandText(last.target, frame, pick);
      // A terminal is no script.
      return path === '/dev/null' || path === '/dev/tty' ? () => '' : () => textOfFile(path, frame, last.target?.text)[0] ?? GAP;
    }
  }
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

export function hereDocText(node: HereDoc, frame: Frame, pick: Pick): string {
  const { body, delimiter } = node;
  const text = delimiter?.quoted || !/[$`\\]/.test(body.text) ? body.text : body.parts ? textOf(body.parts, '', frame, pick) : body.text.replace(/\\\n/g, '').replace(/\\([\\$`])/g, '$1');
  return node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text;
}
