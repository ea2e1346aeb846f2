import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { findInShell } from '../../src/detect/languages/shell';
import { withReaders } from '../../src/detect/readers';
import { executed, place, sandbox } from '../support/shell-sandbox';

/** A text that runs a command, and the lines that must stand before it. */
interface Code {
  readonly before: string;
  readonly text: string;
  /** False for what can't stand behind a wrapper: `env if …` is no command. */
  readonly simple?: boolean;
}

const single = (t: string): string => `'${t.replaceAll("'", "'\\''")}'`;
const hex = (t: string): string => [...t].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join('');
const base64 = (t: string): string => Buffer.from(t).toString('base64');

/** Ways to write one word so that the shell reads the same. */
const WORDS: readonly ((word: string, n: number) => Code)[] = [
  (w) => ({ before: '', text: w }),
  (w) => ({ before: '', text: single(w) }),
  (w) => ({ before: '', text: `"${w}"` }),
  (w) => ({ before: '', text: `${w.slice(0, 1)}''${w.slice(1, 2)}""${w.slice(2)}` }),
  (w) => ({ before: '', text: w.replace(/[a-z]/g, (c) => `\\${c}`) }),
  (w) => ({ before: '', text: `${w.slice(0, 2)}\\\n${w.slice(2)}` }),
  (w) => ({ before: '', text: `$'${hex(w)}'` }),
  (w, n) => ({ before: `v${n}=${single(w)}`, text: `"$v${n}"` }),
  (w, n) => ({ before: `v${n}=${single(w.slice(0, 2))}; w${n}=${single(w.slice(2))}`, text: `$v${n}\${w${n}}` }),
  (w, n) => ({ before: `v${n}=${single(`zz${w}`)}`, text: `\${v${n}#zz}` }),
  (w, n) => ({ before: `v${n}=${single(`${w}.x`)}`, text: `\${v${n}%.*}` }),
  (w, n) => ({ before: `v${n}=${single(w.toUpperCase())}`, text: `\${v${n},,}` }),
  (w, n) => ({ before: `v${n}=${single(`_${w}`)}`, text: `\${v${n}:1}` }),
  (w, n) => ({ before: `a${n}=(x ${single(w)})`, text: `"\${a${n}[1]}"` }),
  (w, n) => ({ before: `v${n}=${single(w)}; n${n}=v${n}`, text: `\${!n${n}}` }),
  (w) => ({ before: '', text: `\${unset_variable:-${w}}` }),
  (w) => ({ before: '', text: `$(echo ${w})` }),
  (w) => ({ before: '', text: `\`printf %s ${w}\`` }),
  (w) => ({ before: '', text: `"$(printf '${hex(w)}')"` }),
  (w) => ({ before: '', text: `$(base64 -d <<< ${base64(w)})` }),
  (w) => ({ before: '', text: `$(echo ${[...w].reverse().join('')} | rev)` }),
  (w, n) => ({ before: `printf -v v${n} %s ${single(w)}`, text: `$v${n}` }),
  (w, n) => ({ before: `read -r v${n} <<< ${single(w)}`, text: `$v${n}` }),
  (w, n) => ({ before: `f${n}() { v${n}=$1; }; f${n} ${single(w)}`, text: `$v${n}` }),
];

const wrapped = ({ before, text, simple }: Code, wrapper: string): Code => ({ before, text: simple === false ? text : wrapper + text, simple });

/** Ways to run a text that real shells have. */
const RUNS: readonly ((code: Code, n: number) => Code)[] = [
  (c) => c,
  (c) => wrapped(c, 'env X=1 '),
  (c) => wrapped(c, 'nice -n 5 timeout 60 '),
  (c) => wrapped(c, 'sudo -u deploy '),
  ({ before, text }) => ({ before, text: `if true; then ${text}; fi`, simple: false }),
  ({ before, text }) => ({ before, text: `for i in 1; do ${text}; done`, simple: false }),
  ({ before, text }) => ({ before, text: `( ${text} )`, simple: false }),
  ({ before, text }) => ({ before, text: `x=$( ${text} )`, simple: false }),
  ({ before, text }) => ({ before, text: `false || { ${text}; }`, simple: false }),
  ({ before, text }) => ({ before, text: `true && ${text} | cat`, simple: false }),
  ({ before, text }, n) => ({ before: `${before}\ng${n}() { ${text}; }`, text: `g${n}`, simple: false }),
  (c, n) => ({ ...wrapped(c, `r${n} `), simple: false, before: `${c.before}\nr${n}() { "$@"; }` }),
  ({ before, text }) => ({ before: '', text: `eval ${single(`${before}\n${text}`)}`, simple: false }),
  ({ before, text }) => ({ before: '', text: `bash -c ${single(`${before}\n${text}`)}` }),
  ({ before, text }) => ({ before: '', text: `echo ${single(base64(`${before}\n${text}`))} | base64 -d | bash`, simple: false }),
  ({ before, text }) => ({ before: '', text: `printf '%s\\n' ${single(`${before}\n${text}`)} | bash`, simple: false }),
  ({ before, text }) => ({ before: '', text: `bash <(printf '%s\\n' ${single(`${before}\n${text}`)})`, simple: false }),
  ({ before, text }, n) => ({ before: `printf '%s\\n' ${single(`${before}\n${text}`)} > s${n}.sh`, text: `bash s${n}.sh` }),
  ({ before, text }, n) => ({ before: `t${n}=${single(`${before}\n${text}`)}`, text: `eval "$t${n}"`, simple: false }),
  ({ before, text }) => ({ before: '', text: `trap ${single(`${before}\n${text}`)} EXIT`, simple: false }),
];

