import { notKnown, type AffectedResource, type BlastRadius, type DataOutcome, type Effect, type Operation, type Outcome, type ResourceAction } from '../model';
import { blastRadius } from './radius';

/** What the worst of an operation's effects does to its target, the worst first. */
const OUTCOME_OF: readonly (readonly [Effect, Outcome])[] = [
  ['data-loss', 'lost'],
  ['identity-loss', 'lost'],
  ['replacement', 'replaced'],
  ['outage', 'interrupted'],
  ['unknown', 'unknown'],
  ['access-loss', 'interrupted'],
  ['exposure', 'modified'],
  ['guard-removal', 'modified'],
  ['cost', 'modified'],
];

/**
 * A blast radius from what the operation tables know, without any call: one resource for each target. Its dependents are
 * never known this way, and it says so.
 */
export function previewFromOperation(operation: Operation): BlastRadius {
  const outcome = outcomeOf(operation);
  const data = dataOf(operation, outcome);
  const resources = operation.targets.map((target, index): AffectedResource => {
    const name = target.name ?? `unknown target ${index + 1}`;
    return {
      id: operation.targets.findIndex((t) => t.name === target.name && t.type === target.type) === index ? name : `${name} (${index + 1})`,
      logicalId: name,
      ...(target.known && target.name !== undefined ? { physicalId: target.name } : {}),
      type: target.type,
      action: actionOf(operation),
      replacement: operation.effects.includes('replacement') ? 'may' : 'no',
      outcome,
      data,
      reversibility: operation.reversibility,
      because: [operation.reason],
    };
  });
  return blastRadius({
    source: 'offline',
    sourceDetail: `What the operation table says about ${operation.operation}; nothing was read from the cloud.`,
    context: operation.context,
    resources,
    dependencies: [],
    reversibility: operation.reversibility,
    unknowns: [
      ...operation.unknowns.map((phrase) => notKnown('value', phrase, `Not known: ${phrase}. Run the command with the value written out to see it.`)),
      ...(resources.length === 0 ? [notKnown('target', 'the target', 'Which resource this acts on is not known from the command. Read the command before you approve it.')] : []),
      ...(operation.mutation === 'none' ? [] : [notKnown('dependents', 'the target', 'What depends on it is not known: it was not looked up. Ask its owner, or look at it in the console first.')]),
    ],
    warnings: operation.guardsOff.map((guard) => `${guard} takes a guard away.`),
  });
}

function outcomeOf(operation: Operation): Outcome {
  for (const [effect, outcome] of OUTCOME_OF) {
    if (operation.effects.includes(effect)) return outcome;
  }
  switch (operation.mutation) {
    case 'none': return 'unchanged';
    case 'additive': return 'added';
    case 'modifying': return 'modified';
    case 'destructive':
    case 'unknown': return 'unknown';
  }
}

function dataOf(operation: Operation, outcome: Outcome): DataOutcome {
  if (operation.effects.includes('data-loss')) return 'lost';
  return outcome === 'unchanged' || outcome === 'added' ? 'none' : 'unknown';
}

function actionOf(operation: Operation): ResourceAction {
  const verb = operation.operation.split(':')[1] ?? '';
  if (operation.mutation === 'none') return 'none';
  if (operation.mutation === 'additive') return 'add';
  if (/^(?:Delete|Terminate|Destroy|Remove|Purge|Release|Deregister|rb$|rm$|destroy$|delete$)/.test(verb)) return 'remove';
  return operation.mutation === 'modifying' ? 'modify' : 'unknown';
}
