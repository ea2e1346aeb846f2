// Rules of this project that eslint does not bring.

/** Lines on which nothing but a comment stands. */
function commentLines(code) {
  const lines = new Set();
  for (const { loc } of code.getAllComments()) {
    for (let line = loc.start.line; line <= loc.end.line; line++) {
      const text = code.lines[line - 1];
      const before = line === loc.start.line ? text.slice(0, loc.start.column) : '';
      const after = line === loc.end.line ? text.slice(loc.end.column) : '';
      if ((before + after).trim() === '') lines.add(line);
    }
  }
  return lines;
}

/** The function that a call of one of these names is given, perhaps on a condition: it groups what stands in it, as a file does. */
function isGroup(node, groups) {
  const { parent } = node;
  if (parent?.type !== 'CallExpression' || !parent.arguments.includes(node)) return false;
  return groups.includes(parent.callee.name ?? parent.callee.consequent?.name);
}

const functionLength = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'object', properties: { max: { type: 'integer' }, groups: { type: 'array', items: { type: 'string' } } }, additionalProperties: false }],
    messages: { long: 'This function has {{count}} lines without blank ones and comments; {{max}} are the most it may have.' },
  },
  create(context) {
    const { max, groups = [] } = context.options[0];
    const code = context.sourceCode;
    const comments = commentLines(code);
    const check = (node) => {
      if (isGroup(node, groups)) return;
      let count = 0;
      for (let line = node.loc.start.line; line <= node.loc.end.line; line++) {
        if (code.lines[line - 1].trim() !== '' && !comments.has(line)) count += 1;
      }
      if (count > max) context.report({ node, loc: { start: node.loc.start, end: node.loc.start }, messageId: 'long', data: { count, max } });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

export default { rules: { 'function-length': functionLength } };