const COMMANDS: readonly { readonly argv: readonly string[]; readonly operation: string }[] = [
  { argv: ['aws', 'cloudformation', 'delete-stack', '--stack-name', 'payments-prod'], operation: 'cloudformation:DeleteStack' },
  { argv: ['aws', 'dynamodb', 'delete-table', '--table-name', 'orders'], operation: 'dynamodb:DeleteTable' },
  { argv: ['aws', 'ec2', 'terminate-instances', '--instance-ids', 'i-0123456789abcdef0'], operation: 'ec2:TerminateInstances' },
];

/** Every destructive command of the corpus of tools that is one plain command. */
const PLAIN = readFileSync('test/corpora/tools.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as { cmd: string; expect: string })
  .filter((l) => l.expect === 'destructive' && /^[\w./:=@%, -]+$/.test(l.cmd) && !/^\w+=/.test(l.cmd) && findInShell(l.cmd, withReaders({})).some((f) => f.mutation === 'destructive'))
  .map((l) => l.cmd.split(' '));

const anyDisguised = fc.record({
  argv: fc.constantFrom(...PLAIN),
  words: fc.array(fc.nat({ max: WORDS.length - 1 }), { minLength: 8, maxLength: 8 }),
  runs: fc.array(fc.nat({ max: RUNS.length - 1 }), { maxLength: 3 }),
}).map(({ argv, words, runs }) => {
  const parts = argv.map((word, i) => (word.length > 2 && /^[a-z][a-z-]*$/.test(word) ? WORDS[words[i % 8] ?? 0]!(word, i) : { before: '', text: single(word) }));
  let code: Code = { before: parts.map((p) => p.before).filter((b) => b !== '').join('\n'), text: parts.map((p) => p.text).join(' ') };
  runs.forEach((run, i) => {
    code = RUNS[run]!(code, i);
  });
  return `${code.before}\n${code.text}\n`;
});

const disguised = fc.record({
  command: fc.constantFrom(...COMMANDS),
  words: fc.array(fc.nat({ max: WORDS.length - 1 }), { minLength: 5, maxLength: 5 }),
  runs: fc.array(fc.nat({ max: RUNS.length - 1 }), { maxLength: 3 }),
}).map(({ command, words, runs }) => {
  const parts = command.argv.map((word, i) => WORDS[words[i] ?? 0]!(word, i));
  let code: Code = { before: parts.map((p) => p.before).filter((b) => b !== '').join('\n'), text: parts.map((p) => p.text).join(' ') };
  runs.forEach((run, i) => {
    code = RUNS[run]!(code, i);
  });
  return { operation: command.operation, text: `${code.before}\n${code.text}\n` };
});

describe('a command disguised at random', () => {
  const runs = Number(process.env['DISGUISES'] ?? 2000);

  it(`is named or held, ${runs} times`, () => {
    let named = 0;
    fc.assert(fc.property(disguised, ({ operation, text }) => {
      const found = findInShell(text, withReaders({})).filter((f) => f.mutation !== 'none');
      if (found.some((f) => f.operation === operation)) named++;
      assert.ok(found.some((f) => f.operation === operation || f.mutation === 'unknown'), `missed in:\n${text}`);
    }), { numRuns: runs });
    console.log(`      ${named} of ${runs} named, the rest held as unknown`);
    assert.ok(named > runs * 0.95, `only ${named} of ${runs} were named`);
  }).timeout(600_000);

  it(`is held whatever tool it is of, ${runs} times over ${PLAIN.length} commands`, () => {
    fc.assert(fc.property(anyDisguised, (text) => {
      assert.ok(findInShell(text, withReaders({})).some((f) => f.mutation === 'destructive' || f.mutation === 'unknown'), `missed in:\n${text}`);
    }), { numRuns: runs });
  }).timeout(600_000);

  it('is a disguise: real bash runs the command', () => {
    const box = sandbox();
    for (const { text, operation } of fc.sample(disguised, { numRuns: 60, seed: 7 })) {
      place(box, {});
      const verb = COMMANDS.find((c) => c.operation === operation)!.argv;
      assert.ok(executed(box, text).some((argv) => argv.join(' ') === verb.join(' ')), text);
    }
  }).timeout(120_000);

  it('stays silent when what is disguised only reads', () => {
    const reads = disguised.map(({ text }) => text.replaceAll('delete-stack', 'describe-stacks'));
    fc.assert(fc.property(reads, (text) => {
      if (!text.includes('describe-stacks') || text.includes('delete')) return;
      const found = findInShell(text, withReaders({})).filter((f) => f.mutation === 'destructive');
      assert.deepEqual(found.map((f) => f.operation), [], text);
    }), { numRuns: 500 });
  }).timeout(60_000);
});
