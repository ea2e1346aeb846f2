// What may import what, static, dynamic and type imports alike; `npm run lint` asks it.

/** The folders of src/ are the way of the data; each may import only what stands in its list. */
const ORDER = {
  model: [],
  agents: ['model'],
  detect: ['model', 'agents'],
  preview: ['model', 'agents', 'detect'],
  rules: ['model'],
  ledger: ['model'],
  gate: ['model', 'agents', 'detect', 'preview', 'rules', 'ledger'],
  editor: ['model', 'agents', 'detect', 'preview', 'rules', 'ledger', 'gate'],
  cli: ['model', 'agents', 'detect', 'preview', 'rules', 'ledger', 'gate'],
};
const FOLDERS = Object.keys(ORDER);

/** The programs: what each is put together from. Only cli.ts takes in others, because they share its bundle. */
const ROOTS = {
  'extension.ts': FOLDERS.filter((folder) => folder !== 'cli'),
  'cli.ts': FOLDERS.filter((folder) => folder !== 'editor'),
  'client.ts': ['agents', 'gate', 'ledger', 'model'],
  'preview-worker.ts': ['preview', 'detect', 'agents', 'model'],
  'judge-worker.ts': ['preview', 'detect', 'agents', 'model'],
};
const WORKERS = ['preview-worker.ts', 'judge-worker.ts'];

/** The files that may start a process, each with its reason. */
const MAY_START = {
  'src/gate/run.ts': 'the real tool, once it may run',
  'src/gate/first-question.ts': 'a look at the terminal while nobody has answered',
  'src/gate/hidden-windows.ts': 'the table of processes, to find windows that hide',
  'src/gate/process-table.ts': 'the table of processes, where there is no /proc',
  'src/gate/processes.ts': 'the table of processes, where there is no /proc',
  'src/preview/git.ts': 'git, hardened',
  'src/preview/tool-run.ts': 'a tool\'s own dry run and reads',
  'src/preview/cloudformation/connection.ts': 'the CLI\'s own answer to where it connects',
  'src/preview/worker-process.ts': 'the preview worker',
};
/** The files that may start a thread. */
const MAY_THREAD = ['src/editor/judge-apart.ts', 'src/judge-worker.ts'];

const exactly = (files) => `^(?:${files.map((file) => file.replaceAll('.', '\\.')).join('|')})$`;
const below = (folders) => `^src/(?:${folders.join('|')})/`;

/** A tool's folder holds its preview as well, which stands where src/preview does. */
const PREVIEWS = '^src/detect/tools/[^/]+/preview(?:\\.ts$|/)';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const order = FOLDERS.map((folder) => rule(
  `order-${folder}`,
  `src/${folder} imports only ${['itself', ...ORDER[folder].map((other) => `src/${other}`)].join(', ')}.`,
  folder === 'detect' ? { path: below([folder]), pathNot: PREVIEWS } : { path: folder === 'preview' ? [below([folder]), PREVIEWS] : below([folder]) },
  { path: '^(?:src|media|test|bench|scripts)/', pathNot: below([folder, ...ORDER[folder]]) },
));

const roots = Object.entries(ROOTS).map(([file, folders]) => rule(
  `order-${file.replace(/\.ts$/, '')}`,
  `src/${file} is put together from ${folders.map((folder) => `src/${folder}`).join(', ')}.`,
  { path: exactly([`src/${file}`]) },
  { path: '^(?:src|media|test|bench|scripts)/', pathNot: [below(folders), ...(file === 'cli.ts' ? [exactly(WORKERS.map((worker) => `src/${worker}`))] : [])] },
));

export default {
  forbidden: [
    ...order,
    ...roots,
    rule(
      'order-no-other-root',
      'A program of its own stands in ROOTS, with what it is put together from.',
      { path: '^src/[^/]+$', pathNot: exactly(Object.keys(ROOTS).map((file) => `src/${file}`)) },
      {},
    ),
    rule(
      'order-page',
      'The page speaks with the extension through its protocol; else it takes only words.',
      { path: '^media/' },
      { path: '^src/', pathNot: ['^src/model/', exactly(['src/editor/panel-protocol.ts'])] },
    ),
    rule('no-cycle', 'Imports lead one way.', { path: '^(?:src|media)/' }, { circular: true }),
    rule(
      'vscode-in-the-editor-only',
      'Only src/editor and src/extension.ts touch vscode.',
      { path: '^(?:src|media|bench|scripts)/', pathNot: ['^src/editor/', exactly(['src/extension.ts'])] },
      { path: '^vscode$|/@types/vscode/' },
    ),
    rule(
      'no-process-here',
      'A process is started in few places (MAY_START): what may run is decided there.',
      { path: '^(?:src|media)/', pathNot: exactly(Object.keys(MAY_START)) },
      { path: '^(?:node:)?(?:child_process|cluster)$' },
    ),
    rule(
      'no-thread-here',
      'A thread is started in few places (MAY_THREAD).',
      { path: '^(?:src|media)/', pathNot: exactly(MAY_THREAD) },
      { path: '^(?:node:)?worker_threads$' },
    ),
    rule(
      'product-without-development-packages',
      'What the product imports is among its dependencies.',
      { path: '^(?:src|media)/' },
      { dependencyTypes: ['npm-dev'], pathNot: '/@types/' },
    ),
    rule('found', 'An import leads to something.', { path: '^(?:src|media)/' }, { couldNotResolve: true, pathNot: '^vscode$' }),
  ],
  options: {
    // Type imports count: who needs a type of a later folder has it in the wrong place.
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^knowledge/'] },
    combinedDependencies: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'], conditionNames: ['import', 'require', 'node', 'default'], exportsFields: ['exports'] },
  },
};
