import type { Tool } from '../../invocation';
import { terragrunt as commands } from './commands';

/** Terragrunt. */
export const terragrunt: Tool = { ...commands, hold: { label: 'Terragrunt', variables: 'any' } };
