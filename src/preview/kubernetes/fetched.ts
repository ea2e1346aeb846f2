import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { notKnown, type Prepared, type Unknown } from '../../model';
import { spelled, type KubeCommand } from './command';

/** What became of the addresses that a command reads manifests from. */
export interface Fetched {
  /** The command with files of the preview's own in their place; as it was where there are none, or none could be kept. */
  readonly command: KubeCommand;
  readonly prepared?: Prepared;
  /** What is read anew when the command runs, each a sentence. */
  readonly unknowns: readonly Unknown[];
}

const ADDRESS = /^https?:\/\//;
const FILE_OPTIONS = new Set(['-f', '--filename']);
const MAX_BYTES = 16 * 1024 * 1024;
const LIMIT_MS = 20_000;
/** Source: Go, net/http, `Client`: stops after 10 redirects; kubectl takes that client. */
const MAX_REDIRECTS = 10;

/**
 * Fetches once what the command would fetch, and puts files in its place: those are previewed, and those run.
 * @param folder the preview's own; undefined: nothing may be kept. @param argv the command's own words.
 */
export async function fetchManifests(argv: readonly string[], command: KubeCommand, at: { readonly folder: string | undefined; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal }): Promise<Fetched> {
  const lists = command.options.map((option) => (FILE_OPTIONS.has(option.name) ? readList(option.value ?? '') : undefined));
  const unknowns = remoteBases(command);
  const addresses = [...new Set(lists.flatMap((list) => list ?? []).filter((one) => ADDRESS.test(one)))];
  if (addresses.length === 0) return { command, unknowns };
  const files = new Map<string, { readonly path: string; readonly sha256: string }>();
  for (const address of addresses) {
    const got = at.folder === undefined ? 'there is no folder for it' : await fetchOne(address, at.env, at.signal);
    if (typeof got === 'string') {
      // Some from files and some fetched anew would be no proof of anything.
      return { command, unknowns: [...unknowns, notKnown('binding', address, notBound(address, got))] };
    }
    const folder = path.join(at.folder ?? '', 'fetched');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, `manifest-${files.size + 1}.yaml`);
    await writeFile(file, got, { mode: 0o600 });
    files.set(address, { path: file, sha256: createHash('sha256').update(got).digest('hex') });
  }
  const options = command.options.flatMap((option, i) => {
    const list = lists[i];
    return list === undefined ? [option] : list.map((one) => ({ name: '--filename', value: quoted(files.get(one)?.path ?? one) }));
  });
  const bound = { ...command, options };
  return {
    command: bound, unknowns,
    prepared: {
      argv: [argv[0] ?? 'kubectl', ...command.path.split(' '), ...options.map(spelled), ...command.words], withoutEnv: [], files: [...files.values()], keepsInputs: true,
      explanation: `What ${addresses.join(', ')} ${addresses.length === 1 ? 'holds' : 'hold'} was fetched once; exactly that is used, whatever is there by then.`,
    },
  };
}

/** kubectl takes the value for a line of CSV. Source: pflag, `StringSlice`. A quote that is not closed is kubectl's to refuse. */
export function readList(value: string): string[] {
  return [...value.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '');
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A kustomization at an address, or a repository of git. Source: Kustomize documentation, "Remote targets". */
function remoteBases(command: KubeCommand): Unknown[] {
  return command.options.flatMap(({ name, value }) => (name === '--kustomize' && value !== undefined && isRemote(value) ? [notKnown('binding', value, notBound(value, 'kustomize fetches it by itself'))] : []));
}

/** Source: Kustomize, api/internal/git/repospec.go. */
export const isRemote = (text: string): boolean => /^(?:https?:\/\/|ssh:\/\/|git::|git@|file:\/\/|github\.com[/:]|gh:)|\?(?:ref|version|timeout|submodules)=|^[\w.-]+@[\w.-]+:/i.test(text);

export const notBound = (what: string, why: string): string => `${what} is fetched again when the command runs, and what it holds may then be something else (${why}). Save it to a file and use that.`;

/** @returns the bytes, or why they could not be had. */
async function fetchOne(address: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Buffer | string> {
  let at = new URL(address);
  for (let turn = 0; turn <= MAX_REDIRECTS; turn += 1) {
    if (throughProxy(at, env)) return 'the environment names a proxy, which the preview does not go through';
    const answer = await ask(at, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
    if (Buffer.isBuffer(answer) || typeof answer === 'string') return answer;
    if (!/^https?:$/.test(answer.protocol)) return 'it leads to another kind of address';
    at = answer;
  }
  return `it leads on more than ${MAX_REDIRECTS} times`;
}

function ask(at: URL, signal: AbortSignal): Promise<Buffer | URL | string> {
  return new Promise((resolve) => {
    const request = (at.protocol === 'https:' ? https : http).get(at, { signal, headers: { 'User-Agent': 'kubectl', Accept: '*/*' } }, (response) => {
      const { statusCode = 0, headers: { location } } = response;
      if (statusCode >= 301 && statusCode <= 308 && statusCode !== 304 && location !== undefined) {
        response.destroy();
        return resolve(URL.canParse(location, at.href) ? new URL(location, at.href) : 'it leads to what is no address');
      }
      if (statusCode !== 200) {
        response.destroy();
        return resolve(`it answers with status ${statusCode}`);
      }
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MAX_BYTES) return chunks.push(chunk);
        response.destroy();
        return resolve(`it is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
      });
      response.once('end', () => resolve(Buffer.concat(chunks)));
      response.once('error', (error) => resolve(error.message));
    });
    request.once('error', (error) => resolve(error.name === 'TimeoutError' ? `it does not answer within ${LIMIT_MS / 1000} seconds` : error.message));
  });
}

/** Source: Go, net/http, `ProxyFromEnvironment`: a host of this machine never goes through one. What NO_PROXY leaves out is not judged here. */
function throughProxy({ protocol, hostname }: URL, env: NodeJS.ProcessEnv): boolean {
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  return Boolean(env[name] || env[name.toLowerCase()]) && !/^(?:localhost|127\..*|\[::1\])$/.test(hostname);
}
