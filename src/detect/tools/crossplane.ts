import { commandTool } from './cli/command-tool';

/** The crossplane CLI. Real deletions go through kubectl. */
export const crossplane = commandTool({
names: ['crossplane', 'kubectl-crossplane'], provider: 'crossplane', source: 'Crossplane documentation, "Command Reference"',
  valued: '-n --namespace --context -f --package-root -o --output --package-pull-secrets --revision-history-limit -w --wait --runtime-config --source-url --examples-root --extra-resources',
  flags: '--verbose', commands: `
read version; beta trace|top|validate|render|convert; render; validate; trace; top; xpkg; xpkg extract; beta; alpha render; login
add xpkg init|build|push|install; beta xpkg init; init
mod xpkg update; install
kill:out uninstall`,
  otherwise: 'quiet',
});
