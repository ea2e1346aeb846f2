import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { startPreview } from '../../src/preview/preview';
import { assertPreview } from '../support/assert-preview';
import { atTerminal, makePlace, type Place } from '../support/gate';
import { kubeConfig, realKubectl, startKubeApi, type KubeApi } from '../support/kube-api';
import { object } from '../support/kube-objects';
import { operationOf, previewWorker } from '../support/preview-worker';

describe('kubectl with manifests from an address, with the real kubectl against a Kubernetes API on loopback', function () {
  this.timeout(120_000);
  let api: KubeApi;
  let place: Place;
  let web: Server;
  let url: string;
  let served: string[];
  let answers: (asked: number) => { readonly status?: number; readonly location?: string; readonly body?: string };

  before(async () => {
    realKubectl();
    api = await startKubeApi();
    web = createServer((request, response) => {
      served.push(request.url ?? '');
      const { status = 200, location, body = '' } = answers(served.length);
      response.writeHead(status, location === undefined ? {} : { location });
      response.end(body);
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  });
  after(async () => {
    web?.close();
    await api?.stop();
  });
  beforeEach(async () => {
    place = await makePlace();
    writeFileSync(path.join(place.base, 'config'), kubeConfig(api.url));
    place.env['KUBECONFIG'] = path.join(place.base, 'config');
    api.reset();
    served = [];
    api.add(object('v1', 'Namespace', 'shop', {}), ...['a', 'b', 'c'].map((name) => object('v1', 'ConfigMap', name, {}, { namespace: 'shop' })));
  });

  const manifest = (name: string): string => `# a manifest\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"${name}","namespace":"shop"}}\n`;
  const left = (): string[] => [...api.store.values()].filter((o) => o['kind'] === 'ConfigMap').map((o) => String(o['metadata'].name)).sort();
  const yes: [RegExp, (text: string) => string] = [/to run it/, (text) => `${/Type (\S+) to run it/.exec(text)?.[1] ?? 'yes'}\n`];
  const approve = (command: string): ReturnType<typeof atTerminal> => atTerminal(place, command, [yes]);
  const look = async (words: string, env: Record<string, string> = {}) => {
    const argv = ['kubectl', ...words.split(' ')];
    const folder = path.join(place.base, 'own');
    mkdirSync(folder, { recursive: true });
    const result = await startPreview({
      workerPath: previewWorker(), execPath: process.execPath, env: { PATH: '/nonexistent', HOME: place.base, KUBECONFIG: path.join(place.base, 'config'), ...env },
      request: { kind: 'preview', operation: { ...operationOf(argv), operation: 'kubernetes:any', tool: 'kubectl' }, argv, cwd: place.work, executable: realKubectl(), mode: 'live', allowExecution: false, folder, changeSetName: 'k', timeoutMs: 60_000 },
    }).result;
    assertPreview(result);
    return result;
  };

  it('deletes what was shown, although something else is served after the look', async () => {
    answers = (asked) => ({ body: manifest(asked === 1 ? 'a' : 'b') });
    const { code, screen } = await approve(`kubectl delete -f ${url}/x.yaml`);
    assert.equal(code, 0, screen);
    assert.match(screen, /ConfigMap\/a|shop\/a/);
    assert.deepEqual(left(), ['b', 'c']);
    assert.deepEqual(served, ['/x.yaml'], 'fetched once');
    assert.deepEqual(readdirSync(place.home.previews), []);
  });

  it('takes files and addresses together, in lists and with several -f, and follows where it leads', async () => {
    writeFileSync(path.join(place.work, 'c.yaml'), manifest('c'));
    answers = (asked) => (served.at(-1) === '/moved' ? { status: 302, location: '/a.yaml' } : { body: manifest(asked <= 3 ? (served.at(-1) === '/a.yaml' ? 'a' : 'b') : 'c') });
    const { code, screen } = await approve(`kubectl delete -f c.yaml,${url}/moved --filename=${url}/b.yaml --wait=false`);
    assert.equal(code, 0, screen);
    assert.deepEqual(left(), []);
    assert.deepEqual(served, ['/moved', '/a.yaml', '/b.yaml']);
  });

  it('is held again when the file beside the address changes before the yes', async () => {
    writeFileSync(path.join(place.work, 'c.yaml'), manifest('c'));
    answers = () => ({ body: manifest('a') });
    const { screen } = await atTerminal(place, `kubectl delete -f c.yaml -f ${url}/a.yaml`, [[/to run it/, (text) => {
      writeFileSync(path.join(place.work, 'c.yaml'), manifest('b'));
      return `${/Type (\S+) to run it/.exec(text)?.[1] ?? 'yes'}\n`;
    }], [/holds again[\s\S]*to run it/, 'no\n']]);
    assert.match(screen, /holds again/);
    assert.deepEqual(left(), ['a', 'b', 'c']);
  });

  it('says that it is not bound to what was shown where it can\'t be kept', async () => {
    answers = () => ({ body: manifest('a') });
    const proxied = await look(`delete -f ${url.replace('127.0.0.1', 'localhost')}/x.yaml`, { HTTP_PROXY: url });
    assert.ok(proxied.prepared, 'this machine never goes through a proxy');
    answers = (asked) => (asked === 1 ? { status: 503 } : { body: manifest('a') });
    served = [];
    const { blastRadius, prepared } = await look(`delete -f ${url}/x.yaml`);
    assert.equal(prepared, undefined);
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((u) => u.includes('is fetched again when the command runs') && u.includes('status 503')), blastRadius.unknowns.map((one) => one.text).join('\n'));
  });

  it('says so of a remote base, also in a kustomization that stands in a folder', async () => {
    const base = path.join(place.work, 'k', 'base');
    mkdirSync(base, { recursive: true });
    writeFileSync(path.join(place.work, 'k', 'kustomization.yaml'), 'resources:\n- base\n');
    writeFileSync(path.join(base, 'kustomization.yaml'), `resources:\n- ${url}/r.yaml\n`);
    answers = () => ({ body: manifest('a') });
    const { blastRadius, prepared } = await look('delete -k k');
    assert.equal(prepared, undefined);
    assert.ok(blastRadius.unknowns.map((one) => one.text).some((u) => u.startsWith(`${url}/r.yaml is fetched again`)), blastRadius.unknowns.map((one) => one.text).join('\n'));
  });
});
