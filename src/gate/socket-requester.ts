import { DENIED, UNDECIDED, type ClientMessage } from './protocol';
import { questionOf, type Reply, type Requester } from './requester';
import type { Conversation } from './server';

/**
 * The client of a shim as a requester: every word of the gate becomes a message on its socket.
 * @param onRelease called before it is told to run.
 */
export function socketRequester(conversation: Conversation, onRelease: () => void = () => undefined): Requester {
  return {
    question: questionOf(conversation.ask),
    runsInstead: true,
    get gone() {
      return conversation.gone;
    },
    wait: (withinMs, held) => conversation.send(held === undefined ? { type: 'heard', withinMs } : { type: 'held', id: held, withinMs }),
    tell: (lines) => conversation.say(lines),
    refuse: ({ kind, lines }) => conversation.send({ type: 'refuse', code: kind === 'denied' ? DENIED : UNDECIDED, lines }),
    release(release) {
      onRelease();
      conversation.send({ type: 'run', ...release });
    },
    ask: (asks, withoutEnv) => conversation.send({ type: 'question', asks, withoutEnv }),
    listen(listener) {
      conversation.onGone = () => listener({ type: 'gone' });
      conversation.onMessage = (message) => {
        const reply = replyOf(message);
        if (reply) listener(reply);
      };
    },
  };
}

/** What a message after the question says to the gate; undefined where it says nothing that counts. */
function replyOf(message: ClientMessage): Reply | undefined {
  switch (message.type) {
    case 'cancel':
      return { type: 'withdrawn' };
    case 'answered':
      return { type: 'answered', yes: message.yes };
    case 'moved':
      return { type: 'moved', path: message.path };
    case 'late':
      return { type: 'late' };
    case 'outcome':
      return { type: 'ended', exitCode: message.exitCode, signal: message.signal };
    case 'hello':
    case 'ask':
    case 'ping':
    case 'started':
      return undefined;
  }
}
