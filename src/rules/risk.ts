import { higherRisk, RISKS, type BlastRadius, type Effect, type Environment, type Operation, type Risk } from '../model';

/**
 * How bad an effect is when it happens: in production, and elsewhere.
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
 * The risk of one operation: its worst effect in its environment, lower when it can be undone, higher when a guard is switched off.
 * @param blastRadius what a preview found; for an operation that only a preview can judge it stands in for the effects.
 */
export function riskOf(operation: Operation, environment: Environment | undefined, blastRadius?: BlastRadius): Risk {
  if (operation.mutation === 'none') return 'none';
  const effects = effectsOf(operation, blastRadius);
  const production = environment?.tier === 'production';
  let risk: Risk = 'low';
  for (const effect of effects) {
    let own = TABLE[effect][production ? 0 : 1];
    if (effect === 'data-loss' && (operation.reversibility.kind === 'recoverable' || operation.reversibility.kind === 'reversible')) own = lower(own);
    risk = higherRisk(risk, own);
  }
  // A guard that is switched off makes a bad thing worse; it does not make a harmless one bad.
  if (operation.guardsOff.length > 0 && RISKS.indexOf(risk) >= RISKS.indexOf('medium')) risk = RISKS[Math.min(RISKS.length - 1, RISKS.indexOf(risk) + 1)] ?? risk;
  if (operation.mutation === 'destructive' || (operation.mutation === 'unknown' && effects.length === 0)) risk = higherRisk(risk, 'medium');
  return risk;
}

/** What an operation does, as far as it is known: by a preview where only that can tell, else by itself. */
export function effectsOf(operation: Operation, blastRadius: BlastRadius | undefined): readonly Effect[] {
  if (!operation.previewDecides || !blastRadius) return operation.effects;
  const effects = new Set<Effect>();
  for (const r of blastRadius.resources) {
    if (r.data === 'lost') effects.add('data-loss');
    if (r.outcome === 'lost') effects.add(r.data === 'none' ? 'outage' : 'data-loss');
    if (r.outcome === 'replaced' || r.replacement !== 'no') effects.add('replacement');
    if (r.outcome === 'snapshotted') effects.add('outage');
    if (r.outcome === 'interrupted') effects.add('outage');
    if (r.outcome === 'unknown' || (r.data === 'unknown' && r.action !== 'add')) effects.add('unknown');
  }
  // A prediction that could not see everything has not shown that nothing is lost.
  if (blastRadius.source === 'offline' && blastRadius.unknowns.length > 0) effects.add('unknown');
  return [...effects];
}

function lower(risk: Risk): Risk {
  return RISKS[Math.max(1, RISKS.indexOf(risk) - 1)] ?? risk;
}
