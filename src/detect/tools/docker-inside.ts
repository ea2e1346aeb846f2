import { posix } from 'node:path';
import { knownWord, type Finding, type Word } from '../invocation';
import { found, option, optionText, runWords, splitWords, targetsOf, type CliCall } from './cli/call';
import { handedWords, throughDoor } from './cli/handed';
import { imageName, IMAGES } from './cli/images';
import { judgePath, type PathJudgement } from '../engines/paths';

/** What is mounted into a container, and from where. */
interface Mount {
  readonly at: string;
  /** A folder of this machine; undefined for a volume, and for what is not known. */
  readonly from: string | undefined;
}

/** Options that let a container reach more than its own files. Source: Docker CLI reference, docker run. */
const REACHES = /^(?:--privileged|--device|--volumes-from|--pid)$/;
/** Operations on the container's own files and processes. */
const OWN = /^(?:shell|files|disk):/;

/**
 * Commands inside a container: `docker exec C cmd`, `docker run IMAGE cmd`, `docker compose exec SERVICE cmd`. A container is another
 * machine; what a new one does to files of its own is lost with it anyway, a mounted folder of this machine is judged as it is here.
 * @param remote where the container runs, when that is another machine.
 */
export function insideContainer(call: CliCall, remote: string | undefined): readonly Finding[] | undefined {
  const group = call.args[0]?.value;
  const at = group === 'compose' || group === 'container' ? 1 : 0;
  const verb = call.args[at]?.value;
  if (verb !== 'exec' && verb !== 'run') return undefined;
  const entry = option(call, '--entrypoint')?.value;
  const behind = call.rest && call.args.length <= at + 2 ? [...call.args.slice(at + 2), ...call.rest] : call.args.slice(at + 2);
  const words = [...(entry ? splitWords(entry.value ?? entry.raw) : []), ...behind];
  const name = call.args[at + 1];
  const targets = targetsOf(name ? [name] : [], 'container');
  // What a service has mounted stands in a file of its own: its new container counts as one that is there.
  if (verb === 'run' && group !== 'compose') return started(call, words, name, entry !== undefined);
  const begins = verb === 'exec'
    ? found(call, { action: verb, mutation: 'none', reason: `${call.tool}: Runs a command in a container.`, targets })
    : found(call, { action: verb, mutation: 'additive', reason: `${call.tool}: Starts a container.`, targets });
  if (words.length === 0) return [begins];
  const handed = handedWords(words, call, group === 'compose' || call.options.some((o) => /^(?:-i|--interactive)$/.test(o.name)));
  // A person's session in a container of this machine is as one in a shell of it.
  if (handed.kind === 'reads' || (handed.kind === 'session' && remote === undefined)) return [begins];
  const place = `the container ${name?.value ?? name?.raw ?? ''}${remote === undefined ? '' : ` on ${remote}`}`;
  const inner = throughDoor(call, handed, { action: verb, place, targets });
  return verb === 'exec' ? inner : [begins, ...inner.filter((f) => f.mutation !== 'none')];
}

/** `docker run`: a new container, which is thrown away with all that it did to itself. */
function started(call: CliCall, words: readonly Word[], image: Word | undefined, entry: boolean): readonly Finding[] {
  const open = call.options.some((o) => /^(?:-i|--interactive)$/.test(o.name));
  const handed = words.length === 0 ? undefined : handedWords(words, call, open);
  const inner = handed?.kind === 'judged' ? handed.findings : [];
  const reaches = call.options.some((o) => REACHES.test(o.name));
  const mounts = call.options.flatMap((o) => (o.value ? mountOf(o.name, o.value, call) : []));
  const kept = inner.flatMap((f) => {
    if (reaches || !OWN.test(f.operation)) return [f];
    return f.mutation === 'destructive' ? mounted(f, mounts, call) : [];
  });
  // `docker run amazon/aws-cli s3 rb …`: the image's entry point is the tool.
  const tool = entry ? undefined : IMAGES.get(imageName(image?.value ?? ''));
  const byImage = tool === undefined ? [] : runWords([...splitWords(tool), ...words], call).filter((f) => f.mutation !== 'none');
  const emptied = kept.length > 0 ? undefined : emptiedVolume(words, mounts);
  const targets = targetsOf(image ? [image] : [], 'container');
  const unseen = handed?.kind === 'unseen' && tool === undefined && (reaches || mounts.length > 0);
  return [
    found(call, { action: 'run', mutation: 'additive', reason: `${call.tool}: Starts a container.`, targets }),
    ...kept, ...(emptied === undefined ? [] : [lostIn(emptied, call)]), ...byImage,
    ...(unseen ? throughDoor(call, handed, { action: 'run', place: 'a new container' }) : []),
  ];
}

const lostIn = (path: string, call: CliCall): Finding => found(call, {
  action: 'run.delete', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
  reason: `${call.tool}: Deletes in ${path}, which is mounted into the container: what is stored there is lost.`,
});

