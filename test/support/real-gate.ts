
import { loadDecider } from '../../src/cli/decider';
import { gateDeps } from '../../src/gate/compose';
import type { GateDeps } from '../../src/gate/gatekeeper';
import { openLedger } from '../../src/ledger/ledger';
import { identify } from '../../src/gate/actor';
import { makeGate, type Place, type TestGate } from './gate';
import { bundled } from './programs';

/** A gate with everything as in the product: its own detection, rules and previews. `change` gets these and may put something between. */
export async function makeRealGate(place: Place, change: (deps: GateDeps) => Partial<GateDeps> = () => ({})): Promise<TestGate> {
  const decider = loadDecider(place.work);
  const deps = gateDeps({
    identify, dist: bundled(), execPath: process.execPath, ledger: openLedger(place.home.ledger), home: place.home,
    decide: (operations, who, _cwd, radius) => ({
      verdict: decider.decide(operations, who, radius).verdict, rulesDigest: decider.rules().digest,
    }),
    settings: () => ({ holdMs: 60_000, previewMs: 30_000, previewMode: 'live' }),
    folders: () => [place.work], place: () => 'the Holdpoint panel', log: () => undefined,
  });
  const { detect, decide, previewer, handOver, settings } = deps;
  return makeGate(place, { detect, decide, previewer, ...(handOver && { handOver }), settings, ...change(deps) });
}
