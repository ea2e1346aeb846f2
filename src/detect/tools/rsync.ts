import path from 'node:path';
import type { Finding, Word } from '../invocation';
import { guardFile } from '../engines/guard-files';
import { found, option, optionText, surely, targetsOf, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgePath } from '../engines/paths';
import { writesOver } from './guard';

/** Options that delete at the destination what the source does not have. Source: rsync(1), --delete and its kinds. */
const DELETES = [
  '--del', '--delete', '--delete-before', '--delete-during', '--delete-delay', '--delete-after', '--delete-excluded',
  '--delete-missing-args',
];
/** What a build makes again: the mirror of such a folder holds only what was built before. */
const BUILT = /(?:^|\/)(?:dist|build|out|public|_site|site|target|htmlcov|coverage|\.next|\.output|storybook-static|cdk\.out|node_modules|vendor|\.venv|\.cache)\/?\.?$/;
/** Where what is deleted is made again. Source: Filesystem Hierarchy Standard 3.0. */
const PASSING = /^\/(?:tmp|var\/tmp|var\/cache|dev\/shm)\/./;

/** rsync: what it writes over, and what a mirror deletes. */
export const rsync = commandTool({
  names: ['rsync'], provider: 'files', source: 'rsync(1), OPTIONS SUMMARY', everyday: true,
  valued: `-e --rsh --rsync-path -f --filter --exclude --include --exclude-from --include-from --files-from -T --temp-dir --backup-dir
    --suffix --compare-dest --copy-dest --link-dest --bwlimit --port --password-file --log-file --log-file-format --out-format --timeout
    --contimeout --max-size --min-size --max-delete --max-alloc --partial-dir --chmod --chown --usermap --groupmap -M --remote-option -B
    --block-size --compress-level --zl --skip-compress --modify-window -@ --address --sockopts --info --debug --checksum-choice --cc
    --checksum-seed --compress-choice --zc --iconv --protocol --outbuf --stop-after --stop-at --write-batch --only-write-batch
    --read-batch --early-input --copy-as`,
  flags: `-a -v -z -r -l -p -t -g -o -D -H -A -X -u -n -c -x -S -P -h -q -i -b -R -L -k -K -m -y -0 -C -I -O -J -W -N -U -E -s -4 -6
    --archive --progress --partial --stats --checksum --inplace --ignore-errors --force --itemize-changes`,
  commands: '', otherwise: 'quiet',
  worthAsking: (words) => words.some((w) => guardFile(w.text) !== undefined || /^--del|[\uFDD0-\uFDD2]/.test(w.text)),
  before: (call) => {
    const [first, ...others] = call.rest ? [...call.args, ...call.rest] : call.args;
    const to = others.at(-1);
    if (first === undefined || to === undefined) return [];
    return [...writesOver([to], call), ...mirrored([first, ...others.slice(0, -1)], to, call)];
  },
});

const DESTROYS = { mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' } } as const;

function mirrored(from: readonly Word[], to: Word, call: CliCall): readonly Finding[] {
  const given = option(call, ...DELETES)?.name;
  if (given === undefined || optionText(call, '--max-delete') === '0') return [];
  if (surely(call, '-n', '--dry-run') || surely(call, '--list-only')) return [];
  const lost = lostAt(to, call);
  const built = lost !== undefined && from.every((w) => BUILT.test(w.value ?? ''));
  const place = `${to.value ?? to.raw}${lost?.why === undefined ? '' : ` (${lost.why})`}`;
  const source = from.map((w) => w.value ?? w.raw).join(', ');
  return [found(call, {
    action: 'mirror', targets: targetsOf([to], 'folder'),
    ...(lost === undefined || built ? { mutation: 'modifying' } : DESTROYS),
    reason: `rsync: Deletes in ${place} what ${source} does not have${built ? ', which a build makes' : ''} (${given}).`,
    saferForm: { title: 'See first what it would delete (--dry-run)', append: ' --dry-run --itemize-changes' },
  })];
}

/** Why what lies at the destination is lost when it is deleted; undefined where it lies in the workspace, or is made again. */
function lostAt(to: Word, call: CliCall): { readonly why: string | undefined } | undefined {
  const text = to.value ?? to.parts.map((p) => p ?? '\u0000').join('');
  // A colon before the first slash: another machine, or a module of a server. Source: rsync(1), GENERAL.
  if (/^rsync:\/\/|^[^/]*:/.test(text)) return { why: 'on another machine' };
  const cwd = call.invocation.cwd ?? call.detect.cwd;
  const home = call.detect.home ?? '/home/user';
  const expanded = text.startsWith('~/') ? `${home}/${text.slice(2)}` : text;
  const full = path.posix.normalize(expanded.startsWith('/') ? expanded : `${cwd ?? '.'}/${expanded}`);
  if (PASSING.test(full)) return undefined;
  const judged = judgePath(to, true, call.invocation, call.detect);
  if (judged) return { why: judged.why.replace(/\.$/, '') };
  if (call.detect.elsewhere !== undefined || /^\0/.test(text)) return { why: undefined };
  const inside = cwd === undefined ? !/^\/|^\.\./.test(full) : full === cwd || full.startsWith(`${cwd}/`);
  return inside ? undefined : { why: 'outside of the workspace' };
}
