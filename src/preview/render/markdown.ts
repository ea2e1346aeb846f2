import { OUTCOMES, type AffectedResource, type BlastRadius, type Outcome } from '../../model';
import { redact } from '../../model/redact';
import { markdownCode, markdownText, oneLine } from '../../model/visible';
import { DATA_WORDS, KIND_WORDS, downtimeWords, headline, OUTCOME_WORDS, SOURCE_WORDS, wayBackWords } from './words';

/** A text inside a table or a list: nothing in it becomes a link, an element or another cell. */
const cell = (text: string): string => markdownText(redact(text));
/** A name as code. */
const code = (text: string): string => markdownCode(redact(text));

const OPEN: readonly Outcome[] = ['lost', 'replaced', 'interrupted', 'unknown'];
const MOST_ROWS = 100;
const MOST_NODES = 40;

/** A blast radius for a pull request: the bad part as a table, the rest folded, and a small graph of who needs what goes. */
export function asMarkdown(radius: BlastRadius, title: string): string {
  const { resources, unknowns, warnings, evidence } = radius;
  const groups = OUTCOMES.map((outcome) => [outcome, resources.filter((r) => r.outcome === outcome)] as const).filter(([outcome, rows]) => rows.length > 0 && outcome !== 'unchanged');
  const bad = groups.filter(([outcome]) => OPEN.includes(outcome));
  const rest = groups.filter(([outcome]) => !OPEN.includes(outcome));
  return [
    `### Holdpoint: ${code(title)}`, '',
    `**${headline(radius)}.** As a whole: ${cell(wayBackWords({ kind: radius.reversibility.kind }))}.`, '',
    ...bad.flatMap(([outcome, rows]) => table(outcome, rows)),
    ...rest.flatMap(([outcome, rows]) => ['<details>', `<summary>${OUTCOME_WORDS[outcome].label} (${rows.length})</summary>`, '', ...table(outcome, rows), '</details>', '']),
    ...list('Worth knowing', warnings.map(cell)),
    ...list('What could not be seen', unknowns.map((one) => cell(one.text))),
    ...graph(radius),
    '<details>', '<summary>How we know</summary>', '',
    `- ${SOURCE_WORDS[radius.source]}: ${cell(radius.sourceDetail)}`, ...(evidence ?? []).map((e) => `- ${cell(e.what)}: ${cell(e.from)}`), `- Taken at ${radius.takenAt}, digest ${code(radius.digest.slice(0, 12))}`, '', '</details>', '',
  ].join('\n');
}

function table(outcome: Outcome, rows: readonly AffectedResource[]): string[] {
  return [
    `**${OUTCOME_WORDS[outcome].label}** (${rows.length})`, '', '| Resource | Data | Why | Way back |', '|---|---|---|---|',
    ...rows.slice(0, MOST_ROWS).map((r) => {
      const data = [r.data === 'none' ? '–' : DATA_WORDS[r.data], r.size ?? '', r.lastBackup === undefined ? '' : `last backup: ${r.lastBackup}`].filter(Boolean).join('; ');
      const why = [...r.because, downtimeWords(r.downtime) ?? ''].filter(Boolean).join(' ');
      return `| ${code(r.path ?? r.id)}<br>${cell(r.type)} | ${cell(data)} | ${cell(why)} | ${cell(wayBackWords(r.reversibility))} |`;
    }),
    ...(rows.length > MOST_ROWS ? ['', `And ${rows.length - MOST_ROWS} more.`] : []), '',
  ];
}

const list = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [`**${title}**`, '', ...lines.map((line) => `- ${line}`), '']);

/** The graph in Mermaid's language, which GitHub and GitLab draw; only while it can be read. */
function graph({ resources, dependencies }: BlastRadius): string[] {
  const hurt = new Set(resources.filter((r) => r.outcome !== 'unchanged' && r.outcome !== 'added' && r.outcome !== 'modified').map((r) => r.id));
  const edges = dependencies.filter((d) => hurt.has(d.to));
  const ids = [...new Set(edges.flatMap((e) => [e.from, e.to]))];
  if (edges.length === 0 || ids.length > MOST_NODES) return [];
  const name = new Map(ids.map((id, i) => [id, `n${i}`]));
  const outcomes = new Map(resources.map((r) => [r.id, r.outcome]));
  const label = (text: string): string => oneLine(redact(text)).replace(/["<>[\]{}()|`#;\\&]/g, ' ').slice(0, 80);
  return [
    '<details>', '<summary>Who needs what goes</summary>', '', '```mermaid', 'flowchart LR',
    ...ids.map((id) => `  ${name.get(id)}["${label(id)}${outcomes.has(id) ? `, ${OUTCOME_WORDS[outcomes.get(id) ?? 'unknown'].label.toLowerCase()}` : ''}"]`),
    ...edges.map((e) => `  ${name.get(e.from)} -->|${label(KIND_WORDS[e.kind].one)}| ${name.get(e.to)}`),
    '```', '', '</details>', '',
  ];
}
