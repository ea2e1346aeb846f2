import type { Word } from '../../invocation';
import { lineOf, type Grammar } from '../../words';
import { readCobra, type CobraTool, type ExactLine, type FlagSet } from '../cli/cobra';

/** `name` or `name/letter`, separated by blanks. Source: helm/helm, pkg/cli/environment.go (AddFlags) and pkg/cmd/*.go, of 3.19 and 4. */
interface Options { readonly valued: string; readonly switches: string }

const GLOBAL: Options = {
  valued: 'namespace/n kubeconfig kube-context kube-token kube-as-user kube-as-group kube-apiserver kube-ca-file kube-tls-server-name registry-config repository-config repository-cache content-cache burst-limit qps color colour',
  switches: 'kube-insecure-skip-tls-verify debug',
};
const VALUES = 'values/f set set-string set-file set-json set-literal';
const CHART = { valued: 'version keyring repo username password cert-file key-file ca-file', switches: 'verify insecure-skip-tls-verify plain-http pass-credentials' };
const INSTALLS = 'hide-secret create-namespace force-replace force force-conflicts no-hooks devel wait wait-for-jobs dependency-update disable-openapi-validation rollback-on-failure atomic skip-crds render-subchart-notes skip-schema-validation enable-dns hide-notes take-ownership dry-run';

/** Source: helm/helm, pkg/cmd/install.go, upgrade.go, uninstall.go, rollback.go, release_testing.go. `--server-side` has a value in two of them. */
const COMMANDS: Readonly<Record<string, Options>> = {
  install: { valued: `timeout name-template description labels/l output/o post-renderer post-renderer-args ${VALUES} ${CHART.valued}`, switches: `replace generate-name/g server-side ${INSTALLS} ${CHART.switches}` },
  upgrade: {
    valued: `timeout history-max description labels/l output/o server-side post-renderer post-renderer-args ${VALUES} ${CHART.valued}`,
    switches: `install/i reset-values reuse-values reset-then-reuse-values cleanup-on-fail recreate-pods ${INSTALLS} ${CHART.switches}`,
  },
  uninstall: { valued: 'cascade timeout description', switches: 'dry-run no-hooks ignore-not-found keep-history wait' },
  rollback: { valued: 'description timeout history-max server-side', switches: 'dry-run recreate-pods force-replace force force-conflicts no-hooks wait wait-for-jobs cleanup-on-fail' },
  test: { valued: 'timeout filter', switches: 'logs hide-notes' },
};

/** Options of all the other commands, which only read, or change nothing in a cluster. Source: Helm documentation, "Helm Commands". */
const OTHERS: Options = {
  valued: `timeout output/o max/m revision filter/f selector/l offset time-format version destination/d untardir app-version output-dir name-template api-versions kube-version show-only/s starter/p policy url merge max-col-width template repo username password/p cert-file key-file ca-file keyring set set-string set-file set-json set-literal values post-renderer post-renderer-args description key passphrase-file jsonpath release-name ${CHART.valued}`,
  switches: `all/a short/q date/d reverse/r deployed failed pending superseded uninstalled uninstalling no-headers all-namespaces/A validate include-crds is-upgrade skip-tests strict quiet with-subcharts devel untar prov regexp/r versions client sign dependency-update/u skip-refresh force-update no-update allow-deprecated-repos insecure password-stdin list-plugins fail-on-no-result json ${INSTALLS} ${CHART.switches}`,
};

const ALIASES: Readonly<Record<string, string>> = { un: 'uninstall', del: 'uninstall', delete: 'uninstall' };
const GROUPS = /^(?:get|show|inspect|search|repo|registry|plugin|dependency|dep|dependencies|completion|help)$/;

function flagSet(...all: readonly Options[]): FlagSet {
  const kinds = new Map<string, 'value' | 'switch'>([['help', 'switch'], ['h', 'switch']]);
  const longs = new Map<string, string>([['h', '--help']]);
  for (const options of all) {
    for (const [kind, names] of [['value', options.valued], ['switch', options.switches]] as const) {
      for (const entry of names.split(' ')) {
        const [long = '', letter] = entry.split('/');
        if (!kinds.has(long)) kinds.set(long, kind);
        if (letter === undefined || kinds.has(letter)) continue;
        kinds.set(letter, kind);
        longs.set(letter, `--${long}`);
      }
    }
  }
  return { kind: (name) => kinds.get(name), long: (letter) => longs.get(letter) ?? `-${letter}` };
}

const made = new Map<string, FlagSet>();
function flagsOf(path: readonly string[]): FlagSet {
  const command = path[0] ?? '';
  const known = made.get(command);
  if (known !== undefined) return known;
  const own = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  const set = path.length === 0 ? flagSet(GLOBAL) : flagSet(GLOBAL, own ?? OTHERS);
  made.set(command, set);
  return set;
}

const PARSER: CobraTool = {
  name: 'helm',
  // A word that is no command of Helm's own is a plugin's, which reads the rest itself.
  below: (path, word) => {
    if (path.length === 0) return Object.hasOwn(ALIASES, word) ? ALIASES[word] : /^[a-z]/.test(word) ? word : undefined;
    return path.length === 1 && GROUPS.test(path[0] ?? '') && /^[a-z]/.test(word) ? word : undefined;
  },
  flags: flagsOf,
};

/** Reads the words behind `helm` as Helm itself does (cobra and pflag). Options have their long names. Never throws. */
const HELM: Grammar<ExactLine> = { read: (words) => readCobra(words, PARSER) };

export const readHelm = (words: readonly Word[]): ExactLine => lineOf(HELM, words);

/** What may stand before a command: the options that all of them have. */
export function aheadOfHelm(): { readonly valued: readonly string[]; readonly flags: readonly string[] } {
  const names = (text: string): string[] => text.split(' ').flatMap((entry) => entry.split('/').map((n) => (n.length === 1 ? `-${n}` : `--${n}`)));
  return { valued: names(GLOBAL.valued), flags: names(GLOBAL.switches) };
}
