import { parse, TomlDate, TomlError, type TomlTable } from 'smol-toml';

/** What a configuration file's line may say: text, a switch, a number as text, or a list of texts. */
export type TomlValue = string | boolean | readonly string[];

export interface Toml {
  /** Tables by their dotted name (`default.deploy.parameters`). */
  readonly tables: ReadonlyMap<string, Readonly<Record<string, TomlValue>>>;
  /** Keys whose values are of a kind that no setting has, as `table.key`: named, never guessed. */
  readonly unread: readonly string[];
  /** Why nothing of it could be read. */
  readonly broken?: string;
}

/** Reads a configuration file as `samconfig.toml` is one. Never throws. Source: TOML v1.0.0; "AWS SAM CLI configuration file". */
export function readToml(text: string): Toml {
  const tables = new Map<string, Readonly<Record<string, TomlValue>>>();
  const unread: string[] = [];
  try {
    collect(parse(text, { integersAsBigInt: 'asNeeded' }), '', tables, unread);
  } catch (error) {
    if (!(error instanceof TomlError || error instanceof RangeError)) throw error;
    return {
      tables: new Map(),
      unread: [],
      broken: error instanceof TomlError ? `line ${error.line}: ${error.message.split('\n')[0]}` : 'it is nested too deeply',
    };
  }
  return { tables, unread };
}

function collect(table: TomlTable, name: string, tables: Map<string, Readonly<Record<string, TomlValue>>>, unread: string[]): void {
  const own: Record<string, TomlValue> = {};
  for (const [key, value] of Object.entries(table)) {
    const full = name === '' ? key : `${name}.${key}`;
    if (typeof value === 'string' || typeof value === 'boolean') own[key] = value;
    else if (typeof value === 'number' || typeof value === 'bigint') own[key] = String(value);
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string')) own[key] = value;
    else if (Array.isArray(value) || value instanceof TomlDate) unread.push(full);
    else collect(value as TomlTable, full, tables, unread);
  }
  if (Object.keys(own).length > 0) tables.set(name, own);
}
