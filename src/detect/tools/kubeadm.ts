import { commandTool } from './cli/command-tool';

/** kubeadm. */
export const kubeadm = commandTool({
names: ['kubeadm'], provider: 'kubeadm', source: 'Kubernetes documentation, "kubeadm" reference',
  valued: '--config --kubeconfig --cri-socket --cert-dir --rootfs --ignore-preflight-errors --token --discovery-token-ca-cert-hash --certificate-key --apiserver-advertise-address --apiserver-bind-port --control-plane-endpoint --pod-network-cidr --service-cidr --node-name --image-repository --kubernetes-version --v -v --ttl --description --groups --usages --patches --skip-phases --feature-gates --service-dns-domain --apiserver-cert-extra-sans --cleanup-tmp-dir --old-config --new-config --component-configs --client-name --org --validity-period --csr-dir -o',
  flags: '--force -f --yes -y --upload-certs --control-plane --etcd-upgrade --certificate-renewal --cleanup-tmp-dir', harmless: '--dry-run', guards: '--force -f --yes -y',
  commands: `
read config print|view|images; config images list; config validate; version; token list; upgrade plan|diff; certs check-expiration|certificate-key|generate-csr; completion; alpha; kubeconfig
add init; join; token create|generate; config images pull; kubeconfig user; config migrate
mod upgrade; upgrade apply|node; certs renew; init phase
kill:data,out reset; reset phase ~gone # The node leaves the cluster, and on a control plane the cluster's etcd data is deleted.
kill:access token delete; reset phase cleanup-node`,
  otherwise: 'unknown',
});
