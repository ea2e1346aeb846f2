import { commandTool } from '../cli/command-tool';
import { aheadOfHelm, readHelm } from './line';

/** Helm. */
export const helm = commandTool({
  names: ['helm', 'helm3', 'helmfile-helm'], provider: 'helm', source: 'Helm documentation, "Helm Commands"',
  valued: `--burst-limit --kube-apiserver --kube-as-group --kube-as-user --kube-ca-file --kube-context --kube-tls-server-name
    --kube-token --kubeconfig -n --namespace --qps --registry-config --repository-cache --repository-config -f --values --set --set-file
    --set-json --set-literal --set-string --version --timeout --description --history-max --post-renderer --post-renderer-args --ca-file
    --cert-file --key-file --keyring --password --repo --username -l --labels --selector -o --output --max -m --revision --filter
    --cascade -d --destination --untardir --app-version --output-dir --name-template -a --api-versions --kube-version -s --show-only
    --filter --offset --starter -p --url --policy --cascade --max-col-width`,
  flags: `--install -i --atomic --wait --wait-for-jobs --force --reset-values --reuse-values --cleanup-on-fail --create-namespace
    --no-hooks --keep-history --debug --devel --purge --all --all-namespaces -A --dependency-update --skip-crds --ignore-not-found
    --take-ownership`,
  harmless: '--dry-run=client|server', reader: readHelm, ahead: aheadOfHelm(), guards: '--force --no-hooks --no-confirm',
  where: { context: '--kube-context HELM_KUBECONTEXT', namespace: '-n --namespace HELM_NAMESPACE', cluster: '--kube-apiserver HELM_KUBEAPISERVER', kubeconfig: '--kubeconfig KUBECONFIG' },
  commands: `
    list,ls,status,get,history,hist,show,inspect,search,env,version,template | read
    lint,verify,completion,diff,pull,fetch,docs,plugin,repo,registry | read
    plugin list,ls                              | read
    repo list,ls                                | read
    dependency,dep,dependencies list,ls         | read
    test +--help                                | read
    secrets view,decrypt                        | read
    registry login,logout                       | read
    test                                        | job  # It runs the test pods of a chart that stands already.
    plugin install,add,update,up                | code  # A plugin is a program, and its hooks run on this machine.
    create,package,push,install,s3,cm-push,init | add
    repo add,update,up,index                    | add
    dependency,dep,dependencies build,up,update | add
    secrets encrypt,edit                        | add
    upgrade,mapkubeapis                         | change
    repo remove,rm                              | change
    plugin uninstall,rm,remove,un               | change
    upgrade +--force,--force-replace            | destroy replacement  # What can not be patched is deleted and created again.
    rollback                                    | change
    rollback +--force                           | destroy replacement
    uninstall,un,del,delete                     | destroy data-loss,outage | recoverable: helm rollback, if --keep-history was given
      # The release and everything that it made in the cluster is deleted; volumes of claims it made may go too.
    reset                                       | destroy guard-removal
  `,
  otherwise: 'verbs',
});
