import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCommonYaml } from '../../src/detect/templates/cloudformation/common-yaml';
import { looksLikeTemplate } from '../../src/detect/templates/cloudformation/recognise';
import { readTemplate } from '../../src/detect/templates/cloudformation/template-text';
import { readAnyYaml } from '../../src/detect/templates/cloudformation/yaml-text';

function template(text: string): unknown {
  const read = readTemplate(text);
  assert.ok(read.ok, read.ok ? '' : read.problem.message);
  return read.template;
}

function problemOf(text: string): { message: string; range: { start: number; end: number } } {
  const read = readTemplate(text);
  assert.ok(!read.ok);
  return read.problem;
}

const SAMPLE = `AWSTemplateFormatVersion: 2010-09-09
Description: it's a "sample" # with a comment
Metadata:
  Note: >
    two lines
    make one
  Other: >-
    stripped
Parameters:
  Env: {Type: String, Default: 'prod'}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Both: !And
    - !Condition IsProd
    - !Not [!Condition IsProd]
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      TableName: !Sub '\${AWS::StackName}-table'
      KeySchema:
      - AttributeName: id
        KeyType: HASH
      BillingMode: !If [IsProd, PROVISIONED, PAY_PER_REQUEST]
      Tags:
        - Key: on
          Value: 2012-10-17
        - {Key: "a\\tb", Value: 'it''s'}
      Nothing:
      Flag: yes
      Number: 010
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Arn: !GetAtt [Role, Nested.Arn]
      Code:
        ZipFile: |
          def handler():
            # not a comment

            return "x: y"
      Text: !Join ['-', [a, !Ref Env, "b"]]
      Long: !Sub
        - 'x-\${v}'
        - v: !ImportValue shared
      Az: !Select [0, !GetAZs '']
      Mixed: !Cidr [ "10.0.0.0/16", 2, 8 ]
`;

describe('a CloudFormation template in YAML', () => {
  it('gives short tags in their long form', () => {
    const read = template(SAMPLE) as { Resources: Record<string, { Properties: Record<string, unknown> }>; Conditions: unknown };
    const table = read.Resources['Table']?.Properties;
    const fn = read.Resources['Function']?.Properties;
    assert.deepEqual(read.Conditions, {
      IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
      Both: { 'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Not': [{ Condition: 'IsProd' }] }] },
    });
    assert.deepEqual(table?.['TableName'], { 'Fn::Sub': '${AWS::StackName}-table' });
    assert.deepEqual(table?.['BillingMode'], { 'Fn::If': ['IsProd', 'PROVISIONED', 'PAY_PER_REQUEST'] });
    assert.deepEqual(fn?.['Role'], { 'Fn::GetAtt': ['Role', 'Arn'] });
    assert.deepEqual(fn?.['Arn'], { 'Fn::GetAtt': ['Role', 'Nested.Arn'] });
    assert.deepEqual(fn?.['Text'], { 'Fn::Join': ['-', ['a', { Ref: 'Env' }, 'b']] });
    assert.deepEqual(fn?.['Long'], { 'Fn::Sub': ['x-${v}', { v: { 'Fn::ImportValue': 'shared' } }] });
    assert.deepEqual(fn?.['Az'], { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] });
  });

  it('keeps dates, on, yes and numbers with leading noughts as they are written', () => {
    const read = template(SAMPLE) as { AWSTemplateFormatVersion: unknown; Resources: { Table: { Properties: Record<string, unknown> } } };
    assert.equal(read.AWSTemplateFormatVersion, '2010-09-09');
    const { Tags, Flag, Number: number, Nothing } = read.Resources.Table.Properties;
    assert.deepEqual(Tags, [{ Key: 'on', Value: '2012-10-17' }, { Key: 'a\tb', Value: "it's" }]);
    assert.deepEqual([Flag, number, Nothing], ['yes', '010', null]);
  });

  it('is read by the fast reader, with the answer of the full one', () => {
    const fast = readCommonYaml(SAMPLE);
    assert.ok(fast, 'the sample is common YAML');
    const full = readAnyYaml(SAMPLE);
    assert.ok('data' in full);
    assert.deepEqual(fast.data, full.data);
  });

  it('is never read differently by the fast reader, whatever is done to its text', () => {
    const bits = ['\n', ' ', '  ', ':', ': ', '- ', '-', '#', ' #', '"', "'", '!', '!Ref ', '!Sub', '|', '|-', '>', '[', ']', '{', '}', ',', '&a', '*a', '\t', '\\', '---\n', '...\n', '<<: x\n', '? ', 'a: b', '\r\n', '~', '%', '@', '`', '=', '!If\n'];
    let answered = 0;
    fc.assert(fc.property(
      fc.array(fc.tuple(fc.nat(SAMPLE.length), fc.nat(6), fc.constantFrom(...bits, '')), { minLength: 1, maxLength: 3 }),
      fc.nat(SAMPLE.length - 1), fc.integer({ min: 20, max: 700 }),
      (edits, from, length) => {
        let text = SAMPLE;
        for (const [at, cut, put] of edits) text = text.slice(0, at) + put + text.slice(at + cut);
        const line = text.lastIndexOf('\n', from) + 1;
        for (const piece of [text, text.slice(line, line + length)]) {
          const fast = readCommonYaml(piece);
          if (fast === undefined) continue;
          answered++;
          const full = readAnyYaml(piece);
          assert.ok('data' in full, `the full reader refuses what the fast one takes: ${JSON.stringify(piece)}`);
          assert.deepEqual(fast.data, full.data, JSON.stringify(piece));
        }
      },
    ), { numRuns: 1500, seed: 7 });
    assert.ok(answered > 150, `the fast reader answered ${answered} times`);
  });

  it('tells where resources, properties and attributes stand', () => {
    const read = readTemplate(SAMPLE);
    assert.ok(read.ok);
    const at = (path: (string | number)[]): [string | undefined, string | undefined] => {
      const place = read.find(path);
      return [place?.key && SAMPLE.slice(place.key.start, place.key.end), place && SAMPLE.slice(place.value.start, place.value.end)];
    };
    assert.deepEqual(at(['Resources', 'Table', 'DeletionPolicy']), ['DeletionPolicy', 'Retain']);
    assert.equal(at(['Resources', 'Table'])[0], 'Table');
    assert.deepEqual(at(['Resources', 'Table', 'Properties', 'Tags', 0, 'Value']), ['Value', '2012-10-17']);
    assert.deepEqual(at(['Resources', 'Table', 'Properties', 'BillingMode', 'Fn::If', 1])[1], 'PROVISIONED');
    assert.equal(read.find(['Resources', 'Nobody']), undefined);
  });

  it('counts offsets in UTF-16 units, a byte order mark and emoji included', () => {
    const text = '\uFEFFDescription: "😀"\nResources:\n  A:\n    Type: AWS::SNS::Topic\n';
    const read = readTemplate(text);
    assert.ok(read.ok);
    const key = read.find(['Resources', 'A'])?.key;
    assert.equal(key && text.slice(key.start, key.end), 'A');
  });
});

