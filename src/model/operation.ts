/** The words of the product as types: what an operation is, and what is said about it. */

/** What an operation can do to its targets. `unknown` means that it may do any of the others. */
export const EFFECTS = ['data-loss', 'outage', 'replacement', 'identity-loss', 'access-loss', 'exposure', 'guard-removal', 'cost', 'unknown'] as const;
export type Effect = (typeof EFFECTS)[number];

/**
 * How an operation touches the world. `none` reads only; `additive` creates and takes nothing away;
 * `modifying` changes what exists; `destructive` deletes, interrupts, locks out or exposes;
 * `unknown` could not be decided and is treated like `destructive` by the default rules.
 */
export type Mutation = 'none' | 'additive' | 'modifying' | 'destructive' | 'unknown';

/** The order in which the worst of several counts. */
export const FROM_BEST_TO_WORST: readonly Mutation[] = ['none', 'additive', 'modifying', 'unknown', 'destructive'];

/**
 * What opens a way past the words of a command: a shell or a console, a tunnel to what takes statements, an API without its own
 * command, a command that was handed in, code or a definition that will run, the start of a job that stands already, or a program, a
 * script or a file of statements whose text nobody has read. What is handed in and can be read is judged by itself; the door says
 * that more may happen than the operation's own effects.
 */
export const DOORS = ['shell', 'tunnel', 'raw', 'command', 'code', 'job', 'unread'] as const;
export type Door = (typeof DOORS)[number];

export type ReversibilityKind = 'reversible' | 'recoverable' | 'irreversible' | 'unknown';

export interface Reversibility {
  readonly kind: ReversibilityKind;
  /** How to undo it, in a sentence or as a command. */
  readonly how?: string;
  /** Until when it can be undone, in words ("30 days", "the final snapshot is deleted"). */
  readonly until?: string;
}

export type Risk = 'none' | 'low' | 'medium' | 'high' | 'critical';

/** All risks from the lowest to the highest: the index compares them. */
export const RISKS: readonly Risk[] = ['none', 'low', 'medium', 'high', 'critical'];

/** The higher of two risks. */
export function higherRisk(a: Risk, b: Risk): Risk {
  return RISKS.indexOf(a) >= RISKS.indexOf(b) ? a : b;
}

/** A thing that an operation acts on. */
export interface Target {
  /** The resource type in its provider's words where known (`AWS::CloudFormation::Stack`), otherwise the option that named it. */
  readonly type: string;
  /** The name as far as it is known; undefined when nothing of it could be resolved. */
  readonly name: string | undefined;
  /** False when the name holds parts that only the shell or the program will know (`payments-$ENV`). */
  readonly known: boolean;
}

/** Where an operation would act: only what the command, its environment or its files say. */
export interface TargetContext {
  readonly account?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  /** Kubernetes context, Terraform workspace and the like, by name. */
  readonly other?: Readonly<Record<string, string>>;
}

/** Zero-based half-open range of UTF-16 offsets in a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Where an operation was found. */
export type Origin =
  | { readonly kind: 'file'; readonly path: string; readonly range: TextRange }
  /** The text of a file that describes what stands differs there from what was committed: what deploying it would do. */
  | { readonly kind: 'edit'; readonly path: string; readonly range: TextRange }
  | { readonly kind: 'command'; readonly text: string; readonly range: TextRange }
  | { readonly kind: 'argv'; readonly argv: readonly string[]; readonly cwd: string }
  | { readonly kind: 'tool-call'; readonly agent: string; readonly tool: string }
  | { readonly kind: 'request'; readonly method: string; readonly service: string; readonly path: string }
  | { readonly kind: 'plan'; readonly path: string };

/** A form of the same command that loses less, offered to the person. */
export interface SaferForm {
  /** What it does, in the imperative ("Keep a final snapshot"). */
  readonly title: string;
  /** Text to append to, or put in place of, the command; `replace` has the whole command. */
  readonly append?: string;
  readonly replace?: string;
}

/** One infrastructure action in its provider's own name. */
export interface Operation {
  /** `provider:Action`, for example `cloudformation:DeleteStack`. */
  readonly operation: string;
  /** The command or library that would do it (`aws`). */
  readonly tool: string;
  readonly mutation: Mutation;
  readonly effects: readonly Effect[];
  readonly reversibility: Reversibility;
  readonly targets: readonly Target[];
  readonly context: TargetContext;
  /** One sentence that names the target and the consequence. */
  readonly reason: string;
  /** What could not be resolved, each a short phrase ("the stack name comes from $STACK"). Empty when all is known. */
  readonly unknowns: readonly string[];
  /** Switches that take a guard away (`--force`, `--skip-final-snapshot`). */
  readonly guardsOff: readonly string[];
  readonly saferForm?: SaferForm;
  /** True when only a preview can tell the effects (a stack update that may replace): without one, treat as unknown. */
  readonly previewDecides?: boolean;
  /** It opens a way that its words do not show to the end. */
  readonly door?: Door;
  /** How bad it is, where more is known of the very thing than its effects tell: of an edit, by the comparison. */
  readonly risk?: Risk;
  readonly origin: Origin;
}

/** The operation that a person should think of first: the one that does most harm, of equals the first. Undefined where there is none. */
export function mainOperation(operations: readonly Operation[]): Operation | undefined {
  const harm = ({ mutation }: Operation): number => FROM_BEST_TO_WORST.indexOf(mutation);
  return [...operations].sort((a, b) => harm(b) - harm(a))[0];
}
