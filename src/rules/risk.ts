import { higherRisk, RISKS, type BlastRadius, type Effect, type Environment, type Operation, type ReversibilityKind, type Risk } from '../model';

/**
 * How bad an effect is when it happens: in production, and elsewhere (a development environment lowers nothing further,
 * because nobody knows what stands on it).
 * Data loss that can't be undone is the worst; what can be undone, or holds no data, is a step below.
 */
const TABLE: Readonly<Record<Effect, readonly [production: Risk, elsewhere: Risk]>> = {
  'data-loss': ['critical', 'high'],
  outage: ['high', 'medium'],
  replacement: ['high', 'medium'],
  'identity-loss': ['high', 'medium'],
  'access-loss': ['high', 'high'],
  exposure: ['high', 'high'],
  'guard-removal': ['high', 'high'],
  cost: ['medium', 'low'],
  unknown: ['high', 'medium'],
};

/**
 * The risk of one operation: its worst effect in its environment, lower when lost data can be had back, higher when a guard is
 * switched off.
 * @param blastRadius what a preview found; for an operation that only a preview can judge it stands in for the effects.
 */
export function riskOf(operation: Operation, environment: Environment | undefined, blastRadius?: BlastRadius): Risk {
  if (operation.mutation === 'none') return 'none';
  if (operation.risk !== undefined) return operation.risk;
  const column = environment?.tier === 'production' ? 0 : 1;
  const effects = effectsOf(operation, blastRadius);
  const undo = undoOf(operation, blastRadius);
  let risk: Risk = 'low';
  for (const effect of effects) {
    const own = TABLE[effect][column];
    risk = higherRisk(risk, effect === 'data-loss' && (undo === 'recoverable' || undo === 'reversible') ? lower(own) : own);
  }
  if (effects.length === 0 && operation.mutation === 'unknown') risk = TABLE.unknown[column];
  if (operation.mutation === 'destructive') risk = higherRisk(risk, 'medium');
  // A guard that is switched off makes a bad thing worse; it does not make a harmless one bad.
  return operation.guardsOff.length > 0 && RISKS.indexOf(risk) >= RISKS.indexOf('medium') ? raise(risk) : risk;
}

/** What an operation does, as far as it is known: by a preview where only that can tell, else by itself. */
export function effectsOf(operation: Operation, blastRadius: BlastRadius | undefined): readonly Effect[] {
  if (operation.mutation === 'none') return operation.effects;
  if (!blastRadius) return operation.previewDecides ? [...new Set<Effect>([...operation.effects, 'unknown'])] : operation.effects;
  // A preview replaces what was left open; it takes nothing away from what an operation is known to do.
  const effects = new Set<Effect>(operation.previewDecides ? operation.effects.filter((e) => e !== 'unknown') : operation.effects);
  for (const r of blastRadius.resources) {
    for (const effect of r.effects ?? []) effects.add(effect);
    if (r.data === 'lost') effects.add('data-loss');
    if (r.outcome === 'lost') effects.add(r.data === 'none' ? 'outage' : 'data-loss');
    if (r.outcome === 'replaced' || r.replacement !== 'no') effects.add('replacement');
    if (r.outcome === 'interrupted' || r.outcome === 'snapshotted') effects.add('outage');
    if (operation.previewDecides && (r.outcome === 'unknown' || (r.data === 'unknown' && r.action !== 'add'))) effects.add('unknown');
  }
  // A preview that could not see everything has not shown that nothing is lost.
  if (operation.previewDecides && blastRadius.unknowns.length > 0) effects.add('unknown');
  return [...effects];
}

/** Whether it can be undone: what a preview says, where only that can tell. */
export function undoOf(operation: Operation, blastRadius: BlastRadius | undefined): ReversibilityKind {
  return operation.previewDecides && blastRadius ? blastRadius.reversibility.kind : operation.reversibility.kind;
}

function lower(risk: Risk): Risk {
  return RISKS[Math.max(1, RISKS.indexOf(risk) - 1)] ?? risk;
}

function raise(risk: Risk): Risk {
  return RISKS[Math.min(RISKS.length - 1, RISKS.indexOf(risk) + 1)] ?? risk;
}
