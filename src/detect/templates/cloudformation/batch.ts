import { predict, predictDelete, type Deployment } from './predict';

/** One resource in the answer of the batch form. */
export interface BatchResource {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'add' | 'modify' | 'remove' | 'import';
  readonly replacement: 'yes' | 'may' | 'no';
  readonly data: 'lost' | 'snapshotted' | 'orphaned' | 'kept' | 'none' | 'unknown';
}

export interface BatchAnswer {
  readonly source: 'offline';
  readonly resources: readonly BatchResource[];
  readonly unknowns: readonly string[];
  readonly warnings: readonly string[];
  /** Set when the line or a template in it could not be read. */
  readonly error?: string;
}

const NOTHING = { source: 'offline', resources: [], unknowns: [], warnings: [] } as const;

/**
 * Answers one line of `preview --templates -`.
 * @param line `{"before": {"template", "parameters"}, "after": {…}}` as text or parsed; before null or absent: nothing is deployed,
 *   after null: the stack is deleted. Never throws; what is wrong is in `error`.
 */
export function predictBatch(line: unknown): BatchAnswer {
  let input: unknown = line;
  if (typeof line === 'string') {
    try {
      input = JSON.parse(line);
    } catch {
      return { ...NOTHING, error: 'The line is not JSON; expected {"before": {"template", "parameters"}, "after": {…}}.' };
    }
  }
  if (typeof input !== 'object' || input === null || !('after' in input)) {
    return { ...NOTHING, error: 'The line has no "after"; expected {"before": {"template", "parameters"}, "after": {…}}, with after null for a deletion.' };
  }
  const { before, after, imports } = input as { before?: unknown; after?: unknown; imports?: unknown };
  const old = deployment(before);
  const next = deployment(after);
  if (old === undefined || next === undefined) return { ...NOTHING, error: 'before and after are each null or {"template", "parameters"}.' };
  const options = { imports: Array.isArray(imports) ? imports.map(String) : [] };
  const result = next.template === null ? predictDelete(old.template, old.parameters) : predict(old, next, options);
  return {
    source: 'offline',
    resources: result.resources.map(({ logicalId, type, action, replacement, data }) => (action === 'unknown' || action === 'none' || action === 'forget'
      // The form has no word for "perhaps": the answer that makes a reader look is the right one.
      ? { logicalId, type, action: 'modify', replacement: 'may', data: 'unknown' }
      : { logicalId, type, action, replacement, data })),
    unknowns: result.unknowns.map((one) => one.text),
    warnings: result.warnings,
    ...(result.problem && { error: `The ${result.problem.side} template can't be read: ${result.problem.message}` }),
  };
}

function deployment(value: unknown): Deployment | undefined {
  if (value === null || value === undefined) return { template: null };
  if (typeof value !== 'object') return undefined;
  const { template, parameters } = value as { template?: unknown; parameters?: unknown };
  if (template !== null && template !== undefined && typeof template !== 'string' && typeof template !== 'object') return undefined;
  const usable = parameters === null || parameters === undefined || typeof parameters === 'object';
  return usable ? { template: template ?? null, parameters: parameters as Deployment['parameters'] } : undefined;
}