const below = (path: string, folder: string): boolean => path === folder || folder === '/' || path.startsWith(`${folder}/`);

/** What of a finding on a container's files reaches what is mounted there: a volume, or a folder of this machine by the rules of here. */
function mounted(finding: Finding, mounts: readonly Mount[], call: CliCall): readonly Finding[] {
  const workdir = optionText(call, '-w', '--workdir');
  return finding.targets.flatMap(({ name }) => {
    if (name === undefined) return [];
    const path = name.startsWith('/') ? name : workdir === undefined ? undefined : `${workdir}/${name}`;
    if (path === undefined) return [];
    const mount = mounts.find((m) => below(path, m.at) || below(m.at, path.replace(/\/?\*?$/, '') || '/'));
    if (mount === undefined) return [];
    if (mount.from === undefined) return [lostIn(path, call)];
    const word = knownWord(below(path, mount.at) ? posix.join(mount.from, path.slice(mount.at.length)) : mount.from, call.invocation.range);
    const judged = judgePath(word, finding.tool !== 'shell', call.invocation, call.detect) ?? outside(word, call);
    return judged === undefined ? [] : [found(call, {
      action: 'run.delete', targets: targetsOf([word], 'path'),
      mutation: judged.certain ? 'destructive' : 'unknown', effects: judged.certain ? judged.effects : ['unknown'],
      reversibility: { kind: judged.effects.includes('data-loss') ? 'irreversible' : 'unknown' },
      reason: `${call.tool}: Deletes ${word.value ?? word.raw} through ${mount.at} in the container: ${judged.why}`,
    })];
  });
}

/** A folder of this machine that lies outside of the workspace: who mounts it means it. */
function outside(word: Word, { invocation, detect }: CliCall): PathJudgement | undefined {
  const cwd = invocation.cwd ?? detect.cwd;
  const full = word.value ?? '';
  if (cwd === undefined || below(full, cwd) || /^\/(?:private\/)?(?:tmp|var\/(?:tmp|cache|folders))\//.test(full)) return undefined;
  return { kind: 'outside', effects: ['data-loss'], why: 'it lies outside of the workspace.', certain: true };
}

/** A volume below which something is deleted, by the words alone: a path that is made again elsewhere is none where a volume is mounted. */
function emptiedVolume(words: readonly Word[], mounts: readonly Mount[]): string | undefined {
  const text = words.map((w) => w.value ?? w.raw).join(' ');
  if (!/(?:^|[\s;&|])(?:\S*\/)?(?:rm|rmdir|shred|unlink)\s|\s-delete\b|\bmkfs/.test(text)) return undefined;
  const parts = text.split(/[\s;&|'"]+/);
  return mounts.find((m) => m.from === undefined && parts.some((p) => below(p, m.at)))?.at;
}

/** Where a volume or a folder stands inside the container. Source: Docker CLI reference, docker run --volume and --mount. */
function mountOf(name: string, value: Word, call: CliCall): readonly Mount[] {
  const text = value.value ?? value.parts.map((p) => p ?? '\u0000').join('');
  if (/^(?:-v|--volume)$/.test(name)) {
    const [from = '', at = '', mode = ''] = text.split(':');
    return at.startsWith('/') && !/(?:^|,)ro(?:,|$)/.test(mode) ? [{ at: bare(at), from: folderOf(from, value, call) }] : [];
  }
  if (name !== '--mount' || /(?:^|,)type=tmpfs|(?:^|,)(?:readonly|ro)(?:=(?:true|1))?(?:,|$)/.test(text)) return [];
  const part = (key: RegExp): string | undefined => text.split(',').map((p) => key.exec(p)?.[1]).find((p) => p !== undefined);
  const at = part(/^(?:target|destination|dst)=(\/.*)$/);
  if (at === undefined) return [];
  return [{ at: bare(at), from: /(?:^|,)type=bind/.test(text) ? folderOf(part(/^(?:source|src)=(.*)$/) ?? '', value, call) : undefined }];
}

const bare = (path: string): string => path.replace(/(?<=.)\/+$/, '');

/** The folder of this machine that is mounted; undefined for the name of a volume. */
function folderOf(from: string, { raw }: Word, { invocation, detect }: CliCall): string | undefined {
  const cwd = invocation.cwd ?? detect.cwd;
  const rest = /^(?:\0|\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)(.*)$/s.exec(from)?.[1];
  const here = /^(?:.*=)?["']?(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)/.test(raw);
  if (rest !== undefined) return here && cwd !== undefined ? bare(cwd + rest) : undefined;
  if (/^[/~]/.test(from)) return bare(from);
  return /^\.{1,2}(?:\/|$)/.test(from) && cwd !== undefined ? bare(`${cwd}/${from}`) : undefined;
}
