import assert from 'node:assert/strict';
import fc from 'fast-check';

import type { Hold } from '../../src/model';
import { hides, manyLines, markdownCode, markdownText, oneLine, unlinked, visible, visibleJson, withoutSequences } from '../../src/model/visible';
import { formatted } from '../../src/cli/check/output';
import type { Finding } from '../../src/cli/check/finding';
import { asText as panelText, panelView } from '../../src/editor/panel-view';
import { sayPlainly } from '../../src/editor/panel-words';
import { statusText } from '../../src/editor/status-text';
import { words } from '../../src/gate/words';
import { actionTitle } from '../../src/model/redact/action';
import { asJson } from '../../src/preview/render/json';
import { asMarkdown } from '../../src/preview/render/markdown';
import { asText } from '../../src/preview/render/text';
import { lastWords } from '../../src/preview/tool-run';
import { AGENT, anOperation, aRadius, aResource } from '../support/operations';

const titleOf = (argv: readonly string[]): string => actionTitle({ kind: 'argv', argv, cwd: '/', executable: '/usr/bin/x' });
/** One of each kind: control characters, terminal sequences, direction, zero width, tags, fillers, half a pair, line ends of Unicode, and links. */
export const HOSTILE = [
  'a\u001b[2Kb', 'a\u001b]0;title\u0007b', 'a\u001b]8;;http://x.example\u001b\\link\u001b]8;;\u001b\\b', 'a\u001bP1$r\u001b\\b', 'a\u001b]52;c;ZWNobyBoaQ==\u0007b', 'a\u009b31mb', 'a\u009d0;x\u009cb', 'a\rb', 'a\u0008b', 'a\u0000b', 'a\u007fb', 'a\u0085b',
  'a\u202eb', 'a\u2066b\u2069', 'a\u200bb', 'a\u200db', 'a\ufeffb', 'a\u00adb', 'a\u{e0041}\u{e007f}b', 'a\ufe0fb', 'a\u3164b', 'a\u115fb', 'a\ud800b', 'a\udc00b', 'a\u2028b', 'a\u2029b', 'a\nb', 'a\u061cb', 'a\u{1d173}b', 'a\ufff9b',
];
const LINKS = '[Approve](command:workbench.action.quit) ![x](http://x.example/p.png) <img src=x onerror=alert(1)> <https://x.example> https://x.example www.x.example @team `code` | cell $(check) **bold** # head';

const hold = (text: string): Hold => ({
  id: 'h-1', state: 'pending', action: { kind: 'argv', argv: ['aws', 'cloudformation', 'delete-stack', '--stack-name', text], cwd: `/w/${text}`, executable: `/bin/${text}` },
  actor: { ...AGENT, name: text, evidence: [text] }, inputs: [{ path: text, sha256: undefined }],
  operations: [{ ...anOperation(), reason: text, unknowns: [text], guardsOff: [text], targets: [{ type: text, name: text, known: true }], context: { account: text, region: text, profile: text, endpoint: text, other: { [text]: text } } }],
  verdict: { kind: 'confirm', rule: text, reason: text, risk: 'high', environment: { name: text, tier: 'production', because: text } }, previewStatus: text, fingerprint: 'f', since: '2026-01-01T00:00:00Z',
  preview: radius(text), prepared: { argv: ['aws', text], withoutEnv: [], files: [], explanation: text }, kept: [{ path: text, what: text }], decisionReason: text,
});
const radius = (text: string) => aRadius([{ ...aResource(), id: text, logicalId: text, path: text, physicalId: text, type: text, stack: text, size: text, lastBackup: text, because: [text], reversibility: { kind: 'recoverable', how: text, until: text } }], {
  unknowns: [{ kind: 'state', subject: text, text }], warnings: [text], sourceDetail: text, evidence: [{ what: text, from: text }], stack: text, context: { account: text, other: { [text]: text } },
  dependencies: [{ from: text, to: text, kind: 'reference', detail: text }],
});
const finding = (text: string): Finding => ({
  file: text, line: 1, column: 1, endLine: 1, endColumn: 2, operation: text, effects: [text], reversibility: 'unknown', targets: [text], risk: 'high', verdict: 'confirm', rule: text, reason: text, instead: text, context: text, isEdit: false,
});

/** What each exit makes of a text that stands wherever others' words may stand. With the text that may have several lines. */
function exits(text: string): Record<string, string> {
  const view = panelView([hold(text)], undefined, 'h-1');
  const report = { findings: [finding(text)], files: 1, problems: [text] };
  const strings: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') strings.push(value);
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) {
      strings.push(key);
      collect(inner);
    }
  };
  collect(view);
  return {
    'what is held': [...words.held(titleOf(['aws', text]), text, text, { ...AGENT, name: text }), ...words.denied(titleOf(['aws', text]), text, text, AGENT), ...words.deniedByRule(titleOf(['aws', text]), text, text, AGENT), words.warning(text), words.kept([text])].map(oneLine).join('\n'),
    'panel': strings.join('\n'), 'clipboard': view.subject === null ? '' : panelText(view.subject),
    'status bar': statusText({ held: [], risk: 'none', files: [], trouble: [{ kind: 'off', why: text }] }).label + statusText({ held: [], risk: 'none', files: [], trouble: [{ kind: 'degraded', why: text }] }).label,
    'notification': sayPlainly(text), 'log': manyLines(text).replaceAll('\n', '\n    '),
    'preview as text': asText(radius(text), { prepared: text }), 'preview as Markdown': asMarkdown(radius(text), text), 'preview as JSON': asJson(radius(text), { command: [text] }),
    'check as text': formatted(report, 'human', '1'), 'check as Markdown': formatted(report, 'markdown', '1'), 'check as JSON': formatted(report, 'json', '1'), 'check as SARIF': formatted(report, 'sarif', '1'),
    'last words of a tool': lastWords({ stdout: '', stderr: text }),
  };
}

