import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { announce, birthOf, SOCKET_FOLDER, withdraw } from './discovery';
import { oneLine } from '../model/visible';
import { makeHome, type Home } from './home';
import { gateName, nonce, proofOf, same } from './proof';
import { lineReader, UNDECIDED, type Ask, type ClientMessage, type GateMessage } from './protocol';

/** One client that waits for an answer. */
export interface Conversation {
  readonly ask: Ask;
  say(lines: readonly string[]): void;
  send(message: GateMessage): void;
  /** Called for what the client says after its question. */
  onMessage: (message: ClientMessage) => void;
  /** Called once when the client is gone, however that came. */
  onGone: () => void;
  readonly gone: boolean;
}

export interface ServerOptions {
  readonly home: Home;
  readonly version: string;
  readonly folders: () => readonly string[];
  readonly onAsk: (conversation: Conversation) => void;
  /** Called before anybody can find it, with its name in the record. */
  readonly onOpen?: (name: string) => void;
  readonly log: (line: string) => void;
}

export interface GateServer {
  /** The name of its discovery file, without its ending. */
  readonly id: string;
  readonly socket: string;
  /** Its name in the record. */
  readonly name: string;
  /** Writes the discovery file again: folders changed, or the window has the focus. */
  announce(focused: boolean): void;
  close(): Promise<void>;
}

/** A client that does not put its question in this time is dropped. */
const QUESTION_MS = 5000;
/** Longest path that a Unix socket may have on macOS, with its closing zero byte (sys/un.h: 104). */
const MAX_SOCKET_PATH = 100;

/**
 * Listens for shims' clients of this user.
 * @throws when no socket can be opened.
 */
export async function serve(options: ServerOptions): Promise<GateServer> {
  makeHome(options.home);
  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const token = randomBytes(32).toString('hex');
  const address = socketAddress(options.home, id);
  const birth = birthOf(process.pid);
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    accept(socket, token, options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  server.on('error', (error) => options.log(`gate: ${error.message}`));
  let focusedAt = Date.now();
  const tell = (focused: boolean): void => {
    if (focused) focusedAt = Date.now();
    announce(options.home, id, { pid: process.pid, socket: address, token, folders: options.folders(), focusedAt, version: options.version, ...(birth !== undefined && { birth }) });
  };
  const name = gateName({ pid: process.pid, socket: address, token });
  options.onOpen?.(name);
  tell(true);
  return {
    id,
    socket: address,
    name,
    announce: tell,
    close: () => new Promise((resolve) => {
      withdraw(options.home, id, address);
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    }),
  };
}

function socketAddress(home: Home, id: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\holdpoint-${id}`;
  const usual = path.join(home.run, `${id}.sock`);
  if (Buffer.byteLength(usual) <= MAX_SOCKET_PATH) return usual;
  mkdirSync(os.tmpdir(), { recursive: true });
  // mkdtemp gives a folder that only its user may enter.
  return path.join(mkdtempSync(path.join(os.tmpdir(), SOCKET_FOLDER)), 's');
}

function accept(socket: net.Socket, token: string, options: ServerOptions): void {
  let conversation: Conversation | undefined;
  let gone = false;
  const said = nonce();
  const timer = setTimeout(() => socket.destroy(), QUESTION_MS);
  const send = (message: GateMessage): void => {
    // The client strips them too; an older one, or another program that asks, may not.
    const fit = message.type === 'say' || message.type === 'refuse' ? { ...message, lines: message.lines.map(oneLine) } : message;
    if (!gone) socket.write(`${JSON.stringify(fit)}\n`);
  };
  const refuse = (why: string): void => {
    options.log(`gate: a client was refused: ${why}`);
    send({ type: 'refuse', code: UNDECIDED, lines: [`Holdpoint can't decide: ${why}. It was not run.`] });
    socket.end();
  };
  const onLine = (value: unknown): void => {
    const message = readClientMessage(value);
    if (!message) return refuse('the question was not understood');
    if (conversation) {
      if (message.type !== 'ask' && message.type !== 'ping' && message.type !== 'hello') conversation.onMessage(message);
      return;
    }
    if (message.type === 'hello') return send({ type: 'hello', proof: proofOf(token, 'gate', message.nonce), nonce: said });
    const wanted = message.type === 'ask' ? proofOf(token, 'client', said) : token;
    if ((message.type !== 'ask' && message.type !== 'ping') || !same(message.token, wanted)) return refuse('the token is not this window\'s');
    clearTimeout(timer);
    if (message.type === 'ping') return send({ type: 'pong', version: options.version });
    conversation = {
      ask: message,
      say: (lines) => send({ type: 'say', lines }),
      send,
      onMessage: () => undefined,
      onGone: () => undefined,
      get gone() {
        return gone;
      },
    };
    try {
      options.onAsk(conversation);
    } catch (error) {
      refuse(error instanceof Error ? error.message : String(error));
    }
  };
  socket.setEncoding('utf8');
  socket.on('data', lineReader(onLine, refuse));
  socket.on('error', () => undefined);
  socket.on('close', () => {
    gone = true;
    clearTimeout(timer);
    conversation?.onGone();
  });
}

const STDIN: ReadonlySet<unknown> = new Set(['terminal', 'pipe', 'file', 'none']);
const texts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((v) => typeof v === 'string');
const textMap = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.values(value).every((v) => typeof v === 'string');

/** Reads what a client sent; undefined for anything else. */
function readClientMessage(value: unknown): ClientMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const m = value as Record<string, unknown>;
  switch (m['type']) {
    case 'ask': {
      const actor = m['actor'] as Record<string, unknown> | null;
      const good = typeof m['token'] === 'string' && typeof m['tool'] === 'string' && typeof m['executable'] === 'string' &&
        texts(m['argv']) && m['argv'].length > 0 && typeof m['cwd'] === 'string' && textMap(m['env']) && typeof m['pid'] === 'number' && (m['stdin'] === undefined || STDIN.has(m['stdin'])) &&
        typeof actor === 'object' && actor !== null && textMap(actor['marks']) && texts(actor['ancestry']) &&
        (actor['parents'] === undefined || (Array.isArray(actor['parents']) && actor['parents'].every((n) => typeof n === 'number'))) &&
        typeof actor['tty'] === 'boolean' && typeof actor['user'] === 'string';
      return good ? (value as Ask) : undefined;
    }
    case 'hello':
      return typeof m['nonce'] === 'string' && m['nonce'].length <= 200 ? (value as ClientMessage) : undefined;
    case 'ping':
      return typeof m['token'] === 'string' ? (value as ClientMessage) : undefined;
    case 'moved':
      return typeof m['path'] === 'string' ? (value as ClientMessage) : undefined;
    case 'outcome':
      return (m['exitCode'] === null || typeof m['exitCode'] === 'number') && (m['signal'] === null || typeof m['signal'] === 'string')
        ? (value as ClientMessage) : undefined;
    case 'answered':
      return typeof m['yes'] === 'boolean' ? (value as ClientMessage) : undefined;
    case 'started':
    case 'late':
    case 'cancel':
      return value as ClientMessage;
    default:
      return undefined;
  }
}