describe('a template in JSON', () => {
  it('is read with places', () => {
    const text = '{\n "Resources": {"A": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "x"}}}\n}';
    const read = readTemplate(text);
    assert.ok(read.ok);
    const place = read.find(['Resources', 'A', 'Properties', 'TopicName']);
    assert.deepEqual([place?.key && text.slice(place.key.start, place.key.end), place && text.slice(place.value.start, place.value.end)], ['"TopicName"', '"x"']);
  });

  it('names the place of an error', () => {
    const { message, range } = problemOf('{"Resources": {"A": }}');
    assert.match(message, /not valid JSON: value expected/);
    assert.equal(range.start, 20);
  });
});

describe('bad input', () => {
  it('is a problem with a place, never an exception', () => {
    assert.match(problemOf('').message, /empty/);
    assert.match(problemOf('  \n').message, /empty/);
    assert.match(problemOf('Resources:\n  A: [1, 2\n').message, /not valid YAML/);
    assert.ok(problemOf('Resources:\n  A: [1, 2\n').range.start > 10);
    assert.match(problemOf('- a\n- b\n').message, /not a map/);
    assert.match(problemOf('Resources:\n  A: *nobody\n').message, /anchor|alias/i);
    assert.match(problemOf('a'.repeat(9_000_000)).message, /at most 1 MB/);
  });

  it('nested without end is refused quickly', () => {
    for (const text of [`{"a":${'['.repeat(200_000)}`, `a: ${'['.repeat(200_000)}`, `a:\n  ${'- '.repeat(50_000)}x\n`, `${Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\n`]) {
      assert.match(problemOf(text).message, /nested|could not be read|not valid/);
    }
  });

  it('with an alias bomb is refused, with an honest alias is read', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`)].join('\n');
    assert.match(problemOf(bomb).message, /aliases are expanded/);
    assert.deepEqual(template('a: &x {k: v}\nb: *x\n'), { a: { k: 'v' }, b: { k: 'v' } });
  });

  it('with a key twice is read with a warning, the last one counting', () => {
    const read = readTemplate('Resources:\n  A: 1\n  A: 2\n');
    assert.ok(read.ok);
    assert.deepEqual(read.template, { Resources: { A: 2 } });
    assert.match(read.warnings[0]?.message ?? '', /twice/);
  });

  it('cannot reach the prototype', () => {
    template('__proto__:\n  polluted: yes\nResources: {}\n');
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});

describe('recognising a template', () => {
  it('says yes to templates in either format and no to other YAML and JSON', () => {
    assert.ok(looksLikeTemplate(SAMPLE));
    assert.ok(looksLikeTemplate('{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}'));
    assert.ok(looksLikeTemplate('Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n'));
    const others = [
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  Resources: x\n',
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - resources: {}\n',
      'on: [push]\njobs:\n  build:\n    runs-on: ubuntu-latest\n',
      'services:\n  db:\n    image: postgres\n',
      '{"name": "x", "version": "1.0.0", "scripts": {"test": "mocha"}}',
      'Resources:\n  - a\n  - b\n',
      '',
    ];
    for (const text of others) assert.equal(looksLikeTemplate(text), false, text);
  });
});
