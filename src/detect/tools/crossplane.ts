import { commandTool } from './cli/command-tool';

/** The crossplane CLI. Real deletions go through kubectl. */
export const crossplane = commandTool({
  names: ['crossplane', 'kubectl-crossplane'], provider: 'crossplane', source: 'Crossplane documentation, "Command Reference"',
  valued: `-n --namespace --context -f --package-root -o --output --package-pull-secrets --revision-history-limit -w --wait
    --runtime-config --source-url --examples-root --extra-resources`,
  flags: '--verbose',
  commands: `
    version,render,validate,trace,top,xpkg,beta,login | read
    beta trace,top,validate,render,convert            | read
    xpkg extract                                      | read
    alpha render                                      | read
    xpkg init,build,push,install                      | add
    beta xpkg init                                    | add
    init                                              | add
    xpkg update                                       | change
    install                                           | change
    uninstall                                         | destroy outage
  `,
  otherwise: 'quiet',
});
