import type { Origin } from './operation';

/** A command as it would be executed: the real argv after every expansion. */
export interface Command {
  /** argv[0] is the tool's name as typed (`aws`). */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Absolute path of the executable that would run. */
  readonly executable: string;
}

/** An argv at the moment of its execution. */
export interface ArgvAction extends Command {
  readonly kind: 'argv';
}

/** A script that would run, or a text that would be written. */
export interface TextAction {
  readonly kind: 'text';
  readonly text: string;
  /** What it is written in (`shell`, `python`, `cloudformation`). */
  readonly language: string;
  /** Absolute path of the file that it stands in, or goes into. */
  readonly path?: string;
  /** The folder in which it would run, where that is known. */
  readonly cwd?: string;
}

/** What an agent is about to do by one of its tools. */
export interface ToolCallAction {
  readonly kind: 'tool-call';
  readonly agent: string;
  /** The tool's name as the agent knows it (`Bash`). */
  readonly tool: string;
  /** What the tool is given, as plain data. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly cwd?: string;
}

/** A request on the wire, before it is forwarded. */
export interface RequestAction {
  readonly kind: 'request';
  readonly method: string;
  /** The service as its provider names it, or the host. */
  readonly service: string;
  /** With the query. */
  readonly path: string;
  /** SHA-256 (hex) of the body; absent where there is none. */
  readonly bodyDigest?: string;
}

/** What is asked about. Every kind names what a yes is for, and none has what only another one needs. */
export type Action = ArgvAction | TextAction | ToolCallAction | RequestAction;

/** The folder whose rules are in force for it; empty where it has none. */
export function folderOf(action: Action): string {
  switch (action.kind) {
    case 'argv':
      return action.cwd;
    case 'text':
      return action.cwd ?? action.path?.replace(/[\\/][^\\/]*$/, '') ?? '';
    case 'tool-call':
      return action.cwd ?? '';
    case 'request':
      return '';
  }
}

/** The shortest name of it: what a person types for a yes where nothing else has a name. */
export function nameOf(action: Action): string {
  switch (action.kind) {
    case 'argv':
      return action.argv[0] ?? '';
    case 'text':
      return action.path?.replace(/^.*[\\/]/, '') ?? action.language;
    case 'tool-call':
      return action.tool;
    case 'request':
      return action.service;
  }
}

/** Where an operation was found that is known of this action only as a whole. */
export function originOf(action: Action): Origin {
  switch (action.kind) {
    case 'argv':
      return { kind: 'argv', argv: action.argv, cwd: action.cwd };
    case 'text': {
      const range = { start: 0, end: action.text.length };
      return action.path === undefined ? { kind: 'command', text: action.text, range } : { kind: 'file', path: action.path, range };
    }
    case 'tool-call':
      return { kind: 'tool-call', agent: action.agent, tool: action.tool };
    case 'request':
      return { kind: 'request', method: action.method, service: action.service, path: action.path };
  }
}
