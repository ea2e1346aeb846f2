/** A section of an INI file by its header, with its keys in lower case. */
export type IniFile = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reading goes through the caller; one text is taken apart once. */
let last: { readonly text: string; readonly file: IniFile } | undefined;

/**
 * An INI file as Python's `configparser.RawConfigParser` reads it: headers and first keys may be indented, a deeper line goes on with
 * the value before it. What it would refuse (a key without a value, a section twice) is read as far as it goes.
 * Source: Python's configparser.py, `_read`; botocore/configloader.py, `raw_config_parse`.
 */
export function readIni(text: string): IniFile {
  if (last?.text === text) return last.file;
  const file = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  let indent = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const value = line.trim();
    // Full-line comments only: `#` and `;` behind a value belong to it.
    if (value === '' || /^[#;]/.test(value)) continue;
    const depth = line.search(/\S/);
    if (section !== undefined && key !== undefined && depth > indent) {
      section.set(key, `${section.get(key) ?? ''}\n${value}`);
      continue;
    }
    indent = depth;
    const header = /^\[(.+)\]/.exec(value)?.[1];
    if (header !== undefined) {
      section = file.get(header) ?? new Map<string, string>();
      file.set(header, section);
      key = undefined;
      continue;
    }
    const pair = /^(.*?)\s*[=:]\s*(.*)$/.exec(value);
    key = pair?.[1]?.toLowerCase();
    if (section !== undefined && key !== undefined) section.set(key, pair?.[2] ?? '');
  }
  last = { text, file };
  return file;
}
