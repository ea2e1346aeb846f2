import type { Effect } from '../../model';
import type { Finding, Word } from '../invocation';
import { flag, found, option, rewrittenCommand, runText, targetsOf, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgePath } from './files/paths';

const VALUED = '-C -c --git-dir --work-tree --namespace --super-prefix --config-env --exec-path -m --message -F --file --set-upstream-to -o --push-option --repo --receive-pack --depth --branch -b -B --onto --author --date -e --exclude --source --tree-filter --index-filter --env-filter --msg-filter --commit-filter --parent-filter --subdirectory-filter --tag-name-filter --path --expire --expire-unreachable --since --until --format --pretty -j --jobs --strategy --reference --template --origin --filter --unit-name --replace-text --refs';
/** Branches that others build on. Source: the defaults of git hosts, and the names of git-flow. */
const SHARED = /^(?:refs\/heads\/)?(?:main|master|trunk|develop|development|production|prod|staging|release(?:[/-].*)?|stable|live|default|HEAD)$/;

function finding(call: CliCall, action: string, effects: readonly Effect[], reason: string, extra: Partial<Parameters<typeof found>[1]> = {}): Finding {
  return found(call, { action, mutation: 'destructive', effects, reversibility: { kind: 'recoverable', how: 'git reflog, on the machine that still has the commits' }, reason: `git: ${reason}`, ...extra });
}

function push(call: CliCall): Finding[] {
  const words = call.args.slice(1);
  const refs = words.slice(1);
  const all = flag(call, '--all', '--mirror', '--branches');
  const force = flag(call, '-f', '--force');
  const lease = option(call, '--force-with-lease') !== undefined || flag(call, '--force-if-includes');
  const plus = refs.filter((w) => w.value?.startsWith('+'));
  const deleted = [...(flag(call, '-d', '--delete') ? refs : []), ...refs.filter((w) => /^\+?:./.test(w.value ?? ''))];
  if (flag(call, '-n', '--dry-run')) return [];
  if (flag(call, '--mirror')) return [finding(call, 'push.mirror', ['data-loss'], 'Makes the remote a copy of this repository: branches and tags that are only there are deleted.')];
  if (deleted.length > 0) {
    const shared = deleted.some((w) => w.value === undefined || SHARED.test(w.value.replace(/^\+?:/, '')));
    return [finding(call, 'push.delete', ['data-loss'], `Deletes ${deleted.map((w) => (w.value ?? w.raw).replace(/^\+?:/, '')).join(', ')} on the remote.`, { targets: targetsOf(deleted, 'branch'), ...(shared ? {} : { mutation: 'destructive' as const }) })];
  }
  if (!force && !lease && plus.length === 0) return [];
  const names = refs.map((w) => (w.value ?? '').replace(/^\+/, '').replace(/^.*:/, ''));
  // Without a name it is the branch that is checked out.
  const own = refs.every((w) => w.value !== undefined) && !names.some((n) => SHARED.test(n)) && !all;
  // A lease on a branch of one's own is how a rebase is pushed.
  if (lease && own && !force) return [found(call, { action: 'push.force-with-lease', mutation: 'modifying', reason: `git: Replaces ${names.join(', ') || 'the branch that is checked out'} on the remote, if nobody else has pushed to it.` })];
  return [finding(call, 'push.force', ['data-loss'], `Overwrites ${names.length > 0 ? names.join(', ') : 'a branch'} on the remote: commits that only it has are lost.`, {
    targets: targetsOf(refs, 'branch'), guardsOff: force || plus.length > 0 ? ['--force'] : [],
    saferForm: force ? { title: 'Only if nobody else has pushed (--force-with-lease)', replace: rewrittenCommand(call.invocation, (w) => w === '-f' || w === '--force', ['--force-with-lease']) } : undefined,
  })];
}

