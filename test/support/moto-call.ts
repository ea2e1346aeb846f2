/** Calls to moto without an SDK and without starting a tool: for fixtures, and to see that nothing changed. */
export interface MotoCall {
  /** Services with JSON bodies (dynamodb, kms, secretsmanager, sqs). */
  json(service: string, target: string, body: object): Promise<Record<string, unknown>>;
  /** Services with the query protocol (rds, ec2, iam). @returns the XML. */
  query(service: string, action: string, params?: Readonly<Record<string, string>>): Promise<string>;
  /** Services with paths (s3, lambda, route53). @returns the body as text. */
  rest(service: string, method: string, path: string, body?: string): Promise<string>;
}

const VERSIONS: Readonly<Record<string, string>> = { rds: '2014-10-31', ec2: '2016-11-15', iam: '2010-05-08' };

/** @param url of a moto server. Each call throws with moto's answer when it is refused. */
export function motoCall(url: string): MotoCall {
  // moto takes the service from the signature's scope and does not check the signature.
  const signed = (service: string): Record<string, string> => ({ authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0` });
  const text = async (path: string, init: RequestInit): Promise<string> => {
    const response = await fetch(`${url}${path}`, init);
    const body = await response.text();
    if (!response.ok) throw new Error(`moto answered ${response.status} to ${path} ${String(init.body).slice(0, 200)}: ${body.slice(0, 500)}`);
    return body;
  };
  return {
    async json(service, target, body) {
      return JSON.parse(await text('/', { method: 'POST', headers: { ...signed(service), 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) }) || '{}') as Record<string, unknown>;
    },
    query: (service, action, params = {}) => text('/', { method: 'POST', headers: { ...signed(service), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ Action: action, Version: VERSIONS[service] ?? '', ...params }).toString() }),
    rest: (service, method, path, body) => text(path, { method, headers: { ...signed(service), ...(body?.startsWith('{') === true ? { 'content-type': 'application/json' } : {}) }, ...(body === undefined ? {} : { body }) }),
  };
}

/** The text of the first element of that name in an XML answer. */
export function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
}
