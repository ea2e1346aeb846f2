import { notKnown, type BlastRadius } from '../model';
import { awsSource } from './aws/source';
import { cdkSource } from './cdk/source';
import { cloudFormationSource } from './cloudformation/source';
import { previewFromOperation } from './from-operation';
import { helmSource } from './kubernetes/helm';
import { kubernetesSource } from './kubernetes/source';
import { pulumiSource } from './pulumi/source';
import type { PreviewRequest, StateRequest } from './request';
import { samSource } from './sam/source';
import type { PreviewSource, SourceOf } from './source';
import { terraformSource } from './terraform/source';

/** Asked in order: the first that takes the command previews it. */
const SOURCES: readonly SourceOf[] = [cloudFormationSource, cdkSource, samSource, awsSource, terraformSource, kubernetesSource, helmSource, pulumiSource];

/** The source for a command; one that knows only what the operation tables say when no other takes it. */
export function sourceFor(request: PreviewRequest | StateRequest): PreviewSource {
  for (const make of SOURCES) {
    const source = make(request);
    if (source !== undefined) return source;
  }
  const told = (because?: string): BlastRadius => {
    const radius = previewFromOperation(request.operation);
    return because === undefined ? radius : { ...radius, unknowns: [notKnown('state', 'what stands', because), ...radius.unknowns] };
  };
  return { offline: told, live: () => Promise.resolve({ blastRadius: told() }) };
}
