import type net from 'node:net';
import os from 'node:os';

import { lineReader, UNDECIDED, type Ask, type ClientMessage, type Discovery, type FirstQuestion, type GateMessage } from './protocol';
import { gateName, nonce, proofOf, same } from './proof';
import type { Tool } from './run';
import { end, print } from './terminal';

/** A window that took the connection but does not even say "heard" is busy or frozen: another one is asked. */
const HEARD_MS = 5000;
/** How long the end of a command waits for the record of its outcome. */
const OUTCOME_MS = 1000;
/** How long the gate may take to put a yes on disk. */
const ANSWER_MS = 30_000;
/** Signals by which somebody withdraws a command that waits. */
const WITHDRAWING = (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'] as const).filter((s) => s in os.constants.signals);

/** The gate that is asked, and where a client writes that it starts something. */
export interface Asked {
  readonly gate: Discovery;
  readonly ledger: string;
}

/**
 * Talks to a gate until it has decided, then runs the tool or not, and ends this process.
 * @returns `silent` when the gate does not react at all, and another one may be asked; nothing was run then.
 */
export function converse(socket: net.Socket, { gate, ledger }: Asked, ask: Ask, tool: Tool): Promise<'answered' | 'silent'> {
  return new Promise((resolve) => {
    let over = false;
    let running = false;
    let proven = false;
    const mine = nonce();
    let timer: NodeJS.Timeout | undefined;

    const send = (message: ClientMessage): void => {
      socket.write(`${JSON.stringify(message)}\n`);
    };
    const finish = (code: number, lines: readonly string[]): void => {
      if (over) return;
      over = true;
      socket.destroy();
      end(code, lines);
      resolve('answered');
    };
    const waitAtMost = (ms: number, then: () => void): void => {
      clearTimeout(timer);
      // Longer than a timer can count would end at once.
      timer = setTimeout(then, Math.min(ms, 2 ** 31 - 1));
    };
    const dead = (): void => finish(UNDECIDED, [`Holdpoint: the window that was asked does not answer any more. It was not run: ${tool.argv[0]}.`]);
    const lost = (): void => {
      if (!running && !over) finish(UNDECIDED, [`Holdpoint: the window that held this command is gone. It was not run: ${tool.argv[0]}.`]);
    };

    const withdrawing = WITHDRAWING.filter((signal) => !tool.ignored.includes(signal)).map((signal) => {
      const withdraw = (): void => {
        if (running) return;
        const last = (): void => finish(128 + os.constants.signals[signal], ['Holdpoint: withdrawn. It was not run.']);
        send({ type: 'cancel' });
        socket.end(last);
        setTimeout(last, OUTCOME_MS).unref();
      };
      process.once(signal, withdraw);
      return () => process.removeListener(signal, withdraw);
    });

    const start = async (message: Extract<GateMessage, { type: 'run' }>): Promise<void> => {
      const [{ run }, { noStart }, { listens }, { noteStart }] = await parts();
      if (over || running) return;
      if (listens(gate.pid, gate.socket) === false) return finish(UNDECIDED, [`Holdpoint: not the window (process ${gate.pid}) but another process listens on ${gate.socket}.`, 'It was not run. Reload the window.']);
      // This process's own word, whoever it was that let it go.
      noteStart(ledger, { time: new Date().toISOString(), id: message.id, gate: gateName(gate), gatePid: gate.pid, pid: process.pid, tool: tool.argv[0] ?? '' });
      // Last of all: nothing that could wait stands between this look and the start.
      const no = noStart(message, ask.cwd);
      if (no?.kind === 'end') return finish(UNDECIDED, no.lines);
      // The gate answers with a new hold, or refuses.
      if (no) return send(no.message);
      running = true;
      clearTimeout(timer);
      for (const stop of withdrawing) stop();
      send({ type: 'started' });
      const instead = message.instead;
      void run(instead === undefined ? tool : { ...tool, argv: instead.argv, withoutEnv: instead.withoutEnv }).then((outcome) => {
        if (outcome.error !== undefined) print([outcome.error]);
        send({ type: 'outcome', exitCode: outcome.exitCode, signal: outcome.signal });
        const last = (): void => outcome.finish();
        socket.end(last);
        socket.once('close', last);
        setTimeout(last, OUTCOME_MS);
      });
    };

    const question = async (message: FirstQuestion): Promise<void> => {
      // A person takes the time that he takes; the gate's end is noticed by the socket.
      clearTimeout(timer);
      const { askFirst } = await import('./first-question');
      const answer = await askFirst(message, tool);
      if (over) return;
      if (answer === 'unseen') return finish(UNDECIDED, [`Holdpoint: what ${tool.argv[0]} would ask about could not be shown. It was not run.`]);
      send({ type: 'answered', yes: answer === 'yes' });
      if (answer === 'yes') return waitAtMost(ANSWER_MS, dead);
      const last = (): void => finish(message.asks.declined.code, []);
      socket.end(last);
      setTimeout(last, OUTCOME_MS);
    };

    const onMessage = (value: unknown): void => {
      if (over || running) return;
      const message = value as GateMessage;
      if (!proven && message.type !== 'refuse') {
        if (message.type !== 'hello' || !same(message.proof, proofOf(gate.token, 'gate', mine))) {
          return finish(UNDECIDED, [`Holdpoint: what answers on ${gate.socket} can't prove that it is the window (process ${gate.pid}); perhaps it runs another version.`, 'It was not run. Reload the window, and try again.']);
        }
        proven = true;
        send({ ...ask, token: proofOf(gate.token, 'client', message.nonce) });
        // While the gate thinks, and not before the question: every guarded write waits for the start of this process.
        void parts();
        return;
      }
      switch (message.type) {
        case 'hello':
          return;
        case 'heard':
        case 'held':
          return waitAtMost(message.withinMs, dead);
        case 'say':
          return print(message.lines);
        case 'refuse':
          return finish(message.code, message.lines);
        case 'run':
          return void start(message).catch((error: unknown) => finish(UNDECIDED, [`Holdpoint can't start it: ${String(error)}. It was not run.`]));
        case 'question':
          return void question(message).catch((error: unknown) => finish(UNDECIDED, [`Holdpoint can't ask: ${String(error)}. It was not run.`]));
        case 'pong':
          return;
        default:
          message satisfies never;
      }
    };
    waitAtMost(HEARD_MS, () => {
      over = true;
      for (const stop of withdrawing) stop();
      socket.destroy();
      resolve('silent');
    });
    socket.setEncoding('utf8');
    socket.on('data', lineReader(onMessage, lost));
    socket.on('error', lost);
    socket.on('close', lost);
    send({ type: 'hello', nonce: mine });
  });
}

/** What the start of the tool needs, loaded when there is time for it. */
function parts(): Promise<[typeof import('./run'), typeof import('./may-start'), typeof import('./listener'), typeof import('../ledger/starts')]> {
  return Promise.all([import('./run'), import('./may-start'), import('./listener'), import('../ledger/starts')]);
}
