import { stat, readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { higherRisk, type Risk } from '../model';
import { changedFiles } from './changed-files';
import type { Heads } from './git-head';
import { createJudgeThread } from './judge-apart';
import { isHigh, judge, MAX_TEXT, type Decide, type Judged, type JudgedMark } from './judge';
import { messageOf, type Log } from './log';

/** The table of the kinds of file: it brings their readers, so it is loaded after activation. */
export type FileKinds = typeof import('../detect/file-kind');

/** A file with its marks, and the text they were made for. */
export interface JudgedFile {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly judged: Judged;
}

/** Judges what is open and what differs from HEAD, and keeps the results for diagnostics, lenses, fixes and the status bar. */
export interface Judge extends vscode.Disposable {
  /** Resolves once, after activation. */
  readonly kinds: Promise<FileKinds>;
  readonly onDidChange: vscode.Event<void>;
  files(): readonly JudgedFile[];
  of(uri: vscode.Uri): JudgedFile | undefined;
  /** The highest risk in all files. */
  risk(): Risk;
  /** Judges everything again: the rules changed, or trust was given. */
  again(): void;
  /** Why files are not compared with HEAD; undefined when they are. */
  notCompared(): string | undefined;
}

const TYPING_MS = 250;
const MAX_FILES = 500;
/** After activation: its time belongs to the gate. */
const START_MS = 50;

export function createJudge(heads: Heads, decide: Decide, log: Log): Judge {
  const collection = vscode.languages.createDiagnosticCollection('holdpoint');
  const changed = new vscode.EventEmitter<void>();
  const results = new Map<string, JudgedFile>();
  /** The newest run of each file: an older one that comes in later is dropped. */
  const runs = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  const thread = createJudgeThread();
  let disposed = false;
  let known: FileKinds | undefined;
  let start: NodeJS.Timeout | undefined;
  const kinds = new Promise<void>((resolve) => {
    start = setTimeout(resolve, START_MS);
  }).then(() => import('../detect/file-kind')).then((loaded) => (known = loaded));

  const openDocument = (uri: vscode.Uri): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString() && !d.isClosed);

  const drop = (key: string): void => {
    const had = results.get(key);
    if (!had) return;
    results.delete(key);
    collection.delete(had.uri);
    changed.fire();
  };

  const run = async (uri: vscode.Uri): Promise<void> => {
    const key = uri.toString();
    const mine = (runs.get(key) ?? 0) + 1;
    runs.set(key, mine);
    try {
      const document = openDocument(uri);
      const text = document ? document.getText() : await textOnDisk(uri.fsPath);
      const judged = text === undefined ? undefined : await judge(uri.fsPath, text, document?.languageId, () => heads.text(uri.fsPath), decide, thread.judge);
      if (disposed || runs.get(key) !== mine) return;
      if (text === undefined || !judged || (!document && judged.marks.length === 0)) return drop(key);
      results.set(key, { uri, text, judged });
      const positions = positionsIn(text);
      collection.set(uri, judged.marks.map((m) => diagnostic(uri, positions, m)));
      changed.fire();
    } catch (error) {
      log.error(`${uri.fsPath} could not be judged`, error);
      if (!disposed && runs.get(key) === mine) drop(key);
    }
  };

  const soon = (uri: vscode.Uri, delay = TYPING_MS): void => {
    // Before the table is there, what is open and changed is not missed: the first scan looks at all of it.
    if (disposed || uri.scheme !== 'file' || !known?.mayBeJudged(uri.fsPath)) return;
    const key = uri.toString();
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => {
      timers.delete(key);
      void run(uri);
    }, delay));
  };

  const scan = async (): Promise<void> => {
    const { mayBeJudged } = await kinds;
    for (const document of vscode.workspace.textDocuments) soon(document.uri, 0);
    if (!vscode.workspace.isTrusted) return;
    const lists = await Promise.all((vscode.workspace.workspaceFolders ?? []).filter((f) => f.uri.scheme === 'file').map((f) => changedFiles(f.uri.fsPath, mayBeJudged)));
    const files = lists.flat();
    if (files.length > MAX_FILES) log.warn(`${files.length} files differ from git HEAD; the first ${MAX_FILES} are judged, the others when they are opened.`);
    // One after the other: a large change set must not take the extension host from its other guests.
    for (const file of files.slice(0, MAX_FILES)) {
      if (disposed) return;
      const uri = vscode.Uri.file(file);
      if (!results.has(uri.toString())) await run(uri);
    }
  };
  const scanAndSay = (): void => {
    scan().catch((error: unknown) => log.error(`The changed files could not be listed: ${messageOf(error)}`));
  };

  const judgeAgain = (): void => {
    for (const file of results.values()) soon(file.uri);
    scanAndSay();
  };

  // No glob says "a script without an ending", so all names come here and the table tells which of them are looked at.
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const listeners: vscode.Disposable[] = [
    collection, changed, watcher,
    vscode.workspace.onDidOpenTextDocument((d) => soon(d.uri, 0)),
    vscode.workspace.onDidChangeTextDocument((e) => soon(e.document.uri)),
    vscode.workspace.onDidSaveTextDocument((d) => soon(d.uri, 0)),
    vscode.workspace.onDidCloseTextDocument((d) => soon(d.uri)),
    // A command-line agent writes to disk, past the editor.
    watcher.onDidChange((uri) => soon(uri)),
    watcher.onDidCreate((uri) => soon(uri)),
    watcher.onDidDelete((uri) => soon(uri)),
    heads.onDidMove(judgeAgain),
    vscode.workspace.onDidGrantWorkspaceTrust(judgeAgain),
    vscode.workspace.onDidChangeWorkspaceFolders(scanAndSay),
  ];
  scanAndSay();

  return {
    kinds,
    onDidChange: changed.event,
    files: () => [...results.values()].filter((f) => f.judged.marks.length > 0),
    of: (uri) => results.get(uri.toString()),
    risk: () => [...results.values()].reduce<Risk>((worst, f) => higherRisk(worst, f.judged.risk), 'none'),
    again: judgeAgain,
    notCompared: () => [...results.values()].find((f) => f.judged.notCompared !== undefined)?.judged.notCompared,
    dispose() {
      disposed = true;
      thread.end();
      clearTimeout(start);
      for (const timer of timers.values()) clearTimeout(timer);
      for (const l of listeners) l.dispose();
    },
  };
}

async function textOnDisk(file: string): Promise<string | undefined> {
  try {
    const info = await stat(file);
    return info.isFile() && info.size <= MAX_TEXT ? await readFile(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function diagnostic(uri: vscode.Uri, positions: ReturnType<typeof positionsIn>, mark: JudgedMark): vscode.Diagnostic {
  const severity = isHigh(mark.risk) ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information;
  const result = new vscode.Diagnostic(positions.range(mark.range), mark.message, severity);
  result.source = 'Holdpoint';
  result.code = mark.code;
  result.relatedInformation = mark.related.map((r) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, positions.range(r.range)), r.message));
  return result;
}

/** Turns offsets of a text into positions; for files that are not open there is no document to ask. */
export function positionsIn(text: string): { range(range: { readonly start: number; readonly end: number }): vscode.Range } {
  const document = TextDocument.create('', '', 0, text);
  const position = (offset: number): vscode.Position => {
    const { line, character } = document.positionAt(offset);
    return new vscode.Position(line, character);
  };
  return { range: (r) => new vscode.Range(position(r.start), position(r.end)) };
}
