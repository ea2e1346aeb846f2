import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import { dryRunFor, HELD } from '../../src/detect/tools/registry';
import { relevantEnv } from '../../src/gate/protocol';
import { GUARDED } from '../../src/gate/shim';

const readme = readFileSync('README.md', 'utf8');
const nameOf = (tool: (typeof HELD)[number]): string => tool.names[0] ?? '';
/** `a, b and c`. */
const listed = (words: readonly string[], and: string): string => `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
const NUMBERS = ['Ten', 'Eleven', 'Twelve', 'Thirteen', 'Fourteen', 'Fifteen'];

describe('a tool that is held', () => {
  it('has a shim of its name, and no other tool has one', () => assert.deepEqual(Object.keys(GUARDED), HELD.map(nameOf)));

  for (const tool of HELD) {
    const name = nameOf(tool);
    const folder = `src/detect/tools/${name}`;

    it(`${name} stands in a folder of its name, with its preview where it has one`, () => {
      assert.ok(existsSync(`${folder}/tool.ts`));
      assert.equal(existsSync(`${folder}/preview.ts`), tool.hold.previews !== undefined);
    });

    it(`${name} tells the gate all variables that it may read`, () => {
      const kept = relevantEnv({ PATH: '/bin', SOME_PLUGIN_TOKEN: 'x', OLDPWD: '/' }, name);
      assert.equal(kept['PATH'], '/bin');
      assert.equal(kept['SOME_PLUGIN_TOKEN'], tool.hold.variables === 'any' ? 'x' : undefined);
      assert.equal(kept['OLDPWD'], undefined);
    });
  }

  it('stands in the README by what people call it', () => {
    const labels = HELD.map((tool) => tool.hold.label);
    assert.ok(readme.includes(`A command of the **${listed(labels, 'or')}** in any terminal`), listed(labels, 'or'));
    assert.ok(readme.includes(`- ${NUMBERS[labels.length - 10]} tools are held when they run`));
    const told = HELD.filter((tool) => !tool.hold.previews).map((tool) => tool.hold.label);
    assert.ok(readme.includes(`- ${listed(told, 'and')} are held, and previewed only by what their commands tell.`), listed(told, 'and'));
  });

  it('has its previews in the table of the README, and the table has no others', () => {
    const rows = [...new Set(HELD.flatMap((tool) => tool.hold.previews ?? []))].map(({ commands, from }) => `| ${commands} | ${from} |`);
    const table = readme.slice(readme.indexOf('| Command | What the preview is made from |')).split('\n');
    assert.deepEqual(table.slice(2, table.indexOf('')), [...rows, '| anything else | what the command itself tells |']);
  });

  it('is offered in the menu of the files that it can preview, and nowhere else', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly contributes: { readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>> } };
    const files = HELD.flatMap((tool) => tool.hold.files ?? []);
    const languages = [...new Set(files.flatMap((one) => one.languages))].join('|');
    const endings = [...new Set(files.flatMap((one) => one.endings.map((ending) => ending.slice(1))))].join('|');
    const when = manifest.contributes.menus['editor/context']?.find((item) => item.command === 'holdpoint.previewFile')?.when;
    assert.equal(when, `resourceScheme == file && (editorLangId =~ /^(${languages})$/ || resourceExtname =~ /^\\.(${endings})$/)`);
  });

  it('previews a file with the tool whose file it is', () => {
    assert.deepEqual(dryRunFor('terraform', '/w/main.tf'), ['terraform', 'apply']);
    assert.deepEqual(dryRunFor('terraform', '/w/main.tofu'), ['tofu', 'apply']);
    assert.deepEqual(dryRunFor('terraform', '/w/prod.tfvars'), ['terraform', 'apply']);
    assert.deepEqual(dryRunFor('kubernetes', '/w/app.yaml'), ['kubectl', 'apply', '-f', '/w/app.yaml']);
    assert.equal(dryRunFor('cloudformation', '/w/stack.yaml'), undefined);
    assert.equal(dryRunFor(undefined, '/w/notes.txt'), undefined);
  });
});
