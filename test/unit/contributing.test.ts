import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

describe('The page for contributors', () => {
  const pages = ['CONTRIBUTING.md', 'ARCHITECTURE.md'];
  for (const page of pages) {
    it(`names only files and folders that are there: ${page}`, () => {
      const named = [...readFileSync(page, 'utf8').matchAll(/`((?:src|test|scripts|schemas|knowledge|bench|media)\/[\w./-]*)`/g)].map(([, path = '']) => path);
      assert.ok(named.length > 15);
      assert.deepEqual(named.filter((path) => !existsSync(path)), []);
    });
  }

  it('has a row with something to write and something to read for everything that can be added', () => {
    const table = readFileSync('CONTRIBUTING.md', 'utf8').split('## To add …')[1]?.split('\n## ')[0] ?? '';
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| … ')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
    assert.ok(rows.length > 10);
    for (const row of rows) {
      assert.equal(row.length, 3, row.join(' | '));
      assert.match(row[2] ?? '', /`(?:src|test|scripts|schemas|knowledge|docs)\/[^`]+`/, row.join(' | '));
    }
  });
});
