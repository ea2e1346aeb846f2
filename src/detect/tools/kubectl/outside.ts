import { NOTHING_OUTSIDE, type Outside } from '../../outside';

/** Default options and aliases. Source: k8s.io/kubectl/pkg/kuberc. */
export const kubectlOutside: Outside = { ...NOTHING_OUTSIDE, variables: ['KUBERC'], places: [{ path: ['.kube', 'kuberc'], kind: 'file' }] };
