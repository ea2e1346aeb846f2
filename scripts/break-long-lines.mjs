// Breaks what the formatter leaves longer than 140 columns and that has one obvious way to be broken: comments, texts, templates and, where
// they are made once, regular expressions. Run with the files that are to be changed, between two runs of the formatter.
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const LIMIT = 140;
/** What stands around a part of a text: quotes, a plus, a comma, and the indent that the formatter adds. */
const AROUND = 10;

/** Cuts a text at blanks (or after `also`) into parts of at most `width` columns; a part that has none stays long. */
function parts(text, width, also = /$^/) {
  const found = [];
  let rest = text;
  while (rest.length > width) {
    let at = -1;
    for (let i = Math.min(width, rest.length) - 1; i > width / 3 && at < 0; i--) if (rest[i] === ' ' || also.test(rest[i])) at = i + 1;
    if (at < 0) break;
    found.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...found, rest];
}

const wrapped = (text, width) => parts(text, width).map((part) => part.trim());

/** The lines of a comment that is alone on its line. */
function commentLines(line) {
  const [, indent, open, text] = /^(\s*)(\/\/|\/\*\*|\*)\s+(.*)$/.exec(line) ?? [];
  if (open === undefined || line.includes('eslint-disable')) return [line];
  if (open === '//') return wrapped(text, LIMIT - indent.length - 3).map((part) => `${indent}// ${part}`);
  if (open === '*') return wrapped(text, LIMIT - indent.length - 2).map((part) => `${indent}* ${part}`);
  if (!text.endsWith('*/')) return [line];
  const inner = wrapped(text.slice(0, -2).trim(), LIMIT - indent.length - 3);
  return [`${indent}/**`, ...inner.map((part) => `${indent} * ${part}`), `${indent} */`];
}

/** Whether a sum in the place of this node needs brackets. */
function needsBrackets({ parent }) {
  return (
    ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent) || ts.isTypeOfExpression(parent) || ts.isPrefixUnaryExpression(parent)
  );
}

/** Whether a text stands where an expression may. */
function isExpression({ parent }) {
  return !(
    ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent) || ts.isTaggedTemplateExpression(parent) ||
    ts.isModuleDeclaration(parent) || ts.isImportTypeNode(parent)
  );
}

const isName = (node) => (ts.isPropertyAssignment(node.parent) || ts.isPropertySignature(node.parent)) && node.parent.name === node;

/** Cuts the raw text of a template at blanks outside of its expressions. */
function templateParts(node, source, width) {
  const raw = source.text.slice(node.getStart(source) + 1, node.end - 1);
  const shift = node.getStart(source) + 1;
  const spans = ts.isTemplateExpression(node) ? node.templateSpans : [];
  const inside = spans.map((span) => [span.expression.pos - shift - 2, span.literal.getStart(source) - shift + 1]);
  const masked = Array.from({ length: raw.length }, (_, i) => (inside.some(([from, to]) => i >= from && i < to) ? 'x' : raw[i])).join('');
  let at = 0;
  return parts(masked, width).map((part) => raw.slice(at, (at += part.length)));
}

/** Cuts the source of a regular expression after a bar that stands outside of a class. */
function patternParts(pattern, width) {
  let inClass = false;
  const masked = pattern.split('').map((c, i) => {
    const escaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern.slice(0, i));
    if (!escaped && c === '[') inClass = true;
    if (!escaped && c === ']') inClass = false;
    return c === '|' && !escaped && !inClass ? '|' : 'x';
  }).join('');
  let at = 0;
  return parts(masked, width, /\|/).map((part) => pattern.slice(at, (at += part.length)));
}

const inFunction = (node) => {
  for (let at = node.parent; at; at = at.parent) if (ts.isFunctionLike(at)) return true;
  return false;
};

/** The text that a node becomes; undefined where there is nothing to break. */
function broken(node, source, width) {
  const sum = (list) => (needsBrackets(node) ? `(${list.join(' +\n')})` : list.join(' +\n'));
  const text = node.getText(source);
  if (text.includes('\n') || isName(node) || (!ts.isRegularExpressionLiteral(node) && !isExpression(node))) return undefined;
  if (ts.isStringLiteral(node)) {
    const quote = text[0];
    const list = parts(text.slice(1, -1), width);
    return list.length < 2 ? undefined : sum(list.map((part) => quote + part + quote));
  }
  if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
    const list = templateParts(node, source, width);
    return list.length < 2 ? undefined : sum(list.map((part) => `\`${part}\``));
  }
  if (ts.isRegularExpressionLiteral(node) && !inFunction(node) && !/`|\$\{/.test(text)) {
    const end = text.lastIndexOf('/');
    const list = patternParts(text.slice(1, end), width - 12);
    const flags = text.slice(end + 1);
    if (list.length < 2) return undefined;
    return `new RegExp(\n${list.map((part) => `String.raw\`${part}\``).join(' +\n')}${flags === '' ? '' : `, '${flags}'`},\n)`;
  }
  return undefined;
}

/** A file's text with what is too long broken once. */
function once(file, before) {
  const source = ts.createSourceFile(file, before, ts.ScriptTarget.Latest, true, file.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS);
  const starts = source.getLineStarts();
  const lines = before.split('\n');
  const long = lines.map((line, i) => i).filter((i) => lines[i].length > LIMIT);
  const changes = [];
  const visit = (node) => {
    const from = node.getStart(source);
    if (!long.some((i) => starts[i] < node.end && starts[i] + LIMIT < node.end && from < starts[i] + lines[i].length && node.end > starts[i])) return;
    const line = source.getLineAndCharacterOfPosition(from).line;
    const indent = /^\s*/.exec(lines[line])[0].length;
    const replacement = broken(node, source, LIMIT - AROUND - indent);
    if (replacement !== undefined) changes.push([from, node.end, replacement]);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  let text = before;
  for (const [from, end, replacement] of changes.sort((a, b) => b[0] - a[0])) text = text.slice(0, from) + replacement + text.slice(end);
  return text;
}

/** Lines of a text that stand inside a template: a comment there is none. */
function templateLines(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const inside = new Set();
  const visit = (node) => {
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      const from = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const to = source.getLineAndCharacterOfPosition(node.end).line;
      for (let line = from + 1; line <= to; line++) inside.add(line);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return inside;
}

for (const file of process.argv.slice(2)) {
  const before = readFileSync(file, 'utf8');
  if (!before.split('\n').some((line) => line.length > LIMIT)) continue;
  const code = once(file, before);
  const inside = templateLines(file, code);
  const text = code.split('\n').flatMap((line, i) => (line.length > LIMIT && !inside.has(i) ? commentLines(line) : [line])).join('\n');
  if (text !== before) writeFileSync(file, text);
}
