import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One call as it came in. */
export interface StubCall {
  readonly action: string;
  readonly params: URLSearchParams;
  /** `Credential=KEY/DATE/REGION/…` says who asked, and for which region. */
  readonly authorization: string;
}

/** What to answer: a result, an AWS error, or nothing at all. */
export type StubAnswer = { readonly result: unknown } | { readonly error: string; readonly message: string; readonly status?: number } | 'hang';

export interface CloudFormationStub {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly calls: readonly StubCall[];
  stop(): Promise<void>;
}

/** A loopback server that speaks CloudFormation's query protocol and answers what the test says. */
export async function startStub(answer: (call: StubCall) => StubAnswer): Promise<CloudFormationStub> {
  const calls: StubCall[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const params = new URLSearchParams(body);
      const call = { action: params.get('Action') ?? '', params, authorization: request.headers.authorization ?? '' };
      calls.push(call);
      reply(response, call.action, answer(call));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url, calls,
    env: { ...bareEnv(), AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing-secret', AWS_DEFAULT_REGION: 'eu-west-1' },
    stop: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}

/** An environment without any AWS setting of this machine. */
export function bareEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => resolve(body));
  });
}

function reply(response: ServerResponse, action: string, answer: StubAnswer): void {
  if (answer === 'hang') return;
  const failed = 'error' in answer;
  response.writeHead(failed ? (answer.status ?? 400) : 200, { 'content-type': 'text/xml' });
  response.end(failed
    ? `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>${xml({ Code: answer.error, Message: answer.message })}</Error><RequestId>r</RequestId></ErrorResponse>`
    : `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${xml(answer.result)}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`);
}

function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  if (typeof value === 'object' && value !== null) return Object.entries(value).filter(([, inner]) => inner !== undefined).map(([key, inner]) => `<${key}>${xml(inner)}</${key}>`).join('');
  return String(value ?? '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