function judge(call: CliCall): Finding[] | undefined {
  const [first, second] = call.args;
  const verb = first?.value;
  const rest = [...call.args.slice(1), ...(call.rest ?? [])];
  if (verb === undefined) return [];
  const alias = call.options.map((o) => (o.name === '-c' ? /^alias\.[\w-]+=!(.+)$/.exec(o.value?.value ?? '')?.[1] : undefined)).find((t) => t !== undefined);
  if (alias !== undefined) return runText(alias, call);
  const dry = flag(call, '-n', '--dry-run');
  switch (verb) {
    case 'push': return push(call);
    case 'clean':
      if (dry || !(flag(call, '-f', '--force') || option(call, '-f') !== undefined) || flag(call, '-i')) return [];
      if (flag(call, '-x', '-X')) return [finding(call, 'clean', ['data-loss'], 'Deletes every file that git ignores, too: state files, credentials and local settings among them.', { reversibility: { kind: 'irreversible' }, saferForm: { title: 'See first what it would delete (-n)', append: ' -n' } })];
      return [finding(call, 'clean', ['data-loss'], 'Deletes every file that git does not know: new work that was never committed is lost.', { reversibility: { kind: 'irreversible' }, saferForm: { title: 'See first what it would delete (-n)', append: ' -n' } })];
    case 'reset': return flag(call, '--hard') ? [finding(call, 'reset.hard', ['data-loss'], 'Throws away every change that was not committed.', { reversibility: { kind: 'irreversible' }, saferForm: { title: 'Keep the changes aside first (git stash)', replace: 'git stash' } })] : [];
    case 'filter-branch': case 'filter-repo': return flag(call, '--analyze') || dry ? [] : [finding(call, verb, ['data-loss'], 'Rewrites the history of the repository.')];
    case 'reflog': return second?.value === 'expire' || second?.value === 'delete' ? (dry ? [] : [finding(call, 'reflog', ['data-loss'], 'Deletes the record that lost commits could be found by.', { reversibility: { kind: 'irreversible' } })]) : [];
    case 'gc': case 'prune': return (verb === 'gc' && /^--prune/.test(call.options.find((o) => o.name === '--prune')?.name ?? '') && /^(?:now|all)$/.test(option(call, '--prune')?.value?.value ?? '')) || (verb === 'prune' && !dry && /now/.test(option(call, '--expire')?.value?.value ?? 'now')) ? [finding(call, verb, ['data-loss'], 'Deletes commits that no branch has for good.', { reversibility: { kind: 'irreversible' } })] : [];
    case 'update-ref': return flag(call, '-d', '--delete') || call.options.some((o) => o.name === '-d') ? [finding(call, 'update-ref', ['data-loss'], 'Deletes a ref.')] : [];
    case 'stash': return second?.value === 'drop' || second?.value === 'clear' ? [finding(call, `stash.${second.value}`, ['data-loss'], 'Deletes work that was put aside.', { reversibility: { kind: 'irreversible' } })] : [];
    case 'branch': {
      const names = rest;
      const forced = flag(call, '-D') || (flag(call, '-d', '--delete') && flag(call, '-f', '--force'));
      if (!forced) return [];
      return names.some((w) => w.value === undefined || SHARED.test(w.value)) ? [finding(call, 'branch.delete', ['data-loss'], `Deletes ${names.map((w) => w.value ?? w.raw).join(', ')} with commits that may not be merged.`, { targets: targetsOf(names, 'branch') })]
        : [found(call, { action: 'branch.delete', mutation: 'modifying', reason: 'git: Deletes a branch of this clone; the reflog still has its commits.' })];
    }
    case 'checkout': case 'restore': {
      const staged = verb === 'restore' && flag(call, '--staged', '-S') && !flag(call, '--worktree', '-W');
      const paths = call.rest ?? (verb === 'restore' ? call.args.slice(1) : call.args.slice(1).filter((w) => w.value === '.'));
      const whole = paths.some((w) => /^(?:\.|\.\/|:\/|\*|:\/\*)$/.test(w.value ?? ''));
      if (!staged && whole) return [finding(call, verb, ['data-loss'], 'Throws away every change below this folder that was not committed.', { reversibility: { kind: 'irreversible' } })];
      return verb === 'checkout' && flag(call, '-f', '--force') ? [finding(call, verb, ['data-loss'], 'Throws away changes that were not committed.', { reversibility: { kind: 'irreversible' } })] : [];
    }
    case 'rm': case 'mv': {
      if (verb === 'rm' && !flag(call, '--cached') && !dry) return rest.flatMap((w) => infrastructure(w, call));
      return [];
    }
    case 'worktree': return second?.value === 'remove' && flag(call, '-f', '--force') ? [finding(call, 'worktree.remove', ['data-loss'], 'Deletes a working tree with what was not committed in it.')] : [];
    case 'submodule': return second?.value === 'foreach' ? runText(call.args.slice(2).map((w) => w.value ?? w.raw).join(' '), call) : second?.value === 'deinit' && flag(call, '-f', '--force') ? [finding(call, 'submodule.deinit', ['data-loss'], 'Deletes the working trees of submodules.')] : [];
    case 'rebase': { const exec = option(call, '-x', '--exec')?.value; return exec ? runText(exec.value ?? exec.raw, call) : []; }
    case 'bisect': return second?.value === 'run' ? runText(call.args.slice(2).map((w) => w.value ?? w.raw).join(' '), call) : [];
    case 'tag': return [];
    case 'remote': return [];
    default: return [];
  }
}

function infrastructure(word: Word, call: CliCall): Finding[] {
  const judged = judgePath(word, flag(call, '-r'), call.invocation, call.detect);
  return judged && /state|backup/.test(judged.kind) ? [finding(call, 'rm', judged.effects, `Deletes ${word.value ?? word.raw}: ${judged.why}`)] : [];
}

/** git: where it loses history, or what was never committed. */
export const git = commandTool({
  names: ['git', 'hub'], provider: 'git', source: 'git(1) and the manual pages of its commands, 2.50', everyday: true,
  valued: VALUED, flags: '-f --force --force-if-includes --hard --soft --mixed --delete -d -D --mirror --all --tags -x -X --dry-run --cached --staged --worktree --no-verify --amend -p --paginate --bare --no-pager', commands: '', otherwise: 'quiet', before: judge,
});
