import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Actor, BlastRadius, Operation } from '../model';
import type { Decision } from '../gate/gatekeeper';
import type { Home } from '../gate/home';
import type { RulesInForce } from '../rules/load';
import type { Ctx } from './context';
import { positionsIn } from './diagnostics';
import type { Heads } from './git-head';
import type { Decide } from './judge';
import { messageOf, type Log } from './log';
import { say } from './panel-words';

/** The rules in force in this window: each folder's file as committed and as it is, and the user's own. */
export interface Rules extends vscode.Disposable {
  /** Resolves when the committed rules were read: no decision is made before. */
  ready(): Promise<void>;
  /** @throws before `ready`: then nothing is decided, and nothing runs. */
  decide(operations: readonly Operation[], actor: Actor, cwd: string, blastRadius: BlastRadius | undefined): Decision;
  readonly decideForFile: Decide;
  /** What is wrong with a rules file, in words. */
  problem(): string | undefined;
  readonly onDidChange: vscode.Event<void>;
}

const FILE = path.join('.vscode', 'holdpoint.json');
const MAX_BYTES = 2 * 1024 * 1024;
/** A text in a file has no asker. */
const NOBODY: Actor = { kind: 'unknown', name: '', evidence: [], confidence: 'guess' };

interface Loaded {
  readonly create: typeof import('../rules/load').createRules;
  readonly decide: typeof import('../rules/decide').decide;
}
interface Keeper {
  readonly folder: string;
  current(): RulesInForce;
}

export function createRules(home: Home, heads: Heads, log: Log): Rules {
  const changed = new vscode.EventEmitter<void>();
  const collection = vscode.languages.createDiagnosticCollection('holdpoint-rules');
  const own = path.join(home.dir, 'rules.json');
  /** Committed texts; one that can't be read any more stays as it was. */
  const committed = new Map<string, string | undefined>();
  let keepers: readonly Keeper[] = [];
  let loaded: Loaded | undefined;
  let started: Promise<void> | undefined;

  const folders = (): string[] => (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => f.uri.fsPath);

  const readHeads = async (): Promise<void> => {
    await Promise.all(folders().map(async (folder) => {
      const head = await heads.text(path.join(folder, FILE));
      if (head.kind !== 'unavailable') committed.set(folder, head.kind === 'text' ? head.text : undefined);
    }));
  };

  const refresh = async (): Promise<void> => {
    if (!loaded) {
      const [load, decide] = await Promise.all([import('../rules/load'), import('../rules/decide')]);
      loaded = { create: load.createRules, decide: decide.decide };
    }
    const { create } = loaded;
    await readHeads();
    // One without a folder, so that the user's own rules hold in a window with none.
    keepers = ['', ...folders()].map((folder) => keepers.find((k) => k.folder === folder) ?? {
      folder,
      current: create({
        own: () => textOf(own),
        workingCopy: () => (folder ? textOf(path.join(folder, FILE)) : undefined),
        head: () => committed.get(folder),
      }).current,
    });
    showProblems();
    changed.fire();
  };
  const refreshAndSay = (): void => {
    refresh().catch((error: unknown) => log.error(`The rules could not be read: ${messageOf(error)}`));
  };

  const showProblems = (): void => {
    collection.clear();
    for (const { folder, current } of keepers) {
      const problems = current().problems;
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

  /** Outside of every folder, the rules of all folders count: the strictest wins. */
  const inForce = (place: string): { loaded: Loaded; rules: readonly RulesInForce[] } => {
    if (!loaded || keepers.length === 0) throw new Error('the rules are not read yet. Try again in a moment');
    const holder = keepers.filter((k) => k.folder && isInside(place, k.folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
    return { loaded, rules: (holder ? [holder] : keepers).map((k) => k.current()) };
  };

  const decided = (operations: readonly Operation[], actor: Actor, place: string, blastRadius?: BlastRadius) => {
    const { loaded: { decide }, rules } = inForce(place);
    const answer = decide({ operations, actor, layers: rules.flatMap((r) => r.layers), own: rules[0]?.own, blastRadius });
    return { answer, rulesDigest: createHash('sha256').update(rules.map((r) => r.digest).join(' ')).digest('hex') };
  };

  const watcher = vscode.workspace.createFileSystemWatcher('**/.vscode/holdpoint.json');
  const ownWatcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(home.dir), 'rules.json'));
  const parts = vscode.Disposable.from(
    changed, collection,
    ...[watcher, ownWatcher].flatMap((w) => [w, w.onDidChange(refreshAndSay), w.onDidCreate(refreshAndSay), w.onDidDelete(refreshAndSay)]),
    heads.onDidMove(refreshAndSay),
    vscode.workspace.onDidChangeWorkspaceFolders(refreshAndSay),
    vscode.workspace.onDidGrantWorkspaceTrust(refreshAndSay),
  );

  const ready = (): Promise<void> => (started ??= refresh().catch((error: unknown) => {
    started = undefined;
    throw error;
  }));
  return {
    ready,
    decide(operations, actor, cwd, blastRadius) {
      const { answer, rulesDigest } = decided(operations, actor, cwd, blastRadius);
      return { verdict: answer.verdict, rulesDigest };
    },
    async decideForFile(operations) {
      await ready();
      const origin = operations[0]?.origin;
      return decided(operations, NOBODY, origin?.kind === 'file' ? origin.path : '').answer.perOperation;
    },
    problem() {
      const first = keepers.flatMap((k) => k.current().problems)[0];
      return first && `The ${first.source} are broken (line ${first.problem.line}: ${say(first.problem.message)}) The last good ones and the built-in ones are in force.`;
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
export async function openRules(_ctx: Ctx): Promise<void> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file');
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick({ placeHolder: 'The rules of which folder?' }) : folders[0];
  if (!folder) {
    if (folders.length === 0) void vscode.window.showInformationMessage('Open a folder first: its rules are in .vscode/holdpoint.json.');
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
