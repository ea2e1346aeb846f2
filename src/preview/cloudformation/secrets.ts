import { readTemplate } from '../../detect/templates/cloudformation';
import { isSecretName, spellings } from '../../model/redact';
import type { CloudFormationCommand } from './command';

/** Texts that must never leave the preview: the environment's secrets, and the values of parameters that are secret. */
export function secretsOf(command: CloudFormationCommand | undefined, env: NodeJS.ProcessEnv): string[] {
  const found = Object.entries(env).flatMap(([name, value]) => (value !== undefined && isSecretName(name) ? [value] : []));
  if (command !== undefined) {
    const hidden = noEcho(command);
    for (const { key, value } of command.parameters) {
      if (value !== undefined && (hidden.has(key) || isSecretName(key))) found.push(value);
    }
  }
  return spellings(found);
}

/** Parameters with NoEcho, and their defaults' names. Source: Parameters, CloudFormation template reference. */
function noEcho(command: CloudFormationCommand): Set<string> {
  if (command.template.kind !== 'text') return new Set();
  const read = readTemplate(command.template.text);
  const declared: unknown = read.ok ? read.template['Parameters'] : undefined;
  if (typeof declared !== 'object' || declared === null) return new Set();
  return new Set(Object.entries(declared).filter(([, one]: [string, { readonly NoEcho?: unknown } | null]) => /^true$/i.test(String(one?.NoEcho))).map(([name]) => name));
}
