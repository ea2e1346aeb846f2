import { commandTool } from './cli/command-tool';

/** istioctl. */
export const istioctl = commandTool({
names: ['istioctl'], provider: 'istio', source: 'Istio documentation, "istioctl" command reference',
  valued: '--context -c --kubeconfig -n --namespace -i --istioNamespace --vklog -f --filename -s --set --revision -r --manifests -d --output -o --charts --file --cluster-name --name --type --level --stderrthreshold --tag --service-account --labels --ips --ports --ingressIP --clusterID --webhook-label',
  flags: '-y --skip-confirmation --purge --force --verify', harmless: '--dry-run', guards: '-y --skip-confirmation --force', where: { context: '--context', namespace: '-n --namespace', kubeconfig: '-c --kubeconfig KUBECONFIG' },
  commands: `
read analyze; version; verify-install; proxy-status|ps; proxy-config|pc; manifest generate|diff|translate; profile; dashboard|dash|d; experimental describe|check-inject|precheck|metrics|wait|authz|version|proxy-status|injector|internal-debug|envoy-stats|analyze|config; x describe|check-inject|precheck|metrics|wait|authz|version|proxy-status|injector|internal-debug|envoy-stats|analyze|config; validate; operator dump; tag list; bug-report; completion; kube-inject; admin; remote-clusters; experimental ps; x ps; waypoint list|status|generate; ztunnel-config
add install; manifest install|apply; operator init; tag generate; create-remote-secret; remote-secret; experimental create-remote-secret|workload; x create-remote-secret|workload; waypoint apply
mod upgrade; tag set; experimental revision; x revision
kill:out,guard uninstall; x uninstall; experimental uninstall; operator remove ~recover istioctl install # The mesh's control plane is taken out of the cluster.
kill:out tag remove; waypoint delete; experimental waypoint delete; x waypoint delete; experimental remove-from-mesh; x remove-from-mesh`,
  otherwise: 'verbs',
});
