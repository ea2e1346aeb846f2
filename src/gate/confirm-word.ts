import { mainOperation, nameOf, RISKS, type Hold } from '../model';

/** True where a yes has to be typed as a name, so that no habit gives it. */
export function mustType(hold: Hold): boolean {
  return RISKS.indexOf(hold.verdict.risk) >= RISKS.indexOf('high') || hold.verdict.kind === 'approve';
}

/**
 * What a person types for a yes: the target's own name; where a command names none, the workspace or the stack, folder or release that
 * the preview is about; else the operation's name.
 */
export function wordToType(hold: Hold): string {
  const operation = mainOperation(hold.operations);
  const target = operation?.targets.find((t) => t.known && t.name !== undefined && t.name.trim() !== '');
  if (target?.name !== undefined) return target.name;
  // A command that names what is not known is not about what else the preview could read.
  if (operation !== undefined && operation.targets.length > 0) return operation.operation;
  const { context, stack } = hold.preview ?? {};
  const workspace = context?.other?.['workspace'];
  const place = workspace !== undefined && workspace !== 'default' ? workspace : stack;
  return place?.trim() || operation?.operation || nameOf(hold.action) || hold.id;
}
