import { asObject, symbolic, type PlainObject, type Value } from './value';

/** Parameters as a map, or as the CLI and API list them. */
export type GivenParameters =
  | { readonly [name: string]: unknown }
  | readonly { readonly ParameterKey?: string; readonly ParameterValue?: string; readonly UsePreviousValue?: boolean; readonly ResolvedValue?: string }[]
  | null
  | undefined;

/** What AWS gives in place of a `NoEcho` value. */
const MASKED = '****';

/** A map from name to given value; `previous` answers `UsePreviousValue`. */
export function parameterMap(given: GivenParameters, previous?: ReadonlyMap<string, string>): Map<string, string> {
  const map = new Map<string, string>();
  if (given === null || given === undefined) return map;
  if (Array.isArray(given)) {
    for (const item of given as readonly { ParameterKey?: unknown; ParameterValue?: unknown; UsePreviousValue?: unknown }[]) {
      if (typeof item !== 'object' || item === null || typeof item.ParameterKey !== 'string') continue;
      const value = item.UsePreviousValue === true ? previous?.get(item.ParameterKey) : item.ParameterValue;
      if (value !== undefined && value !== null) map.set(item.ParameterKey, textOf(value));
    }
    return map;
  }
  for (const [name, value] of Object.entries(given)) if (value !== undefined && value !== null) map.set(name, textOf(value));
  return map;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What a template's parameters are worth. */
export interface Parameters {
  readonly values: ReadonlyMap<string, Value>;
  /** Parameters without a value: neither given nor with a default. */
  readonly missing: readonly string[];
  /** Parameters whose value AWS looks up when the change is made (SSM). */
  readonly lookedUp: readonly string[];
}

/**
 * The value of every declared parameter: given, else default.
 * A `AWS::SSM::Parameter::Value<…>` is known by the name it looks up, not by what is found there.
 */
export function parametersOf(template: PlainObject, given: ReadonlyMap<string, string>): Parameters {
  const values = new Map<string, Value>();
  const missing: string[] = [];
  const lookedUp: string[] = [];
  for (const [name, declaration] of Object.entries(asObject(template['Parameters']) ?? {})) {
    const declared = asObject(declaration);
    const type = String(declared?.['Type'] ?? 'String');
    const fallback = declared?.['Default'];
    const text = given.get(name) ?? (fallback === undefined || fallback === null ? undefined : textOf(fallback));
    if (text === undefined) {
      missing.push(name);
      values.set(name, symbolic({ sym: 'outside', key: `parameter ${name}`, what: `the parameter ${name}` }));
    } else if (type.startsWith('AWS::SSM::Parameter::Value')) {
      lookedUp.push(name);
      values.set(name, symbolic({ sym: 'outside', key: `ssm ${text}`, what: `the SSM parameter behind ${name}` }));
    } else if (text === MASKED) {
      values.set(name, symbolic({ sym: 'outside', key: `masked ${name}`, what: `the hidden parameter ${name}` }));
    } else {
      values.set(name, isListType(type) ? text.split(',').map((item) => item.trim()) : text);
    }
  }
  return { values, missing, lookedUp };
}

function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}
