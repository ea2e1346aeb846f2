import { commonTool } from './cli/common-tool';

/** Clusters and machines on this machine. */
export const localCluster = commonTool({
  names: ['k3d', 'kind', 'minikube', 'k0s', 'k0sctl', 'colima', 'multipass', 'lima', 'limactl', 'microk8s', 'orb', 'vcluster', 'kwokctl'],
  provider: 'local-cluster', source: 'k3d, kind, minikube, k0s, Colima, Multipass, Lima, MicroK8s and vcluster command references',
  otherwise: 'quiet',
  commands: `
    get *                                            | read
    version,status,ip,ssh,logs,service,dashboard,tunnel,docker-env,list,ls | read
    info,find,shell,exec,connect,mount,kubectl,config,inspect,disconnect | read
    kubeconfig *                                     | read
    node list                                        | read
    cluster list                                     | read
    profile list                                     | read
    addons list                                      | read
    image ls,load,build                              | read
    export logs,kubeconfig                           | read
    create *                                         | add
    start,launch,apply,enable,install,snapshot,resume,join,import-images | add
    cluster create,start,import-images               | add
    node create                                      | add
    load *                                           | add
    addons enable                                    | add
    image *                                          | add
    addons disable                                   | change
    cache *                                          | change
    update-*,edit,set,transfer,upgrade,alias,use,disable,profile | change
    config *                                         | change
    cluster edit                                     | change
    delete,reset,purge,remove-node,destroy,uninstall | destroy data-loss,outage
    delete *                                         | destroy data-loss,outage
    cluster delete,stop                              | destroy data-loss,outage
    node delete                                      | destroy data-loss,outage
    stop,pause,suspend,restart                       | change
    node stop                                        | change
  `,
});
