import type { Finding, Word } from '../../invocation';
import { fileText, found, type CliCall } from '../cli/call';
import { judgeRequest } from './request';

/** A word's text with `{?}` for the parts that are not known. */
export const urlText = (word: Word): string => word.value ?? word.parts.map((p) => p ?? '{?}').join('');

/** What is sent: text, or `@file` where it can be read. */
export function bodyText(word: Word | undefined, call: CliCall): string {
  if (!word) return '';
  const text = urlText(word);
  if (!text.startsWith('@')) return text;
  if (text === '@-') return typeof call.invocation.stdin === 'string' ? call.invocation.stdin : '';
  return fileText(text.slice(1), call) ?? '';
}

/** Judges one request to each address; a method that is not known may be DELETE. */
export function requests(method: Word | string | undefined, urls: readonly Word[], body: string, headers: readonly string[], call: CliCall): Finding[] {
  const unknown = typeof method === 'object' && method.value === undefined;
  const name = typeof method === 'object' ? (method.value ?? 'DELETE') : (method ?? 'GET');
  const override = headers.map((h) => /^x-http-method(?:-override)?:\s*(\w+)/i.exec(h)?.[1]).find((m) => m !== undefined);
  return urls.flatMap((url) => judgeRequest({ method: override ?? name, url: urlText(url), body, headers }, call)).map((f) => (unknown ? { ...f, mutation: 'unknown' as const, effects: [...new Set([...f.effects, 'unknown' as const])], unknowns: [...f.unknowns, 'the method of the request'] } : f));
}

/** A finding for a request that reads. */
export const reads = (call: CliCall): Finding[] => [found(call, { action: 'request', mutation: 'none', reason: `${call.tool}: Sends a request that changes no infrastructure that is known here.` })];
