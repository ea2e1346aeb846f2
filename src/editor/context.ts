import type * as vscode from 'vscode';
import type { Hold } from '../model';
import type { Ledger } from '../ledger/ledger';
import type { Home } from '../gate/home';
import type { CoverageWatch } from './coverage-watch';
import type { Judge } from './diagnostics';
import type { Heads } from './git-head';
import type { Guard } from './guard';
import type { Log } from './log';
import type { Waiting } from './loosened';
import type { Panel } from './panel';
import type { Record } from './record';
import type { Rules } from './rules';
import type { Status } from './status';
import type { Trouble } from './status-text';
import type { Vault } from './vault';

/** What the parts of the extension share. `src/extension.ts` makes it, owns it and disposes it. */
export interface Ctx {
  readonly home: Home;
  /** Folder of the bundles. */
  readonly dist: string;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly heads: Heads;
  readonly rules: Rules;
  readonly vault: Vault;
  readonly record: Record;
  readonly judge: Judge;
  readonly panel: Panel;
  readonly status: Status;
  readonly coverage: CoverageWatch;
  readonly collection: vscode.GlobalEnvironmentVariableCollection;
  /** Undefined while the guard is off. */
  guard(): Guard | undefined;
  /** Why the guard is off. */
  guardProblem(): string | undefined;
  /** Newest first, those of earlier windows last. */
  holds(): readonly Hold[];
  trouble(): readonly Trouble[];
  /** What would loosen what is in force, and waits for a person. */
  waiting(): readonly Waiting[];
  /** Follows the settings and what a person has confirmed once more. */
  again(): void;
}
