import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';

const LINK = 'gcloud:compute.[Approve here](command:holdpoint.approve).delete $(check) DB_PASSWORD=hunter2hunter';
interface Loads { _load: (id: string, ...rest: unknown[]) => unknown }

describe('a notification', () => {
  it('holds no link, no icon and no secret of what is said in it, whichever kind it is', async () => {
    const said: string[] = [];
    const show = (text: string, ...rest: unknown[]): Promise<undefined> => {
      said.push(text, ...rest.flatMap((one) => (typeof one === 'object' && one !== null && 'detail' in one ? [String(one.detail)] : [])));
      return Promise.resolve(undefined);
    };
    const loads = Module as unknown as Loads;
    const load = loads._load;
    // The editor is not here: what it would be given is.
    loads._load = (id, ...rest) => (id === 'vscode' ? { window: { showWarningMessage: show, showInformationMessage: show, showErrorMessage: show } } : load.call(Module, id, ...rest));
    try {
      const { complain, inform, warn, warnModally } = await import('../../src/editor/notify');
      await Promise.all([warn(LINK, 'Open'), inform(LINK), complain(LINK), warnModally(LINK, LINK, 'Run')]);
    } finally {
      loads._load = load;
    }
    assert.equal(said.length, 5);
    for (const text of said) assert.equal(/\]\(|\$\(|hunter2/.test(text), false, text);
  });

  it('is made in one place only', () => {
    const files = [...readdirSync('src/editor').map((file) => path.join('src/editor', file)), 'src/extension.ts'];
    assert.ok(files.length > 20);
    assert.deepEqual(files.filter((file) => /show(?:Warning|Information|Error)Message/.test(readFileSync(file, 'utf8'))), ['src/editor/notify.ts']);
  });
});
