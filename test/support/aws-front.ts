import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback server before moto: it notes every call, adds what moto lacks, and refuses what a test says. */
export interface AwsFront {
  readonly url: string;
  /** Every call so far: the API operation, or method and path where the protocol has no name for it. */
  readonly calls: readonly string[];
  /** Operations that are refused with AccessDenied. */
  readonly denied: Set<string>;
  /** Operations that are never answered. */
  readonly silent: Set<string>;
  /** Which stack owns a physical id: moto can't be asked by physical id. */
  readonly owners: Map<string, string>;
  stop(): Promise<void>;
}

/** @param moto the address that everything else goes on to. */
export async function startAwsFront(moto: string): Promise<AwsFront> {
  const calls: string[] = [];
  const denied = new Set<string>();
  const silent = new Set<string>();
  const owners = new Map<string, string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      let body = Buffer.concat(chunks);
      const name = nameOf(request.headers, request.method ?? '', request.url ?? '', body.toString('latin1'));
      calls.push(name);
      const answer = (code: string, message: string): void => {
        const json = request.headers['x-amz-target'] !== undefined;
        response.writeHead(json ? 400 : 403, { 'content-type': json ? 'application/x-amz-json-1.1' : 'text/xml' });
        response.end(json ? JSON.stringify({ __type: code, message }) : `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`);
      };
      if (silent.has(name)) return undefined;
      if (denied.has(name)) return answer('AccessDenied', `User: arn:aws:iam::123456789012:user/reader is not authorized to perform: ${name}`);
      if (name === 'DescribeStackResources') {
        const params = new URLSearchParams(body.toString());
        const id = params.get('PhysicalResourceId');
        if (id !== null) {
          const stack = owners.get(id);
          if (stack === undefined) return answer('ValidationError', `Stack for ${id} does not exist`);
          params.delete('PhysicalResourceId');
          params.set('StackName', stack);
          body = Buffer.from(params.toString());
        }
      }
      const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = request.headers;
      const on = httpRequest(new URL(request.url ?? '/', moto), { method: request.method, headers: { ...headers, ...(body.length > 0 ? { 'content-length': body.length } : {}) } }, (from) => {
        response.writeHead(from.statusCode ?? 500, from.headers);
        from.pipe(response);
      });
      on.on('error', () => response.destroy());
      on.end(body);
      return undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, denied, silent, owners,
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

function nameOf(headers: IncomingHttpHeaders, method: string, url: string, body: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').pop() ?? target;
  return (/(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? /[?&]Action=(\w+)/.exec(url)?.[1]) ?? `${method} ${url}`;
}
