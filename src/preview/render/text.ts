import { OUTCOMES, type BlastRadius } from '../../model';
import { redact } from '../../model/redact';
import { oneLine } from '../../model/visible';
import { KIND_WORDS, downtimeWords, headline, OUTCOME_WORDS, wayBackWords } from './words';

export interface TextOptions {
  /** At most so many resources of one group, and dependents; all when left out. */
  readonly most?: number;
  /** What runs on approval instead of what was typed, in a sentence. */
  readonly prepared?: string;
}

/** Without secrets, and without what would move the cursor of the terminal that it is shown in. */
const say = (text: string): string => oneLine(redact(text));

/** A blast radius as text for a terminal: what is lost first, then who needs it, what could not be seen, and how we know. */
export function asText(radius: BlastRadius, { most = Infinity, prepared }: TextOptions = {}): string {
  const { resources, dependencies, unknowns, warnings, evidence } = radius;
  const lines: string[] = [radius.sourceDetail];
  const section = (title: string, body: readonly string[]): void => {
    if (body.length > 0) lines.push('', title, ...body.slice(0, most).map((line) => `  ${line}`), ...(body.length > most ? [`  … and ${body.length - most} more`] : []));
  };
  for (const outcome of OUTCOMES) {
    // Of what stays as it is only that is told of which there is something to say.
    const group = resources.filter((r) => r.outcome === outcome && (outcome !== 'unchanged' || r.because.length > 0));
    if (group.length === 0) continue;
    lines.push('', `${OUTCOME_WORDS[outcome].label} (${group.length})`);
    for (const r of group.slice(0, most)) {
      lines.push(`  ${r.id}  ${r.path === undefined ? '' : `${r.path}  `}${r.type}${r.data === 'none' ? '' : `  data: ${r.data}`}${r.physicalId !== undefined && r.physicalId !== r.id && r.physicalId !== r.logicalId ? `  (${r.physicalId})` : ''}`);
      for (const because of r.because) lines.push(`      ${because}`);
      if (r.size !== undefined || r.lastBackup !== undefined) lines.push(`      ${[r.size === undefined ? '' : `Holds ${r.size}.`, r.lastBackup === undefined ? '' : `Last backup: ${r.lastBackup}.`].filter(Boolean).join(' ')}`);
      const downtime = downtimeWords(r.downtime);
      if (downtime !== undefined) lines.push(`      ${downtime}`);
      const { how, until } = r.reversibility;
      if (how && outcome !== 'unchanged') lines.push(`      Way back: ${until ? `${how.replace(/\.$/, '')} (until ${until})` : how}`);
    }
    if (group.length > most) lines.push(`  … and ${group.length - most} more`);
  }
  const touched = resources.filter((r) => r.outcome !== 'unchanged');
  if (touched.length === 0) lines.push('', 'Nothing changes.');
  const hurt = new Set(touched.filter((r) => r.outcome !== 'added' && r.outcome !== 'modified').map((r) => r.id));
  section('Needs what goes', dependencies.filter((d) => hurt.has(d.to)).map((d) => `${d.from} needs ${d.to}: ${KIND_WORDS[d.kind].one} (${d.detail})`));
  section('Worth knowing', warnings);
  section('Not known', unknowns.map((one) => one.text));
  section('How we know', (evidence ?? []).map((e) => `${e.what}: ${e.from}`));
  if (touched.length > 0) lines.push('', `${headline(radius)}. As a whole: ${wayBackWords({ kind: radius.reversibility.kind })}.`);
  if (prepared !== undefined) lines.push(prepared);
  return `${lines.map(say).join('\n')}\n`;
}
