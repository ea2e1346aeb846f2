/** An environment variable that the agent sets for the commands it starts. It can be unset by the agent, so it only ever raises. */
export interface AgentMark {
  readonly variable: string;
  /** Only this value, or one that begins so; any value otherwise. */
  readonly value?: string;
  readonly source: string;
}

/** A program that is the agent itself: the second source, for one that sets no mark. Compared with a process's name, without capitals. */
export interface AgentProgram {
  readonly name: string;
  readonly source: string;
}

/** A file in which it is set what the agent may do without asking: changing it takes a guard away. */
export interface AgentFile {
  /** A glob as in ignore files, from the folder that the agent keeps it in; with a slash at its end a folder and all in it. */
  readonly name: string;
  /** JSON in which the switches of agents stand: an edit is compared with what was committed. */
  readonly isSettings?: boolean;
  readonly source: string;
}

/** A setting that switches a question off, with the value that does it. */
export interface AgentSwitch {
  /** Bounded: it is tried on texts of strangers. */
  readonly pattern: RegExp;
  /** What it switches off, for "With this setting …". */
  readonly what: string;
  readonly source: string;
}

/** What a switch takes off, for agents that then ask nobody at all. */
export const ASKS_NOBODY = 'the agent asks nobody';

/** What is known of one agent: how it is known by what it starts, and where its questions are switched off. Plain data. */
export interface Agent {
  /** The product's name, as a person knows it. */
  readonly name: string;
  readonly marks?: readonly AgentMark[];
  readonly programs?: readonly AgentProgram[];
  readonly files?: readonly AgentFile[];
  readonly switches?: readonly AgentSwitch[];
}
