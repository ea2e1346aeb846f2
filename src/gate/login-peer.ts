/** Where a login came from: one from this machine itself may be a program's, with the user's own key. */
import { readFileSync } from 'node:fs';

export interface Connection {
  readonly local: string;
  readonly remote: string;
}

/**
 * Reads `SSH_CONNECTION` ("client address and port, server address and port", ssh(1)) of the session's first process, which its
 * service gave it. That process could replace itself by one with other words, so the connection has to be one that is there.
 * @param connections of this moment; undefined where the system does not tell.
 */
export function cameFromHere(env: Readonly<Record<string, string | undefined>> | undefined, connections: () => readonly Connection[] | undefined): string | undefined {
  const [from = '', fromPort = '', to = '', toPort = ''] = (env?.['SSH_CONNECTION'] ?? '').split(' ');
  const [remote, local] = [hexOf(from), hexOf(to)];
  if (remote === undefined || local === undefined) return 'the login does not tell where it came from';
  if (remote === local || isLoopback(remote)) return 'the login came from this machine itself, where a program can have made it';
  const all = connections();
  if (!all) return undefined;
  const [there, here] = [`${remote}:${Number(fromPort)}`, `${local}:${Number(toPort)}`];
  if (all.some((c) => c.local === there && c.remote === here)) return 'the login came from this machine itself, where a program can have made it';
  return all.some((c) => c.local === here && c.remote === there) ? undefined : 'where the login says that it came from, no connection leads';
}

/** The TCP connections of this machine. Source: proc(5), net/tcp and net/tcp6: addresses as words in the machine's own order, state 01 is established. */
export function connections(): Connection[] | undefined {
  const found: Connection[] = [];
  let read = false;
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    try {
      for (const line of readFileSync(file, 'latin1').split('\n').slice(1)) {
        const [, local = '', remote = '', state] = line.trim().split(/\s+/);
        if (state === '01') found.push({ local: ofProc(local), remote: ofProc(remote) });
      }
      read = true;
    } catch {
      // A kernel without that kind of address.
    }
  }
  return read ? found : undefined;
}

function ofProc(text: string): string {
  const [address = '', port = ''] = text.split(':');
  const bytes = (address.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join('')).join('').toLowerCase();
  return `${unmapped(bytes)}:${Number.parseInt(port, 16)}`;
}

const MAPPED = '00000000000000000000ffff';
/** An address of version 4 in one of version 6 is that of version 4. */
const unmapped = (hex: string): string => (hex.startsWith(MAPPED) ? hex.slice(MAPPED.length) : hex);

const isLoopback = (hex: string): boolean => (hex.length === 8 ? hex.startsWith('7f') : /^0{31}1$/.test(hex));

/** An address in hexadecimal, 8 or 32 digits; undefined for what is none. */
export function hexOf(address: string): string | undefined {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const v4 = /^(.*:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(plain);
  if (v4) {
    const hex = v4.slice(2).map((n) => Number(n).toString(16).padStart(2, '0')).join('');
    if (hex.length !== 8) return undefined;
    return v4[1] === undefined ? hex : hexOf(`${v4[1]}${hex.slice(0, 4)}:${hex.slice(4)}`);
  }
  if (!/^[0-9a-f:]+$/.test(plain) || !plain.includes(':')) return undefined;
  const [head = '', tail] = plain.split('::');
  const words = (part: string): string[] => (part === '' ? [] : part.split(':').map((w) => w.padStart(4, '0')));
  const [before, after] = [words(head), words(tail ?? '')];
  const fill = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = fill < 0 ? '' : [...before, ...Array.from({ length: fill }, () => '0000'), ...after].join('');
  return all.length === 32 ? unmapped(all) : undefined;
}
