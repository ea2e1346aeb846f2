import path from 'node:path';
import type { Effect } from '../../model';
import { guardFile } from './guard-files';
import type { DetectContext, Invocation, Word } from '../invocation';

/** Why deleting or overwriting a path matters. */
export interface PathJudgement {
  readonly kind: string;
  readonly effects: readonly Effect[];
  readonly why: string;
  /** False when parts of the path are not known. */
  readonly certain: boolean;
}

const HOLDS: readonly (readonly [RegExp, string, readonly Effect[], string])[] = [
  [/(?:^|\/)[^/]*\.tfstate(?:\.[\w.-]+|\*)?$|(?:^|\/)terraform\.tfstate\.d(?:\/|$)|(?:^|\/)\*?\.tfstate/, 'terraform-state', ['data-loss'], 'it is Terraform state: without it nothing knows what is deployed.'],
  [/(?:^|\/)\.terraform\/(?:terraform\.tfstate|environment)$|(?:^|\/)\.terragrunt-cache\/.*tfstate/, 'terraform-state', ['data-loss'], 'it tells which backend and workspace are used.'],
  [/(?:^|\/)\.pulumi(?:\/(?:stacks|backups|history)(?:\/|$)|\/?$)|(?:^|\/)Pulumi\.[\w-]+\.ya?ml$/, 'pulumi-state', ['data-loss'], 'it holds the state or the configuration of Pulumi stacks.'],
  [/(?:^|\/)\.terraform\.lock\.hcl$|(?:^|\/)\.terraform\.tfstate\.lock\.info$/, 'lock-file', ['guard-removal'], 'it pins the providers, or locks the state while somebody writes it.'],
  [/(?:^|\/)\.kube(?:\/(?:config|cache)?.*)?$|(?:^|\/)kubeconfig[^/]*$|(?:^|\/)[^/]*\.kubeconfig$|^\/etc\/kubernetes(?:\/|$)|^\/var\/lib\/(?:kubelet|etcd|rancher)(?:\/|$)/, 'kubeconfig', ['access-loss'], 'it holds the access to clusters.'],
  [/(?:^|\/)\.aws(?:\/(?:credentials|config|sso|cli).*)?\/?$|(?:^|\/)\.azure\/?$|(?:^|\/)\.config\/gcloud(?:\/|$)|(?:^|\/)\.docker\/config\.json$|(?:^|\/)application_default_credentials\.json$|(?:^|\/)\.config\/(?:doctl|hcloud|gh|rclone|flyctl)(?:\/|$)|(?:^|\/)\.netrc$|(?:^|\/)\.vault-token$|(?:^|\/)\.oci(?:\/|$)/, 'credentials', ['access-loss'], 'it holds credentials of a cloud.'],
  [/(?:^|\/)\.ssh(?:\/(?:id_[\w-]+|authorized_keys|config|.*\.pem)?|\/?)$|(?:^|\/)[^/]+\.(?:pem|pfx|p12|jks|keystore|kdbx|ppk)$|(?:^|\/)\.gnupg(?:\/|$)|(?:^|\/)(?:private|server|client|ca|tls|signing|master)[\w-]*\.key$|(?:^|\/)id_(?:rsa|ed25519|ecdsa|dsa)$|(?:^|\/)\.?age(?:-key)?\.txt$|(?:^|\/)\.sops\/.*|(?:^|\/)keys\.txt$/, 'key-material', ['access-loss'], 'it holds keys: what they open or decrypt can not be had again.'],
  [/^\/var\/lib\/(?:postgresql|mysql|mariadb|mongodb|mongo|redis|rabbitmq|elasticsearch|opensearch|kafka|cassandra|docker|containerd|containers|influxdb|clickhouse|neo4j|grafana|prometheus|libvirt|vault|consul|nomad|jenkins|gitlab|minio|zookeeper|etcd|pgsql|couchdb|couchbase|scylla)(?:\/|$)|^\/var\/opt\/(?:gitlab|mssql)(?:\/|$)|^\/data\/(?:db|postgres|mysql|mongo|redis|kafka|elasticsearch)(?:\/|$)/, 'data-folder', ['data-loss', 'outage'], 'a database or a cluster keeps its data there.'],
  [/(?:^|\/)\.git\/?$|(?:^|\/)\.git\/(?:objects|refs|logs)(?:\/|$)/, 'git-repository', ['data-loss'], 'it is the whole history of a repository: what was not pushed is lost.'],
  [/(?:^|\/)cdk\.context\.json$/, 'lock-file', ['replacement'], 'it pins what CDK looked up; without it the next deployment may choose other networks and images.'],
  [/(?:^|\/)(?:backups?|dumps?|snapshots?)(?:\/|\/\*|\.\w+)?$|(?:^|\/)[^/]*(?:backup|dump)[^/]*\.(?:sql|tar|gz|tgz|zip|bak|rdb|db)(?:\.gz)?$|\.(?:sql\.gz|dump|bak|rdb|aof)$/, 'backup', ['data-loss'], 'by its name it is a backup.'],
];

/** Files of which the whole folder matters when it is deleted with all that is in it. */
const FOLDERS = /(?:^|\/)(?:terraform|infra|infrastructure|\.terraform|k8s|kubernetes|manifests|helm|charts|ansible|pulumi|cdk|terragrunt|deploy|deployments|environments|envs|prod|production)\/?$/;

