/** What the gate says: plain words for a person at a terminal, and for an agent what to do and what not. A `title` is an action's; see `actionTitle`. */
import { executionWords, type Actor, type Execution } from '../model';

const FOR_AGENTS = 'A person has to decide this. Do not try another way; say what you want to do and why, and wait.';

// The command line stands before the reason: VS Code's terminal tool takes the last place where the command line is
// repeated for its echo, and gives the agent only what comes after it.
export const words = {
  held: (title: string, reason: string, place: string, actor: Actor, again?: string): string[] => [
    `Holdpoint holds${again ? ' again' : ''}: ${title}`,
    `${again ? `${again} ` : ''}${reason} Decide in ${place}; Ctrl+C withdraws it.`,
    ...(actor.kind === 'agent' ? [FOR_AGENTS] : []),
  ],
  denied: (title: string, by: string, reason: string, actor: Actor): string[] => [
    `Holdpoint did not run: ${title}`,
    `It was denied by ${by}: ${reason || 'no reason given'}`,
    ...(actor.kind === 'agent' ? ['Do not try another way. Tell the person what was denied and ask how to go on.'] : []),
  ],
  deniedByRule: (title: string, reason: string, rule: string, actor: Actor): string[] => [
    `Holdpoint did not run: ${title}`,
    `It was denied by the rule ${rule}: ${reason}`,
    ...(actor.kind === 'agent' ? ['Do not try another way. Tell the person which rule denied it.'] : []),
  ],
  warning: (reason: string): string => `Holdpoint warns: ${reason}`,
  previewing: (title: string): string => `Holdpoint looks at what this would change: ${title}`,
  undecided: (why: string): string => `Holdpoint can't decide: ${why}.`,
  notRun: 'The command was not run.',
  expired: (title: string): string => `Holdpoint: nobody decided in time about: ${title}`,
  windowClosed: 'Holdpoint: the window that held this command was closed.',
  predicted: 'No tool previews this: what you see is a prediction from what is known of the operation.',
  reading: 'Reading what this would change…',
  previewCancelled: 'The preview was cancelled. What the command would take down is not known.',
  noPreview: (why: string): string => `There is no preview: ${why}`,
  executions: (executions: readonly Execution[]): string =>
    `The dry run would execute this first: ${executionWords(executions)}. What you see is a prediction without it.`,
  keptFailed: (why: string): string => `What stands now could not be saved before the run (${why}), so nothing was run. Make room, then decide again.`,
  notHandedOver: (why: string): string => `a copy of its input files could not be made (${why}), so nothing was run. Make room, then try again`,
  kept: (files: readonly string[]): string => `Holdpoint saved what stands now: ${files.join(', ')}`,
  gone: 'This command does not wait any more.',
  notThis: 'What would run has changed since you looked. Look again, then decide.',
  several: 'The rules ask for more than one person. Approvals by several people are not there yet, so this stays held: deny it, or have the rule changed.',
  deciding: 'Another decision about this command is being carried out.',
  stateUnread: (why: string): string => `The target could not be read once more before the run, so nothing was run: ${why}`,
  stateMoved: 'The target changed after the preview.',
  inputMoved: (path: string): string => `The file ${path} changed after the preview.`,
  inputMovedMeanwhile: (path: string): string => `${path} was changed or exchanged while the preview was made, so that it may show something else than what would run.`,
  loose: (path: string): string => `${path} can't be tied to what is shown here: it can be read only once, or holds more than is looked at. What runs may be something else.`,
  restless: (why: string): string => `${why === '' ? 'its files changed' : why.replace(/\.$/, '')}, again and again`,
  declined: 'the tool\'s own question was not answered with yes',
  late: 'The yes was not used in time, because the command was stopped meanwhile.',
  rulesMoved: 'The rules changed after the preview.',
  toolMoved: 'The tool or what it would do changed after the preview.',
  movedWhy: (what: string): string => `${what} It is held again: look at the new preview.`,
} as const;
