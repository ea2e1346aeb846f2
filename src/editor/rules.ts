import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Actor, BlastRadius, Operation } from '../model';
import type { Decision } from '../gate/gatekeeper';
import type { Home } from '../gate/home';
import type { SeenRules, SeenStore } from '../gate/seen-rules';
import type { HeldRules, TeamRules } from '../gate/team-rules';
import type { KeptRules, RulesInForce } from '../rules/load';
import { positionsIn } from './diagnostics';
import type { Heads } from './git-head';
import type { Decide } from './judge';
import { messageOf, type Log } from './log';
import { inform } from './notify';
import { say } from './panel-words';
import type { Vault } from './vault';

/** The rules in force in this window: every file above a folder as committed and as it is, and the user's own. */
export interface Rules extends vscode.Disposable {
  /** Resolves when the rules were read: no decision is made before. */
  ready(): Promise<void>;
  /** @throws before `ready`, and when git can't tell what is committed: then nothing is decided, and nothing runs. */
  decide(operations: readonly Operation[], actor: Actor, cwd: string, blastRadius: BlastRadius | undefined, places?: readonly string[]): Decision;
  readonly decideForFile: Decide;
  /** What is wrong with a rules file, in words. */
  problem(): string | undefined;
  /** What would loosen what is in force, and waits for a person. */
  pending(): { readonly own: RulesInForce['unconfirmed']; readonly held: readonly HeldRules[] };
  /** A person has said that what was committed before counts no more. */
  release(seen: SeenRules): void;
  readonly onDidChange: vscode.Event<void>;
}

const FILE = path.join('.vscode', 'holdpoint.json');
const MAX_BYTES = 2 * 1024 * 1024;
/** A text in a file has no asker. */
const NOBODY: Actor = { kind: 'unknown', name: '', evidence: [], confidence: 'guess' };
/** Marks in files may be so much older than the rules; a command is always judged by those of now. */
const BELIEVED_MS = 5000;

interface FolderState {
  /** Empty for what holds without a folder. */
  readonly folder: string;
  readonly held: readonly HeldRules[];
  readonly rules: RulesInForce | undefined;
  readonly failed: string | undefined;
}

interface Loaded {
  readonly keeper: KeptRules;
  readonly seen: SeenStore;
  readonly decide: typeof import('../rules/decide').decide;
  readonly teamRules: typeof import('../gate/team-rules').teamRules;
  readonly joinTeams: typeof import('../gate/team-rules').joinTeams;
}

