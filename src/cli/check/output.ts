import { createHash } from 'node:crypto';
import path from 'node:path';
import { holds, RISKS, type Risk } from '../../model';
import { markdownCode, markdownText as cell, oneLine, unlinked, visibleJson } from '../../model/visible';
import type { Finding, Report } from './finding';

export type Format = 'human' | 'json' | 'sarif' | 'markdown';

/** A report in one of its forms, with a line end at its end. */
export function formatted(report: Report, format: Format, version: string): string {
  switch (format) {
    case 'human': return asText(report);
    case 'json': return `${visibleJson(JSON.stringify(report.findings.map(({ context: _, isEdit: __, ...f }) => f), null, 2))}\n`;
    case 'sarif': return `${visibleJson(JSON.stringify(asSarif(report, version), null, 2))}\n`;
    case 'markdown': return asMarkdown(report);
  }
}

function asText({ findings, files }: Report): string {
  const lines = findings.map((f) => {
    const head = `${f.file}:${f.line}:${f.column}  ${f.risk}  ${f.operation}  ${f.targets.join(' ')}`;
    return [head.trimEnd(), `    ${f.reason}`, ...(f.instead ? [`    Instead: ${f.instead}`] : [])].map(oneLine).join('\n');
  });
  lines.push(summary(findings, files));
  return `${lines.join('\n')}\n`;
}

function summary(findings: readonly Finding[], files: number): string {
  const held = findings.filter((f) => holds(f.verdict));
  const inFiles = new Set(held.map((f) => f.file)).size;
  return held.length === 0 ? `Nothing would be held in ${files} ${files === 1 ? 'file' : 'files'}.` : `${held.length} ${held.length === 1 ? 'operation' : 'operations'} would be held, in ${inFiles} of ${files} ${files === 1 ? 'file' : 'files'}.`;
}

/** For a pull request: what would be held first, a table, and the sentences. */
function asMarkdown({ findings, files, problems }: Report): string {
  const sorted = [...findings].sort((a, b) => RISKS.indexOf(b.risk) - RISKS.indexOf(a.risk));
  const rows = sorted.slice(0, 200).map((f) => `| ${f.risk} | ${markdownCode(`${f.file}:${f.line}`)} | ${cell(f.operation)} ${cell(f.targets.join(', '))} | ${cell(f.reason)}${f.instead ? ` *Instead:* ${cell(f.instead)}` : ''} |`);
  return [
    '### Holdpoint', '', summary(findings, files), '',
    ...(rows.length > 0 ? ['| Risk | Place | Operation | What it does |', '|---|---|---|---|', ...rows, ''] : []),
    ...(sorted.length > 200 ? [`And ${sorted.length - 200} more.`, ''] : []),
    ...(problems.length > 0 ? ['Not judged:', '', ...problems.map((p) => `- ${cell(p)}`), ''] : []),
  ].join('\n');
}

const LEVEL: Readonly<Record<Risk, 'none' | 'note' | 'warning' | 'error'>> = { none: 'none', low: 'note', medium: 'warning', high: 'error', critical: 'error' };
const SEVERITY: Readonly<Record<Risk, string>> = { none: '0.0', low: '3.0', medium: '5.0', high: '8.0', critical: '9.5' };

/** SARIF 2.1.0. Source: OASIS, Static Analysis Results Interchange Format Version 2.1.0. */
function asSarif({ findings, problems }: Report, version: string): object {
  // A name becomes a link nowhere, whatever it was made of.
  const idOf = (f: Finding): string => unlinked(f.operation);
  const ids = [...new Set(findings.map(idOf))].sort();
  const seen = new Map<string, number>();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: {
        name: 'Holdpoint', version, informationUri: 'https://github.com/holdpoint/holdpoint',
        rules: ids.map((id) => {
          const one = findings.find((f) => idOf(f) === id);
          return { id, shortDescription: { text: `${id} destroys, interrupts or opens something` }, defaultConfiguration: { level: LEVEL[one?.risk ?? 'medium'] }, properties: { 'security-severity': SEVERITY[one?.risk ?? 'medium'], tags: ['infrastructure', ...(one?.effects ?? [])] } };
        }),
      } },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder in which the check was run.' } } },
      invocations: [{ executionSuccessful: problems.length === 0, ...(problems.length > 0 && { toolExecutionNotifications: problems.map((text) => ({ level: 'warning', message: { text: unlinked(text) } })) }) }],
      results: findings.map((f) => {
        const key = createHash('sha256').update(JSON.stringify([f.operation, f.file, f.context, f.targets])).digest('hex').slice(0, 32);
        const nth = (seen.get(key) ?? 0) + 1;
        seen.set(key, nth);
        return {
          ruleId: idOf(f), ruleIndex: ids.indexOf(idOf(f)), level: LEVEL[f.risk], message: { text: unlinked(f.instead ? `${f.reason} Instead: ${f.instead}` : f.reason) },
          locations: [{ physicalLocation: { artifactLocation: { uri: uri(f.file), uriBaseId: '%SRCROOT%' }, region: { startLine: f.line, startColumn: f.column, endLine: f.endLine, endColumn: Math.max(f.endColumn, f.endLine === f.line ? f.column : 1) } } }],
          partialFingerprints: { 'holdpoint/v1': `${key}:${nth}` },
          properties: { risk: f.risk, verdict: f.verdict, effects: f.effects, reversibility: f.reversibility, targets: f.targets, rule: f.rule },
        };
      }),
    }],
  };
}

/** A path as a relative URI reference; half a surrogate pair in a name has no form in one. */
function uri(file: string): string {
  const relative = path.isAbsolute(file) ? path.relative(process.cwd(), file) : file;
  return relative.split(path.sep).map((part) => (part === '..' ? part : encodeURIComponent(Buffer.from(part).toString()))).join('/');
}
