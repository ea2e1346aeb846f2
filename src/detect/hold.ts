import type { Outside } from './outside';

/** A row of the README's table: which commands are previewed, and what the preview is made from. */
export interface PreviewRow {
  readonly commands: string;
  readonly from: string;
}

/** The dry run that shows what an open file would change, and where the editor's menu offers it. */
export interface FilePreview {
  /** The kind of the file, as `file-kind.ts` tells it. */
  readonly kind: string;
  /** Languages and endings of the editor by which such a file may be offered before its text is read. */
  readonly languages: readonly string[];
  readonly endings: readonly string[];
  /** The command whose dry run it is; absent where the change is predicted from the text alone. */
  readonly command?: (file: string) => readonly string[];
}

/** What is known of a tool that is held when it runs, beside its judgement. Its first name is that of its shim. */
export interface Hold {
  /** What people call it, for the README. */
  readonly label: string;
  /** POSIX sh text that sets `hp_read` to 1 where the command certainly only reads. Absent: every command is asked about. */
  readonly fastPath?: () => string;
  /** What changes the meaning of its words from outside of them; absent: nothing. */
  readonly outside?: Outside;
  /** `known`: all its variables have a beginning that `relevantEnv` knows. `any`: it may load plugins that read variables of their own. */
  readonly variables: 'known' | 'any';
  /**
   * Rows of the README's table. Where there are any, `preview.ts` beside the tool gives the sources of its previews.
   * Absent: it is previewed by what its command tells.
   */
  readonly previews?: readonly PreviewRow[];
  readonly files?: readonly FilePreview[];
}
