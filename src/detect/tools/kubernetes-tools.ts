import { commonTool } from './cli/common-tool';

/** Programs that deploy to Kubernetes, or make what is deployed. */
export const kubernetesTools = commonTool({
  names: [
    'tilt', 'devspace', 'garden', 'okteto', 'telepresence', 'werf', 'kapp', 'kpt', 'kubectl-kapp', 'ytt', 'jx', 'kn', 'tkn', 'argo',
    'func', 'dapr', 'faas-cli', 'fission', 'porter', 'kubevela', 'vela', 'acorn', 'waypoint', 'score-k8s', 'timoni', 'kbld',
  ],
  provider: 'kubernetes-tool',
  source: 'Tilt, DevSpace, Garden, Okteto, Telepresence, werf, kapp, kpt, Knative, Tekton, Argo Workflows, Dapr, '
    + 'OpenFaaS, Porter and KubeVela command references',
  commands: `
    down,purge,destroy,delete,dismiss,cleanup,uninstall,undeploy,remove | destroy outage
    prune,terminate,stop,leave,quit | destroy outage
    live destroy                    | destroy outage
    ci,args,list,ls,status,inspect,render,logs,validate,version,diff | read
    dashboard,describe,watch,dump,lint,connect,intercept,exec,ssh,wait | read
    kubeconfig,context,docs         | read
    get *                           | read
    config *                        | read
    fn *                            | read
    alpha *                         | read
    cluster *                       | read
    pkg get,diff,tree               | read
    env *                           | read
    auth *                          | read
    plugin *                        | read
    snapshot *                      | read
    helm-v3 *                       | read
    managed-images *                | read
    up,dev,deploy,converge,apply,run,build,submit,init,install,publish,retry | add
    resume,resubmit,invoke,new,push,login,start,upgrade,sync,suspend | add
    rollback,analyze                | add
    create *                        | add
    live apply,init                 | add
    bundle *                        | add
    pkg update                      | add
    store *                         | add
    template *                      | add
    set *                           | add
    use *                           | add
    update *                        | add
    namespace *                     | add
    node *                          | add
    trigger *                       | add
    component *                     | add
    mutate *                        | add
    edit *                          | add
  `,
});
