import type { Actor, AffectedResource, BlastRadius, Operation } from '../../src/model';

/** An operation that deletes a stack, with what a test wants otherwise. */
export function anOperation(change: Partial<Operation> = {}): Operation {
  return {
    operation: 'cloudformation:DeleteStack', tool: 'aws', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
    targets: [{ type: 'AWS::CloudFormation::Stack', name: 'payments', known: true }], context: {}, reason: 'Deletes stack payments.',
    unknowns: [], guardsOff: [], origin: { kind: 'argv', argv: ['aws'], cwd: '/' }, ...change,
  };
}

/** A stack update, which only a preview can judge. */
export function anUpdate(change: Partial<Operation> = {}): Operation {
  return anOperation({ operation: 'cloudformation:UpdateStack', mutation: 'modifying', effects: ['unknown'], reversibility: { kind: 'unknown' }, previewDecides: true, reason: 'Updates stack payments.', ...change });
}

export function aResource(change: Partial<AffectedResource> = {}): AffectedResource {
  return {
    id: 'Table', logicalId: 'Table', type: 'AWS::DynamoDB::Table', action: 'modify', replacement: 'no', outcome: 'modified', data: 'kept',
    reversibility: { kind: 'reversible' }, because: [], ...change,
  };
}

export function aRadius(resources: readonly AffectedResource[], change: Partial<BlastRadius> = {}): BlastRadius {
  return {
    source: 'change-set', sourceDetail: '', context: {}, resources, dependencies: [], reversibility: { kind: 'irreversible' }, unknowns: [],
    warnings: [], digest: '', takenAt: '', ...change,
  };
}

export const AGENT: Actor = { kind: 'agent', name: 'Claude Code', evidence: [], confidence: 'certain' };
export const PERSON: Actor = { kind: 'human', name: 'ada', evidence: [], confidence: 'likely' };
