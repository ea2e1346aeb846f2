import { cpus } from 'node:os';

import { realKubectl } from './kube-api';
import { kubectlArgv } from './kubectl-argv';
import { kubectlSlot, runKubectl, type KubectlTruth } from './kubectl-run';
import { dice } from './random';
import { temporary } from './temporary';

/** Runs kubectl with this many different argv. */
export async function kubectlTruths(count: number, seed: number): Promise<readonly KubectlTruth[]> {
  const kubectl = realKubectl();
  const root = temporary('hp-kubectl-');
  const roll = dice(seed);
  const all = new Map<string, string[]>();
  while (all.size < count) {
    const argv = kubectlArgv(roll);
    all.set(JSON.stringify(argv), argv);
  }
  const waiting = [...all.values()];
  const slots = await Promise.all(Array.from({ length: Math.max(2, cpus().length) }, (_, n) => kubectlSlot(root, n)));
  const truths: KubectlTruth[] = [];
  try {
    await Promise.all(slots.map(async (slot) => {
      for (let argv = waiting.pop(); argv !== undefined; argv = waiting.pop()) truths.push(await runKubectl(kubectl, slot, argv));
    }));
  } finally {
    await Promise.all(slots.map((s) => s.api.stop()));
  }
  return truths;
}
