import { commandTool } from './cli/command-tool';

/** kubeadm. */
export const kubeadm = commandTool({
  names: ['kubeadm'], provider: 'kubeadm', source: 'Kubernetes documentation, "kubeadm" reference',
  valued: `--config --kubeconfig --cri-socket --cert-dir --rootfs --ignore-preflight-errors --token --discovery-token-ca-cert-hash
    --certificate-key --apiserver-advertise-address --apiserver-bind-port --control-plane-endpoint --pod-network-cidr --service-cidr
    --node-name --image-repository --kubernetes-version --v -v --ttl --description --groups --usages --patches --skip-phases
    --feature-gates --service-dns-domain --apiserver-cert-extra-sans --cleanup-tmp-dir --old-config --new-config --component-configs
    --client-name --org --validity-period --csr-dir -o`,
  flags: '--force -f --yes -y --upload-certs --control-plane --etcd-upgrade --certificate-renewal --cleanup-tmp-dir',
  harmless: '--dry-run', guards: '--force -f --yes -y',
  commands: `
    config print,view,images,validate                   | read
    config images list                                  | read
    version,completion,alpha,kubeconfig                 | read
    token list                                          | read
    upgrade plan,diff                                   | read
    certs check-expiration,certificate-key,generate-csr | read
    init,join                                           | add
    token create,generate                               | add
    config images pull                                  | add
    kubeconfig user                                     | add
    config migrate                                      | add
    upgrade                                             | change
    upgrade apply,node                                  | change
    certs renew                                         | change
    init phase                                          | change
    reset                                               | destroy data-loss,outage | irreversible
      # The node leaves the cluster, and on a control plane the cluster's etcd data is deleted.
    reset phase                                         | destroy data-loss,outage | irreversible
      # The node leaves the cluster, and on a control plane the cluster's etcd data is deleted.
    token delete                                        | destroy access-loss
    reset phase cleanup-node                            | destroy access-loss
  `,
  otherwise: 'unknown',
});
