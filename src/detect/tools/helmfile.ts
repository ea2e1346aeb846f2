import { namedFiles } from '../inputs';
import { commandTool } from './cli/command-tool';
import { kubeOwn } from './kubectl/inputs';

/** Helmfile: many Helm releases at once. */
export const helmfile = commandTool({
  names: ['helmfile'], provider: 'helmfile', source: 'Helmfile documentation, "CLI reference"',
  valued: `-e --environment -f --file -n --namespace -l --selector --kube-context --state-values-set --state-values-file --set --values
    --concurrency --args --helm-binary -b --chart --output-dir --log-level --context --deleteTimeout --cascade --kubeconfig --suppress`,
  flags: `-i --interactive -q --skip-deps --skip-diff-on-install --allow-no-matching-release --purge --include-needs --skip-needs
    --suppress-secrets`,
  guards: '--auto-approve', where: { environment: '-e --environment', namespace: '-n --namespace', context: '--kube-context' },
  commands: `
    diff,list,template,lint,status,build,version,write-values,show-dag | read
    print-env,fetch,deps,repos,test,cache | read
    init                                  | add
    sync,apply,charts                     | change
    destroy,delete                        | destroy data-loss,outage
      # Every release in the file is deleted, with what it made in the cluster.
  `,
  otherwise: 'unknown',
  inputs(question, found) {
    namedFiles(question, found);
    kubeOwn(question.env, question.argv, found);
  },
});