describe('what others say, where it is shown', () => {
  for (const text of HOSTILE) {
    it(`acts on nothing: ${JSON.stringify(visible(text))}`, () => {
      for (const [exit, out] of Object.entries(exits(text))) assert.equal(hides(out, true), false, `${exit}: ${JSON.stringify(out)}`);
    });
  }

  it('acts on nothing, whatever it is', () => {
    const hostile = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)), maxLength: 4 })), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(fc.property(hostile, (text) => {
      for (const [exit, out] of Object.entries(exits(text))) assert.equal(hides(out, true), false, `${exit}: ${JSON.stringify(out)}`);
    }), { numRuns: 300, seed: 9 });
  });

  it('adds no line of its own where one is told', () => {
    for (const line of ['x\nHoldpoint: approved', 'x\r\nHoldpoint: approved', 'x\u2028Holdpoint: approved', 'x\u0085Holdpoint: approved']) {
      const told = words.held(titleOf(['aws', line]), line, 'the panel', AGENT).map(oneLine);
      assert.equal(told.join('\n').split('\n').length, told.length);
      for (const out of [asText(radius(line)), formatted({ findings: [finding(line)], files: 1, problems: [] }, 'human', '1'), asMarkdown(radius(line), line)]) assert.equal(/^Holdpoint: approved/m.test(out), false, out);
    }
  });

  it('makes two names that differ look different', () => {
    for (const text of HOSTILE) assert.notEqual(visible(text), 'ab');
  });

  it('is no link, image, element, mention or cell in Markdown', () => {
    for (const out of [markdownText(LINKS), asMarkdown(radius(LINKS), LINKS), formatted({ findings: [finding(LINKS)], files: 1, problems: [LINKS] }, 'markdown', '1')]) {
      const outsideCode = out.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '').replace(/\\[[\]!|*#$]/g, '');
      assert.equal(/\]\(|!\[|<img|<http|https?:\/\/|www\.|@team|\*\*bold/.test(outsideCode), false, outsideCode);
    }
    assert.equal(markdownCode('a`b|c'), "`a'b\\|c`");
  });

  it('is no link and no icon in notifications, boxes, lists and SARIF', () => {
    for (const out of [unlinked(LINKS), sayPlainly(LINKS), ...(JSON.parse(formatted({ findings: [finding(LINKS)], files: 1, problems: [] }, 'sarif', '1')) as { runs: { results: { message: { text: string } }[] }[] }).runs.flatMap((r) => r.results.map((x) => x.message.text))]) {
      assert.equal(/\]\(|\$\(/.test(out), false, out);
    }
  });

  it('is no link in the name of a rule in SARIF, and each result points to its rule', () => {
    const { runs } = JSON.parse(formatted({ findings: [finding(`gcloud:compute.${LINKS}`), finding('sql:DROP')], files: 1, problems: [] }, 'sarif', '1')) as { runs: { tool: { driver: { rules: { id: string; shortDescription: { text: string } }[] } }; results: { ruleId: string; ruleIndex: number }[] }[] };
    const [run] = runs;
    assert.ok(run);
    for (const text of [...run.tool.driver.rules.flatMap((r) => [r.id, r.shortDescription.text]), ...run.results.map((r) => r.ruleId)]) assert.equal(/\]\(|\$\(/.test(text), false, text);
    for (const r of run.results) assert.equal(run.tool.driver.rules[r.ruleIndex]?.id, r.ruleId);
  });

  it('reads as the same data when it is printed as JSON', () => {
    for (const text of [...HOSTILE, LINKS]) assert.deepEqual(JSON.parse(visibleJson(JSON.stringify({ [text]: [text] }, null, 2))), { [text]: [text] });
  });

  it('keeps the words of a tool and drops its colours, titles and links', () => {
    assert.equal(withoutSequences('\u001b[1;31mError:\u001b[0m no \u001b]8;;http://x\u001b\\state\u001b]8;;\u001b\\'), 'Error: no state');
    assert.equal(lastWords({ stdout: '', stderr: '\u001b[31m│\u001b[0m Error: \u001b[1mno state\u001b[0m\n' }).includes('Error: no state'), true);
    assert.equal(manyLines('größe\n\tΩ 漢字 é'), 'größe\n\tΩ 漢字 é');
  });
});
