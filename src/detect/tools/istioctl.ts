import { commandTool } from './cli/command-tool';

/** istioctl. */
export const istioctl = commandTool({
  names: ['istioctl'], provider: 'istio', source: 'Istio documentation, "istioctl" command reference',
  valued: `--context -c --kubeconfig -n --namespace -i --istioNamespace --vklog -f --filename -s --set --revision -r --manifests -d
    --output -o --charts --file --cluster-name --name --type --level --stderrthreshold --tag --service-account --labels --ips --ports
    --ingressIP --clusterID --webhook-label`,
  flags: '-y --skip-confirmation --purge --force --verify', harmless: '--dry-run', guards: '-y --skip-confirmation --force',
  where: { context: '--context', namespace: '-n --namespace', kubeconfig: '-c --kubeconfig KUBECONFIG' },
  commands: `
    analyze,version,verify-install,proxy-status,ps,proxy-config,pc,profile | read
    dashboard,dash,d,validate,bug-report,completion,kube-inject,admin | read
    remote-clusters,ztunnel-config                          | read
    manifest generate,diff,translate                        | read
    experimental describe,check-inject,precheck,metrics,wait,authz,version | read
    experimental proxy-status,injector,internal-debug,envoy-stats,analyze | read
    experimental config,ps                                  | read
    x describe,check-inject,precheck,metrics,wait,authz,version,proxy-status | read
    x injector,internal-debug,envoy-stats,analyze,config,ps | read
    operator dump                                           | read
    tag list                                                | read
    waypoint list,status,generate                           | read
    install,create-remote-secret,remote-secret              | add
    manifest install,apply                                  | add
    operator init                                           | add
    tag generate                                            | add
    experimental create-remote-secret,workload              | add
    x create-remote-secret,workload                         | add
    waypoint apply                                          | add
    upgrade                                                 | change
    tag set                                                 | change
    experimental revision                                   | change
    x revision                                              | change
    uninstall                                               | destroy outage,guard-removal | recoverable: istioctl install
      # The mesh's control plane is taken out of the cluster.
    x uninstall                                             | destroy outage,guard-removal | recoverable: istioctl install
      # The mesh's control plane is taken out of the cluster.
    experimental uninstall                                  | destroy outage,guard-removal | recoverable: istioctl install
      # The mesh's control plane is taken out of the cluster.
    operator remove                                         | destroy outage,guard-removal | recoverable: istioctl install
      # The mesh's control plane is taken out of the cluster.
    tag remove                                              | destroy outage
    waypoint delete                                         | destroy outage
    experimental waypoint delete                            | destroy outage
    x waypoint delete                                       | destroy outage
    experimental remove-from-mesh                           | destroy outage
    x remove-from-mesh                                      | destroy outage
  `,
  otherwise: 'verbs',
});
