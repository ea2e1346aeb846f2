import type { Effect } from '../../model';
import { knownWord, shText, type Finding, type Word } from '../invocation';
import { flag, found, option, rewrittenCommand, runText, runWords, targetsOf, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { judgePath } from '../engines/paths';
import { mayBeOn, settingsOf, settledOptions, wordsBehind } from './git-words';

const VALUED = `-C -c --git-dir --work-tree --namespace --super-prefix --config-env --exec-path -m --message -F --file --set-upstream-to
  -o --push-option --repo --receive-pack --depth --branch -b -B --onto --author --date -e --exclude --source --tree-filter
  --index-filter --env-filter --msg-filter --commit-filter --parent-filter --subdirectory-filter --tag-name-filter --path --expire
  --expire-unreachable --since --until --format --pretty -j --jobs --strategy --reference --template --origin --filter --unit-name
  --replace-text --refs`;
/** Branches that others build on. Source: the defaults of git hosts, and the names of git-flow. */
const SHARED = /^(?:refs\/heads\/)?(?:main|master|trunk|develop|development|production|prod|staging|release(?:[/-].*)?|stable|live|default|HEAD)$/;

function finding(call: CliCall, action: string, effects: readonly Effect[], reason: string, extra: Partial<Parameters<typeof found>[1]> = {}): Finding {
  return found(call, { action, mutation: 'destructive', effects, reversibility: { kind: 'recoverable', how: 'git reflog, on the machine that still has the commits' }, reason: `git: ${reason}`, ...extra });
}

function push(call: CliCall): Finding[] {
  const words = call.args.slice(1);
  const settings = settingsOf(call);
  const remote = words[0]?.value;
  const ofRemote = (variable: string): typeof settings => settings.filter((c) => c.name.startsWith('remote.') && c.name.endsWith(`.${variable}`) && (remote === undefined || c.name === `remote.${remote}.${variable}`));
  // What is pushed where no ref is named: remote.<name>.push. Source: git-push(1), git-config(1).
  const refs = words.length > 1 ? words.slice(1) : ofRemote('push').map((c) => knownWord(c.value ?? '+'));
  const all = flag(call, '--all', '--mirror', '--branches');
  const force = flag(call, '-f', '--force');
  const lease = option(call, '--force-with-lease') !== undefined || flag(call, '--force-if-includes');
  const plus = refs.filter((w) => w.value?.startsWith('+'));
  const deleted = [...(flag(call, '-d', '--delete') ? refs : []), ...refs.filter((w) => /^\+?:./.test(w.value ?? ''))];
  if (flag(call, '-n', '--dry-run')) return [];
  if (flag(call, '--prune')) return [finding(call, 'push.prune', ['data-loss'], 'Deletes branches on the remote that this repository does not have.')];
  // The last setting of a name counts.
  if (flag(call, '--mirror') || ofRemote('mirror').slice(-1).some(mayBeOn)) return [finding(call, 'push.mirror', ['data-loss'], 'Makes the remote a copy of this repository: branches and tags that are only there are deleted.')];
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

/** Commands that no alias takes the place of. Source: git-config(1), alias.*: aliases that hide existing commands are ignored. */
const OWN = /^(?:add|am|apply|archive|bisect|blame|branch|bundle|cat-file|checkout|cherry-pick|clean|clone|commit|config|describe|diff|fetch|filter-branch|format-patch|fsck|gc|grep|help|init|log|ls-files|ls-remote|merge|mv|notes|prune|pull|push|rebase|reflog|remote|reset|restore|revert|rm|send-pack|show|show-ref|stash|status|submodule|switch|symbolic-ref|tag|update-ref|version|worktree)$/;

/** What an alias that the line itself brings runs: a command of git with the words behind it, or of a shell. */
function aliased(call: CliCall, verb: string): Finding[] | undefined {
  if (OWN.test(verb)) return undefined;
  const settings = settingsOf(call);
  const named = (name: string): string | undefined => settings.findLast((c) => c.name === `alias.${name.toLowerCase()}` || c.name === `alias.${name}.command`)?.value;
  let alias = named(verb);
  // An alias may begin with another one; git refuses a ring.
  for (let turns = 0; alias !== undefined && !alias.startsWith('!') && turns < 8; turns++) {
    const [head = '', ...rest] = alias.trim().split(/\s+/);
    const next = OWN.test(head) ? undefined : named(head);
    if (next === undefined) break;
    alias = [next, ...rest].join(' ');
  }
  if (alias === undefined) return undefined;
  const [first] = call.args;
  const text = (words: readonly Word[]): string => words.map(shText).join(' ');
  const behind = text(wordsBehind(first, call.invocation));
  if (alias.startsWith('!')) return runText(`${alias.slice(1)} ${behind}`, call);
  const at = first === undefined ? 1 : call.invocation.argv.indexOf(first);
  return runText(`git ${text(call.invocation.argv.slice(1, at))} ${alias} ${behind}`, call);
}

/** A command behind another one: one word is a text for a shell, several are its words. */
function runBehind(words: readonly Word[], call: CliCall): Finding[] {
  const at = words.findIndex((w) => !/^-/.test(w.value ?? ''));
  const command = at < 0 ? [] : words.slice(at);
  const [only] = command;
  return command.length === 1 && only ? runText(only.value ?? only.raw, call) : runWords(command, call);
}

function judge(given: CliCall): Finding[] | undefined {
  const call = { ...given, options: settledOptions(given.options) };
  const [first, second] = call.args;
  const verb = first?.value;
  const rest = [...call.args.slice(1), ...(call.rest ?? [])];
  if (verb === undefined) return [];
  const alias = aliased(call, verb);
  if (alias !== undefined) return alias;
  const dry = flag(call, '-n', '--dry-run');
  switch (verb) {
    case 'push': case 'send-pack': return push(call);
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
    case 'submodule': return second?.value === 'foreach' ? runBehind(wordsBehind(second, call.invocation), call) : second?.value === 'deinit' && flag(call, '-f', '--force') ? [finding(call, 'submodule.deinit', ['data-loss'], 'Deletes the working trees of submodules.')] : [];
    case 'rebase': { const exec = option(call, '-x', '--exec')?.value; return exec ? runText(exec.value ?? exec.raw, call) : []; }
    case 'bisect': return second?.value === 'run' ? runBehind(wordsBehind(second, call.invocation), call) : [];
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
  names: ['git', 'hub'], provider: 'git', source: 'git(1) and the manual pages of its commands, 2.50', everyday: true, valued: VALUED,
  flags: `-f --force --force-if-includes --hard --soft --mixed --delete -d -D --mirror --all --tags -x -X --dry-run --cached --staged
    --worktree --no-verify --amend -p --paginate --bare --no-pager`,
  commands: '', otherwise: 'quiet', before: judge,
});