export function createRules(home: Home, heads: Heads, vault: Vault, log: Log): Rules {
  const changed = new vscode.EventEmitter<void>();
  const collection = vscode.languages.createDiagnosticCollection('holdpoint-rules');
  const own = path.join(home.dir, 'rules.json');
  const believed = new Map<string, { readonly at: number; readonly rules: RulesInForce }>();
  let loaded: Loaded | undefined;
  let started: Promise<void> | undefined;
  /** As the folders of this window were when they were read last. */
  let state: readonly FolderState[] = [];

  const folders = (): string[] => (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath);

  const refresh = async (): Promise<void> => {
    if (!loaded) {
      const [load, { decide }, team, { seenFile }] = await Promise.all([
        import('../rules/load'), import('../rules/decide'), import('../gate/team-rules'), import('../gate/seen-rules'), vault.ready(),
      ]);
      const keeper = load.createRules({ own: () => textOf(own), confirmed: () => vault.confirmation() });
      loaded = { decide, keeper, teamRules: team.teamRules, joinTeams: team.joinTeams, seen: vault.seen(seenFile(home.seenRules)) };
    }
    const { keeper } = loaded;
    believed.clear();
    state = [...folders(), ''].map((folder) => {
      try {
        const team = folder === '' ? undefined : teamOf(folder);
        return { folder, held: team?.held ?? [], rules: keeper.current(team?.texts ?? []), failed: undefined };
      } catch (error) {
        return { folder, held: [], rules: undefined, failed: messageOf(error) };
      }
    });
    showProblems();
    changed.fire();
  };
  const refreshAndSay = (): void => {
    refresh().catch((error: unknown) => log.error(`The rules could not be read: ${messageOf(error)}`));
  };

  const showProblems = (): void => {
    collection.clear();
    for (const { folder, rules } of state) {
      const problems = rules?.problems ?? [];
      const show = (file: string, source: string): void => {
        const text = textOf(file);
        const mine = problems.filter((p) => p.source === source);
        if (text === undefined || mine.length === 0) return;
        const positions = positionsIn(text);
        collection.set(vscode.Uri.file(file), mine.map(({ problem }) => {
          const d = new vscode.Diagnostic(positions.range(problem), `${say(problem.message)} Until this is put right, the last good rules and the built-in ones are in force.`, vscode.DiagnosticSeverity.Error);
          d.source = 'Holdpoint';
          d.code = 'rules';
          return d;
        }));
      };
      if (folder) show(path.join(folder, FILE), 'team rules');
      show(own, 'own rules');
    }
  };

  const ours = (): Loaded => {
    if (!loaded) throw new Error('the rules are not read yet. Try again in a moment');
    return loaded;
  };
  /** In Restricted Mode git is not started: what is committed is taken from memory. */
  const teamOf = (folder: string): TeamRules => ours().teamRules(folder, ours().seen, vscode.workspace.isTrusted);

  /** What is above the place counts; outside of every folder of this window, the rules of all of them count as well. */
  const inForce = (place: string, more: readonly string[] = []): RulesInForce => {
    const { keeper, joinTeams } = ours();
    const all = folders();
    const held = place !== '' && all.some((f) => isInside(place, f));
    return keeper.current(joinTeams([...new Set([...(place === '' ? [] : [place]), ...more, ...(held ? [] : all)])].map(teamOf)));
  };

  const decided = (operations: readonly Operation[], actor: Actor, { layers, own: mine }: RulesInForce, blastRadius?: BlastRadius) =>
    ours().decide({ operations, actor, layers, own: mine, blastRadius });

  const watcher = vscode.workspace.createFileSystemWatcher('**/.vscode/holdpoint.json');
  const ownWatcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(home.dir), 'rules.json'));
  const parts = vscode.Disposable.from(
    changed, collection,
    ...[watcher, ownWatcher].flatMap((w) => [w, w.onDidChange(refreshAndSay), w.onDidCreate(refreshAndSay), w.onDidDelete(refreshAndSay)]),
    heads.onDidMove(refreshAndSay),
    vault.onDidChange(refreshAndSay),
    vscode.workspace.onDidChangeWorkspaceFolders(refreshAndSay),
    vscode.workspace.onDidGrantWorkspaceTrust(refreshAndSay),
  );

  const ready = (): Promise<void> => (started ??= refresh().catch((error: unknown) => {
    started = undefined;
    throw error;
  }));
  return {
    ready,
    decide(operations, actor, cwd, blastRadius, places) {
      const rules = inForce(cwd, places);
      return { verdict: decided(operations, actor, rules, blastRadius).verdict, rulesDigest: rules.digest };
    },
    async decideForFile(operations) {
      await ready();
      const origin = operations[0]?.origin;
      const place = origin?.kind === 'file' || origin?.kind === 'edit' ? path.dirname(origin.path) : '';
      const before = believed.get(place);
      const fresh = before && Date.now() - before.at < BELIEVED_MS ? before : { at: Date.now(), rules: inForce(place) };
      believed.set(place, fresh);
      return decided(operations, NOBODY, fresh.rules).perOperation;
    },
    problem() {
      const failed = state.find((s) => s.failed !== undefined)?.failed;
      if (failed !== undefined) return `The rules can't be told, so nothing that changes anything is let go: ${say(failed)}.`;
      const first = state.flatMap((s) => s.rules?.problems ?? [])[0];
      return first && `The ${first.source} are broken (line ${first.problem.line}: ${say(first.problem.message)}) The last good ones and the built-in ones are in force.`;
    },
    pending: () => ({
      own: state.map((s) => s.rules?.unconfirmed).find((u) => u !== undefined),
      held: [...new Map(state.flatMap((s) => s.held).map((h) => [`${h.place}\n${h.seen.ref}`, h])).values()],
    }),
    release(seen) {
      ours().seen.change([], [seen]);
      refreshAndSay();
    },
    onDidChange: changed.event,
    dispose: () => parts.dispose(),
  };
}

function isInside(place: string, folder: string): boolean {
  const relative = path.relative(folder, place);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** @returns undefined when there is no such file; a text that can't be rules when it is there and can't be read: no error opens anything. */
function textOf(file: string): string | undefined {
  try {
    return statSync(file).size > MAX_BYTES ? 'The file is too large to be read.' : readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : `The file could not be read (${code}).`;
  }
}

const FIRST_RULES = `{
  // The rules of this team. The strictest rule that matches wins; the built-in ones always hold, and this file can only
  // tighten them. What is committed at HEAD stays in force until a change to this file is committed.
  "version": 1,

  // How your targets are recognised. Names like *-prod are known without this.
  "environments": [
    { "name": "production", "tier": "production", "match": { "stack": "*-prod" } }
  ],

  // verdict: allow, warn, confirm, approve or deny.
  "rules": [
    {
      "id": "no-agent-deletes-in-production",
      "when": { "tier": "production", "actor": "agent", "effect": ["data-loss", "identity-loss"] },
      "verdict": "deny",
      "reason": "Agents do not delete in production."
    }
  ]
}
`;

/** Opens the team's rules; makes a commented file where there is none. */
export async function openRules(): Promise<void> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file');
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick({ placeHolder: 'The rules of which folder?' }) : folders[0];
  if (!folder) {
    if (folders.length === 0) void inform('Open a folder first: its rules are in .vscode/holdpoint.json.');
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, '.vscode', 'holdpoint.json');
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(FIRST_RULES));
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}
