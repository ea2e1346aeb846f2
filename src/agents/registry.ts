import type { Agent, AgentFile, AgentMark, AgentSwitch } from './agent';
import { aider } from './aider';
import { amazonQ } from './amazon-q';
import { amp } from './amp';
import { antigravity } from './antigravity';
import { augment } from './augment';
import { claudeCode } from './claude-code';
import { cline } from './cline';
import { codex } from './codex';
import { copilotCli } from './copilot-cli';
import { copilotInVsCode } from './copilot-vscode';
import { crush } from './crush';
import { cursor } from './cursor';
import { geminiCli } from './gemini-cli';
import { goose } from './goose';
import { kiro } from './kiro';
import { opencode } from './opencode';
import { qwenCode } from './qwen-code';
import { rooCode } from './roo-code';
import { trae } from './trae';
import { windsurf } from './windsurf';

/** All agents, in the order in which their marks are believed: one that runs inside another stands before it where that is known. */
export const AGENTS: readonly Agent[] = [
  copilotInVsCode,
  claudeCode,
  copilotCli,
  codex,
  geminiCli,
  cline,
  cursor,
  augment,
  opencode,
  antigravity,
  amp,
  goose,
  rooCode,
  windsurf,
  amazonQ,
  kiro,
  trae,
  qwenCode,
  crush,
  aider,
];

/** The convention's own variable: a value that nobody knows is the agent's name. */
export const NAMES_ITSELF = 'AI_AGENT';

export type MarkOf = AgentMark & { readonly agent: string };

const own: readonly MarkOf[] = AGENTS.flatMap(({ name, marks = [] }) => marks.map((mark) => ({ ...mark, agent: name })));
const inItsName = ({ variable }: MarkOf): boolean => variable === NAMES_ITSELF;

/**
 * Marks in the order in which they are believed. An agent that names itself comes first, and last a name that nobody knows: an agent that
 * is started by another one has the other's marks as well.
 */
export const AGENT_MARKS: readonly MarkOf[] = [
  ...own.filter(inItsName), ...own.filter((mark) => !inItsName(mark)),
  { variable: NAMES_ITSELF, agent: 'an agent', source: 'convention: the variable names the agent' },
];

/** Marks of the editor's own terminal: they tell where the command was typed, not by whom. */
const EDITOR_MARKS = ['TERM_PROGRAM', 'VSCODE_INJECTION'];

/** The names of all marks: what the client sends of its environment to tell who asks. */
export const MARK_NAMES: readonly string[] = [...new Set([...AGENT_MARKS.map((m) => m.variable), ...EDITOR_MARKS])];

/** Names of agents by their programs. */
export const AGENT_PROGRAMS: ReadonlyMap<string, string> = new Map(AGENTS.flatMap(({ name, programs = [] }) => programs.map((program) => [program.name, name] as const)));

/** The files in which agents' questions are switched off. */
export const AGENT_FILES: readonly AgentFile[] = AGENTS.flatMap(({ files = [] }) => files);

export const AGENT_SWITCHES: readonly AgentSwitch[] = AGENTS.flatMap(({ switches = [] }) => switches);
