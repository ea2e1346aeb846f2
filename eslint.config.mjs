import tseslint from 'typescript-eslint';

// The folders of src/ are the way of the data; each may import only what stands before it.
const order = {
  model: [],
  agents: ['model'],
  detect: ['model', 'agents'],
  preview: ['model', 'agents', 'detect'],
  rules: ['model'],
  ledger: ['model'],
  gate: ['model', 'agents', 'detect', 'preview', 'rules', 'ledger'],
  editor: ['model', 'agents', 'detect', 'preview', 'rules', 'ledger', 'gate'],
};
const folders = Object.keys(order);
/** A tool's folder holds its preview as well, which stands where src/preview does. */
const previews = ['src/detect/tools/*/preview.ts', 'src/detect/tools/*/preview/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', 'node_modules/**', '.vscode-test/**', 'examples/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mjs'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', {
        selector: "CallExpression[callee.object.name=/^(it|describe)$/][callee.property.name=/^(skip|only)$/]",
        message: 'A test is never skipped or narrowed.',
      }],
    },
  },
  ...folders.map((folder) => ({
    files: [`src/${folder}/**/*.ts`, ...(folder === 'preview' ? previews : [])],
    ignores: folder === 'detect' ? previews : [],
    rules: {
      'no-restricted-imports': ['error', {
        paths: folder === 'editor' ? [] : [{ name: 'vscode', message: 'Only src/editor and src/extension.ts touch vscode.' }],
        patterns: folders
          .filter((other) => other !== folder && !order[folder].includes(other))
          .map((other) => ({ regex: `^(\\.\\./)+${other}(/|$)`, message: `src/${folder} may not import src/${other}.` })),
      }],
    },
  })),
  {
    files: ['src/editor/**/*.ts', 'src/extension.ts'],
    ignores: ['src/editor/notify.ts'],
    rules: {
      'no-restricted-syntax': ['error', {
        selector: 'MemberExpression[property.name=/^show(Warning|Information|Error)Message$/]',
        message: 'A notification makes links of what it is given: say it through src/editor/notify.ts.',
      }],
    },
  },
  {
    files: ['src/cli.ts', 'src/client.ts', 'src/preview-worker.ts', 'src/judge-worker.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'vscode' }] }] },
  },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
