import type { AskFirst, LocalDecision } from '../gate/client';
import { noStart } from '../gate/may-start';
import { DENIED, UNDECIDED, type Ask } from '../gate/protocol';
import { questionOf, type Reply, type Requester } from '../gate/requester';
import { print } from '../gate/terminal';

/** The command of this process as a requester: it waits here, and its client starts it. */
export interface RequesterHere {
  readonly requester: Requester;
  /** What it says to the gate. */
  reply(reply: Reply): void;
}

/**
 * Makes the command that waits in this process a requester.
 * @param askFirst asks what the tool would ask itself. @param finish is told the end; more than one word of it must not count.
 */
export function requesterHere(ask: Ask, askFirst: AskFirst, finish: (decision: LocalDecision) => void): RequesterHere {
  let listener: (reply: Reply) => void = () => undefined;
  const reply = (said: Reply): void => listener(said);
  const undecided = (...lines: readonly string[]): void => finish({ run: false, code: UNDECIDED, lines });
  const requester: Requester = {
    question: questionOf(ask),
    runsInstead: true,
    gone: false,
    wait: () => undefined,
    tell: print,
    refuse: ({ kind, lines }) => finish({ run: false, code: kind === 'denied' ? DENIED : UNDECIDED, lines }),
    release({ inputs, until, instead }) {
      // The same look as a client takes that was told by a window.
      const no = noStart({ inputs, until }, ask.cwd);
      if (no?.kind === 'tell') return void setImmediate(() => reply(no.message));
      if (no) {
        reply({ type: 'gone' });
        return undecided(...no.lines);
      }
      finish({ run: true, ...(instead && { instead }), record: (exitCode, signal) => reply({ type: 'ended', exitCode, signal }) });
    },
    ask(asks, withoutEnv) {
      askFirst({ type: 'question', asks, withoutEnv })
        .then((answer) => {
          reply(answer === 'unseen' ? { type: 'withdrawn' } : { type: 'answered', yes: answer === 'yes' });
          if (answer === 'no') finish({ run: false, code: asks.declined.code, lines: [] });
          if (answer === 'unseen') undecided(`Holdpoint: what ${ask.argv[0]} would ask about could not be shown. It was not run.`);
        })
        .catch((error: unknown) => undecided(`Holdpoint can't ask: ${String(error)}. It was not run.`));
    },
    listen(next) {
      listener = next;
    },
  };
  return { requester, reply };
}
