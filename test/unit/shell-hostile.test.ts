import assert from 'node:assert/strict';
import fc from 'fast-check';

import { findInShell } from '../../src/detect/languages/shell';
import { withReaders } from '../../src/detect/readers';

const D = 'aws cloudformation delete-stack --stack-name payments-prod';
const held = (text: string): string[] => findInShell(text, withReaders({})).filter((f) => f.mutation !== 'none').map((f) => f.operation);

/** Texts made to exhaust, each with a command that must not get lost. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a line of a megabyte': `echo ${'x '.repeat(5e5)}; ${D}`,
  'a word of ten megabytes': `echo ${'x'.repeat(1e7)}; ${D}`,
  'a million open parentheses': `${'('.repeat(1e6)}${D}`,
  'subshells 5,000 deep': `${'( '.repeat(5000)}${D}${' )'.repeat(5000)}`,
  'substitutions 2,000 deep': `${'$('.repeat(2000)}${D}${')'.repeat(2000)}`,
  'conditions 3,000 deep': `${'if true; then '.repeat(3000)}${D}${'; fi'.repeat(3000)}`,
  'eval 3,000 times over': `${'eval '.repeat(3000)}${D}`,
  'wrappers 5,000 times over': `${'env '.repeat(5000)}${D}`,
  'defaults in defaults': `${'${x:-'.repeat(2000)}a${'}'.repeat(2000)}; ${D}`,
  'a bomb of braces': `echo ${'{a,b}'.repeat(40)} {1..1000000000}; ${D}`,
  'a value that doubles sixty times': `x=aaaaaaaa\n${'x=$x$x\n'.repeat(60)}$x; ${D}`,
  'thirty variables of two values': `${Array.from({ length: 30 }, (_, i) => `[ $r ] && v${i}=1 || v${i}=2`).join('\n')}\necho ${Array.from({ length: 30 }, (_, i) => `$v${i}`).join('')} > f; ${D}`,
  'loops in loops': `${'for a in 1 2 3 4 5 6 7 8; do '.repeat(12)}x=$a$x; ${'done; '.repeat(12)}${D}`,
  'functions that call each other': `f() { f "$@" x; g "$@"; }; g() { f "$@"; g; }; f a; ${D}`,
  'a tree of calls': `${Array.from({ length: 40 }, (_, i) => `f${i}() { f${i + 1} a; f${i + 1} b; f${i + 1} c; }`).join('\n')}\nf40() { ${D}; }\nf0`,
  'lists of 20,000': `true${' && true'.repeat(20000)}${' || true'.repeat(20000)} && ${D}`,
  'pipelines of 5,000': `echo a${' | cat'.repeat(5000)}; ${D}`,
  'a file appended to 10,000 times': `${'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >> f\n'.repeat(10000)}echo '${D}' >> f; sh f`,
  'a hundred thousand backticks': `${'`'.repeat(100001)}${D}`,
  'a megabyte of NUL': `${'\0'.repeat(1e6)}${D}`,
  'lone surrogates': `${'\ud800'.repeat(1000)} ; ${D}`,
  'a pattern that backtracks': `x='${'a'.repeat(4000)}'; : \${x//a*a*a*a*b/} \${x##*a*a*a*a*b}; ${D}`,
  'a width of a hundred million': `printf '%99999999d' 1 > f; ${D}`,
  'the characters that stand for gaps': `x=\uFDD0; \uFDD1; ${D}`,
};

describe('a megabyte of ordinary script', () => {
  it('is followed to its end', () => {
    const block = (i: number): string => `
# Builds service ${i}
SERVICE="service-${i}"
DIR="\${BUILD_ROOT:-/tmp/build}/$SERVICE"
log_${i}() { echo "[$(date +%T)] $*" >&2; }
if [ ! -d "$DIR" ]; then mkdir -p "$DIR"; log_${i} "created $DIR"; fi
for f in src/*.js; do [ -f "$f" ] || continue; cp "$f" "$DIR/$(basename "$f")"; done
case "\${MODE:-dev}" in
  dev) docker build -t "app:$SERVICE" --build-arg V="$(git rev-parse HEAD)" . ;;
  *) echo "unknown" ;;
esac
cat > "$DIR/config.json" <<EOF
{ "service": "$SERVICE" }
EOF
aws s3 ls "s3://bucket-$SERVICE" | awk '{print $4}' | sort > "$DIR/list.txt"
`;
    const text = Array.from({ length: 1900 }, (_, i) => block(i)).join('') + D;
    assert.ok(text.length > 1e6);
    const found = findInShell(text, withReaders({}));
    assert.deepEqual(found.filter((f) => f.mutation === 'destructive' || f.mutation === 'unknown').map((f) => f.operation), ['cloudformation:DeleteStack']);
  }).timeout(60_000);
});

describe('a hostile text', () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    it(`hides nothing and ends: ${name}`, () => {
      const found = held(text);
      assert.ok(found.some((o) => o === 'cloudformation:DeleteStack' || o.startsWith('shell:')), found.join(', ') || 'nothing was found');
    }).timeout(60_000);
  }

  it('of random characters never throws', () => {
    const token = fc.constantFrom('aws', ' ', ';', '$', '(', ')', '{', '}', '"', "'", '`', '\\', '\n', '|', '&', '<', '>', '<<E', 'E', 'if', 'then', 'fi', 'for', 'do', 'done', 'x=', '${', ':-', '[[', ']]', '((', '))', 'case', 'esac', 'eval', 'bash -c', '*', '~', '#', '!', '\0', '\r\n', '\ud800', '$x', '"$@"');
    fc.assert(fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
      findInShell(tokens.join(''), withReaders({}));
      findInShell(tokens.join(' '), withReaders({}));
    }), { numRuns: 1500 });
  }).timeout(60_000);

  it('that is cut off anywhere is still known or held, once the verb is in it', () => {
    const text = `set -e\nfor s in a b; do\n  if [ -n "$s" ]; then\n    bash -c "${D}-$s"\n  fi\ndone\n`;
    const from = text.indexOf('delete-stack') + 'delete-stack --stack-name'.length;
    for (let end = from; end <= text.length; end++) assert.ok(held(text.slice(0, end)).length > 0, JSON.stringify(text.slice(0, end)));
  });
});
