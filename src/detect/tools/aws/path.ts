type Env = Readonly<Record<string, string | undefined>>;

/** What the names in a path stand for. */
export interface PathNames {
  /** A variable as the command would get it; undefined when it is not set. */
  readonly variable: (name: string) => string | undefined;
  /** The home of the user who runs the command, where HOME is not set; undefined when it is not known. */
  readonly ownHome: string | undefined;
  /** The home of another user; undefined when it can't be told. */
  readonly homeOf: (user: string) => string | undefined;
  /** Windows has other names for a home, and `%NAME%`. */
  readonly windows: boolean;
}

/**
 * The path that the AWS CLI opens for the text behind `file://` and `fileb://`.
 * Source: awscli/paramfile.py, get_file: `os.path.expandvars(os.path.expanduser(path))`; nothing else is taken out (`%20` stays).
 * @returns undefined when it can't be told which file that is: a user whose home is not known.
 */
export function awsParameterPath(text: string, names: PathNames): string | undefined {
  const expanded = expandUser(text, names);
  return expanded === undefined ? undefined : expandVariables(expanded, names);
}

/** The path of a configuration file that a variable names. Source: botocore/configloader.py, raw_config_parse: variables first. */
export function awsConfigPath(text: string, names: PathNames): string | undefined {
  return expandUser(expandVariables(text, names), names);
}

/** Source: CPython, posixpath.expanduser and ntpath.expanduser. */
function expandUser(text: string, names: PathNames): string | undefined {
  if (!text.startsWith('~')) return text;
  const end = text.search(names.windows ? /[\\/]/ : /\//);
  const user = text.slice(1, end < 0 ? text.length : end);
  const rest = end < 0 ? '' : text.slice(end);
  if (names.windows) {
    const home = windowsHome(user, names);
    return home === undefined ? text : `${home}${rest}`;
  }
  const home = user === '' ? (names.variable('HOME') ?? names.ownHome) : names.homeOf(user);
  return home === undefined ? undefined : `${home.replace(/\/+$/, '')}${rest}` || '/';
}

/** Undefined: the text stays as it is. */
function windowsHome(user: string, { variable }: PathNames): string | undefined {
  const below = variable('HOMEPATH');
  const drive = /^[A-Za-z]:/.test(below ?? '') ? '' : (variable('HOMEDRIVE') ?? '');
  const own = variable('USERPROFILE') ?? (below === undefined ? undefined : `${drive}${below}`);
  if (own === undefined || user === '' || user === variable('USERNAME')) return own;
  const cut = Math.max(own.lastIndexOf('\\'), own.lastIndexOf('/')) + 1;
  // All homes are beside one another, if this one has its user's name.
  if (variable('USERNAME') !== own.slice(cut)) return undefined;
  const folder = own.slice(0, cut).replace(/(?<=[^\\/:])[\\/]+$/, '');
  return /[\\/:]$/.test(folder) || folder === '' ? `${folder}${user}` : `${folder}\\${user}`;
}

/**
 * Source: CPython, posixpath.expandvars (`$NAME`, `${NAME}`; one that is not set stays as it is) and ntpath.expandvars. What a value
 * holds is not expanded again.
 */
function expandVariables(text: string, { variable, windows }: PathNames): string {
  if (!windows) {
    const plain = /\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})/g;
    return text.replace(plain, (all, bare: string | undefined, braced: string | undefined) => variable(bare ?? braced ?? '') ?? all);
  }
  // A quote, a percent sign or a brace that is not closed leaves the rest as it is.
  const one = /'[^']*(?:'|$)|%%|\$\$|%[^%]*$|\$\{[^}]*$|%([^%]*)%|\$\{([^}]*)\}|\$([A-Za-z0-9_-]*)/g;
  return text.replace(one, (all, percent: string | undefined, braced: string | undefined, bare: string | undefined) => {
    if (all.startsWith('\'')) return all;
    if (all === '%%' || all === '$$') return all.charAt(0);
    return variable(percent ?? braced ?? bare ?? '') ?? all;
  });
}

/**
 * The home of a user, from a text like /etc/passwd. Users that a directory service knows are not in it, so that nobody who
 * is missing there is certain not to exist.
 */
export function homeInPasswd(text: string | undefined, user: string): string | undefined {
  for (const line of (text ?? '').split('\n')) {
    const [name, , , , , home] = line.split(':');
    if (name === user && home !== undefined) return home;
  }
  return undefined;
}

/** The names of variables in words, as far as a path could use them: what must be known of the environment to follow these. */
export function variablesIn(words: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of words) for (const match of word.matchAll(/\$([A-Za-z0-9_-]+)|\$\{([^}]*)\}|%([^%]+)%/g)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    found.add(name);
    // Outside of Windows a dash ends a name.
    found.add(name.replace(/-.*$/, ''));
  }
  return found;
}

/** The names as an environment has them; `readFile` finds the homes of others. */
export function namesIn(
  env: Env, ownHome: string | undefined, readFile: ((file: string) => string | undefined) | undefined, windows: boolean,
): PathNames {
  return { variable: (name) => env[name], ownHome, homeOf: (user) => homeInPasswd(readFile?.('/etc/passwd'), user), windows };
}
