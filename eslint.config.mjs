import tseslint from 'typescript-eslint';
import { ALL_RULES, FORMATTED } from './scripts/lint-state.mjs';
import project from './scripts/lint-rules.mjs';

// What may import what is in .dependency-cruiser.mjs.

/** Functions that are still longer than they may be, by file: the list only gets shorter. */
const LONG_FUNCTIONS = [
  'media/panel/graph-view.ts',
  'src/detect/languages/powershell/read.ts',
  'src/detect/templates/cloudformation/resolve.ts',
  'src/editor/diagnostics.ts',
  'src/editor/panel.ts',
  'src/editor/rules.ts',
  'src/extension.ts',
  'src/gate/converse.ts',
  'src/gate/inputs/found.ts',
  'src/gate/previewer.ts',
];

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', 'node_modules/**', '.vscode-test/**', 'examples/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: { project },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-len': FORMATTED || ALL_RULES ? ['error', { code: 140 }] : 'off',
      'no-restricted-syntax': ['error', {
        selector: "CallExpression[callee.object.name=/^(it|describe)$/][callee.property.name=/^(skip|only)$/]",
        message: 'A test is never skipped or narrowed.',
      }],
      'project/function-length': ['error', { max: 80, groups: ['describe'] }],
    },
  },
  ...(ALL_RULES ? [] : [{ files: LONG_FUNCTIONS, rules: { 'project/function-length': 'off' } }]),
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
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
