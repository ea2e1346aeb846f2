import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { GateDeps } from '../gate/gate';
import { seenFile } from '../gate/seen-rules';
import { joinTeams, RULES_FILE, teamRules } from '../gate/team-rules';
import { holds, type Actor, type BlastRadius, type Operation } from '../model';
import { decide, type Decided } from '../rules/decide';
import { createRules, type RulesInForce } from '../rules/load';
import { ownHome } from './home';

export { RULES_FILE };

export interface Decider {
  /** The nearest rules file above the folder; undefined when none is there. */
  readonly rulesFile: string | undefined;
  decide(operations: readonly Operation[], actor?: Actor, blastRadius?: BlastRadius): Decided;
  rules(): RulesInForce;
  /** What a person should know of the rules and that is no fault of them. */
  readonly notes: readonly string[];
}

/** Who asks when a file is checked: nobody yet, so the rules for agents count. */
const ANYBODY: Actor = { kind: 'agent', name: 'whoever runs it', evidence: [], confidence: 'guess' };

const NOT_HERE = 'Your own rules would let it pass. That counts only in an editor window, after you have confirmed it there (Holdpoint: Review What Loosens).';

const known = new Map<string, Decider>();

/**
 * The rules in force for a folder: every `.vscode/holdpoint.json` above it, as it is and as committed, and the user's own as far
 * as they tighten. What a person has confirmed is kept where only the editor can read it, so nothing loosens here.
 * @param places further folders whose rules count.
 */
export function loadDecider(folder: string, places: readonly string[] = []): Decider {
  const name = [folder, ...places].join('\n');
  const before = known.get(name);
  if (before) return before;
  const home = ownHome();
  const seen = seenFile(home.seenRules);
  const team = teamRules(folder, seen);
  const texts = places.length === 0 ? team.texts : joinTeams([team, ...places.map((place) => teamRules(place, seen))]);
  const rules = createRules({ own: () => read(path.join(home.dir, 'rules.json')) });
  const current = (): RulesInForce => rules.current(texts);
  const decider: Decider = {
    rulesFile: team.nearest,
    rules: current,
    decide(operations, actor = ANYBODY, blastRadius) {
      const { layers, own, unconfirmed } = current();
      const decided = decide({ operations, actor, layers, own, blastRadius });
      if (!unconfirmed || !holds(decided.verdict.kind)) return decided;
      const { verdict } = decide({ operations, actor, layers, own: unconfirmed.whole, blastRadius });
      return holds(verdict.kind) ? decided : { ...decided, verdict: { ...decided.verdict, reason: `${decided.verdict.reason} ${NOT_HERE}` } };
    },
    notes: team.held.map(({ seen, place, why }) => `the rules in ${place} are in force as they were at ${seen.ref}: ${why}. A person can review that in the editor (Holdpoint: Review What Loosens)`),
  };
  known.set(name, decider);
  return decider;
}

/** The same for a gate in this process. */
export const decideAt: GateDeps['decide'] = (operations, actor, folder, blastRadius, places) => {
  const decider = loadDecider(folder, places);
  return { verdict: decider.decide(operations, actor, blastRadius).verdict, rulesDigest: decider.rules().digest };
};

/** @throws when there is a file and it can't be read. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return undefined;
    throw new Error(`${file} can't be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
}
