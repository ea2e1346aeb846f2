import type { Word } from '../../invocation';
import { behindName, lineOf, wordsOf, type Grammar } from '../../words';
import { readCobra, type CobraTool, type ExactLine } from '../cli/cobra';

/**
 * Options that take a value, and switches. No name is one in one command and the other in another. Source: azure-storage-azcopy 10,
 * cmd/*.go, the flags of every command.
 */
const VALUED: ReadonlySet<string> = new Set(
  `aad-endpoint application-id blob-tags blob-type block-blob-tier block-size-mb cache-control cap-mbps certificate-path check-md5
  compare-hash content-disposition content-encoding content-language content-type cpk-by-name debug-skip-files delete-destination
  delete-snapshots destination-sas exclude exclude-attributes exclude-blob-type exclude-container exclude-path exclude-pattern
  exclude-regex file-count flush-threshold format from-to hardlinks hash-meta-dir identity-client-id identity-object-id
  identity-resource-id include include-after include-attributes include-before include-path include-pattern include-regex
  list-of-files list-of-versions local-hash-storage-mode location log-level login-type memory-profile metadata mode
  number-of-folders output-level output-location output-type overwrite page-blob-tier permanent-delete posix-properties-style
  properties put-blob-size-mb quota-gb rehydrate-priority request-priority retry-status-codes s2s-handle-invalid-metadata
  size-per-file source-sas tenant-id trailing-dot trusted-microsoft-suffixes with-status`.split(/\s+/),
);
const SWITCHES: ReadonlySet<string> = new Set(
  `as-subdir await-continue await-open backup cancel-from-stdin check-length check-version cpk-by-value decompress
  delete-destination-file delete-test-data disable-auto-decoding dry-run endpoint follow-symlinks force-if-read-only identity
  ignore-error-if-completed include-directory-stub include-root machine-readable mega-units method mirror-mode no-guess-mime-type
  preserve-info preserve-last-modified-time preserve-owner preserve-permissions preserve-posix-properties preserve-smb-info
  preserve-smb-permissions preserve-symlinks put-md5 recursive running-tally s2s-detect-source-changed
  s2s-get-properties-in-backend s2s-preserve-access-tier s2s-preserve-blob-tags s2s-preserve-properties service-principal
  show-sensitive skip-version-check tenant help`.split(/\s+/),
);

/** Names and aliases of commands. Source: cmd/*.go, `Use` and `Aliases`. */
const COMMANDS: Readonly<Record<string, string>> = {
  copy: 'copy', cp: 'copy', c: 'copy', remove: 'remove', rm: 'remove', r: 'remove', sync: 'sync', sc: 'sync', s: 'sync',
  bench: 'bench', ben: 'bench', benchmark: 'bench', list: 'list', ls: 'list', make: 'make', mk: 'make', mkdir: 'make',
  'set-properties': 'set-properties', 'set-props': 'set-properties', sp: 'set-properties', setprops: 'set-properties',
  jobs: 'jobs', login: 'login', logout: 'logout', env: 'env', doc: 'doc', load: 'load', cancel: 'cancel', pause: 'pause',
  help: 'help', completion: 'completion',
};
const BELOW: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  jobs: { list: 'list', ls: 'list', show: 'show', remove: 'remove', rm: 'remove', resume: 'resume', clean: 'clean', cl: 'clean' },
  login: { status: 'status' },
  load: { clfs: 'clfs' },
};

const PARSER: CobraTool = {
  name: 'azcopy',
  below(path, word) {
    const names = path.length === 0 ? COMMANDS : path.length === 1 ? BELOW[path[0] ?? ''] : undefined;
    return names !== undefined && Object.hasOwn(names, word) ? names[word] : undefined;
  },
  flags: () => ({
    kind: (name) => (VALUED.has(name) ? 'value' : SWITCHES.has(name) || name === 'h' ? 'switch' : undefined),
    long: (letter) => (letter === 'h' ? '--help' : `-${letter}`),
  }),
};

const AZCOPY: Grammar<ExactLine> = { read: (words) => readCobra(words, PARSER) };

/** Reads the words behind `azcopy` as AzCopy does (cobra and pflag). Never throws. */
export const readAzcopy = (words: readonly Word[]): ExactLine => lineOf(AZCOPY, words);

/** A real argv, taken apart. */
export const azcopyLine = (argv: readonly string[]): ExactLine => readAzcopy(behindName(wordsOf(argv)));

/** What may stand before a command: the options that all of them have. Source: cmd/root.go. */
export const ahead = {
  valued: ['--cap-mbps', '--output-type', '--output-level', '--log-level', '--trusted-microsoft-suffixes'],
  flags: ['--skip-version-check', '--check-version', '--cancel-from-stdin'],
};