const ROOTS = /^\/(?:\*|bin|boot|dev|etc|home|lib|lib64|opt|proc|root|run|sbin|srv|sys|usr|var|Users|System|Library|Applications|mnt|media|data|volumes|Volumes|private)?\/?(?:\*|\.\*|\.)?$|^\/(?:etc|usr|var|home|Users|opt|boot|lib|root)\/(?:[\w.-]+|\*)\/?(?:\*)?$/;
/** Below the roots these are where programs put what can be made again. */
const HARMLESS = /^\/(?:var\/(?:tmp|cache|log|folders)|usr\/(?:local\/)?(?:share|src|tmp|lib\/node_modules|lib\/python[\d.]*|include|games)|opt\/[\w.-]+\/(?:tmp|cache)|home\/[^/]+\/\.cache|root\/\.cache|tmp|private\/tmp|var\/run|run\/user)(?:\/|$)|^\/var\/(?:tmp|cache)|^\/var\/lib\/(?:apt|dpkg|yum|dnf|pacman)\/lists|^\/(?:usr\/local\/(?:go|bin\/[\w.-]+|lib\/[\w.-]+|share\/[\w.-]+)|usr\/bin\/[\w.-]+|etc\/apt\/|etc\/nginx\/sites-enabled|etc\/yum|etc\/machine-id|etc\/ssh\/ssh_host|home\/[^/]+\/.+|Users\/[^/]+\/.+|etc\/profile\.d\/)/;
const REMADE = /(?:^|\/)(?:node_modules|dist|build|target|out|coverage|\.next|\.nuxt|\.cache|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.venv|venv|vendor|tmp|temp|\.turbo|\.parcel-cache|\.gradle|bin|obj|\.terraform\/(?:providers|modules)|\.eggs|[\w.-]+\.egg-info|\.DS_Store|cdk\.out|\.aws-sam|\.serverless|\.angular|\.svelte-kit|storybook-static|public\/build|logs?)\/?\*?$/;

/**
 * Judges deleting or overwriting one path. Undefined: nothing that holds infrastructure or lies above the workspace.
 * @param recursive with all that is below it.
 */
export function judgePath(word: Word, recursive: boolean, invocation: Pick<Invocation, 'cwd'>, detect: DetectContext): PathJudgement | undefined {
  const home = detect.home ?? '/home/user';
  // A pattern is known as it is written, and so is the one variable that every shell has.
  const written = word.value ?? (/^[^$`\uFDD0-\uFDD2]+$/.test(word.raw) && /[*?[]/.test(word.raw) ? word.raw : /^"?\$\{?HOME\}?"?(?:\/[\w.*/-]*)?"?$/.test(word.raw) ? word.raw.replace(/"/g, '').replace(/^\$\{?HOME\}?/, home) : undefined);
  const text = (written ?? word.parts.map((p) => p ?? '\u0000').join('')).replace(/\\/g, '/');
  const known = written !== undefined;
  const expanded = text === '~' ? home : text.startsWith('~/') ? `${home}/${text.slice(2)}` : text.replace(/^\$\{?HOME\}?(?=\/|$)/, home);
  const cwd = invocation.cwd ?? detect.cwd;
  const full = path.posix.normalize(expanded.startsWith('/') ? expanded : cwd === undefined ? expanded : `${cwd}/${expanded}`);
  const guard = guardFile(expanded);
  if (guard && guard.kind !== 'settings') return { kind: guard.kind, effects: ['guard-removal'], why: guard.why, certain: true };
  for (const [pattern, kind, effects, why] of HOLDS) if (pattern.test(expanded) || pattern.test(full)) return { kind, effects, why, certain: true };
  if (REMADE.test(expanded)) return undefined;
  if (!known) {
    // `rm -rf "$DIR"/*` with an empty variable is `rm -rf /*`; only what stands before any name is taken that seriously.
    if (recursive && /^\u0000\/?(?:\*|\.\*)?$/.test(text) && /^["']?\$\{?[A-Za-z_]\w*\}?["']?\/(?:\*|\.\*)?$/.test(word.raw)) return { kind: 'root', effects: ['data-loss'], why: 'if the variable is empty, this is the root of the machine.', certain: false };
    return undefined;
  }
  if (!recursive) return undefined;
  const bare = full.replace(/\/+$/, '') || '/';
  if (/^(?:\.\/?|\.\/\*|\*|\.\*)$/.test(expanded) || (cwd !== undefined && bare.replace(/\/\.?\*$/, '') === cwd)) return { kind: 'workspace', effects: ['data-loss'], why: 'it is the whole workspace, with what was never committed.', certain: true };
  if (HARMLESS.test(full) && !expanded.startsWith('..')) return undefined;
  if (ROOTS.test(full) || bare === '/' || full === '/*') return { kind: 'root', effects: ['data-loss', 'outage'], why: 'it lies at the root of the machine.', certain: true };
  if (bare === home.replace(/\/+$/, '') || /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/root)(?:\/(?:\*|\.\*|\.))?$/.test(bare)) return { kind: 'home', effects: ['data-loss', 'access-loss'], why: 'it is a whole home folder with its credentials.', certain: true };
  if (/^(?:\.\.\/?)+(?:\*|\.\*)?$|^\.\.(?:\/\.\.)*$/.test(expanded) || (cwd !== undefined && cwd !== bare && cwd.startsWith(`${bare}/`))) return { kind: 'above-workspace', effects: ['data-loss'], why: 'it reaches above the workspace.', certain: true };
  if (expanded.startsWith('../') && !/^(?:\.\.\/)+[\w.-]+\/[\w.-]+/.test(expanded) && !REMADE.test(expanded)) return { kind: 'above-workspace', effects: ['data-loss'], why: 'it reaches above the workspace.', certain: true };
  if (FOLDERS.test(expanded) && !/\.terraform\/?$/.test(expanded)) return { kind: 'infrastructure', effects: ['data-loss'], why: 'by its name it holds infrastructure code or state.', certain: true };
  return undefined;
}
