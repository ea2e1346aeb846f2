// How long an offline prediction takes, reading both templates included.
import { marks, predict } from '../src/detect/templates/cloudformation';

/** A YAML template of `count` ordinary resources; `version` changes a tenth of them. */
export function growingTemplate(count: number, version: string): string {
  const parts = ["AWSTemplateFormatVersion: '2010-09-09'", 'Parameters:', '  Env:', '    Type: String', '    Default: prod', 'Resources:'];
  for (let i = 0; i < count; i++) {
    parts.push(
      `  Table${i}:`, '    Type: AWS::DynamoDB::Table', '    DeletionPolicy: Retain', '    Properties:',
      `      TableName: !Sub '\${AWS::StackName}-\${Env}-${i}${i % 10 === 0 ? version : ''}'`,
      '      BillingMode: PAY_PER_REQUEST', '      KeySchema:', '        - AttributeName: id', '          KeyType: HASH',
      '      Tags:', '        - Key: Owner', `          Value: ${i === 0 ? 'team' : `!Ref Table${i - 1}`} # who to ask`,
    );
  }
  return `${parts.join('\n')}\n`;
}

/** A chain of topics, each naming itself after the one before it. */
export function referenceChain(count: number, version: string): string {
  const parts = ['Resources:'];
  for (let i = 0; i < count; i++) {
    parts.push(`  T${i}:`, '    Type: AWS::SNS::Topic', '    Properties:', `      DisplayName: ${i === 0 ? version : `!GetAtt T${i - 1}.DisplayName`}`);
  }
  return `${parts.join('\n')}\n`;
}

function median(run: () => unknown, times: number): string {
  const taken = Array.from({ length: times }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return `${(taken[times >> 1] ?? 0).toFixed(1)} ms`;
}

function print(): void {
  const rows = [10, 100, 500, 1000, 5000].map((count) => [`${count} resources`, growingTemplate(count, 'a'), growingTemplate(count, 'b')] as const);
  console.log('Offline prediction, both templates read from YAML (median; the first run reads the tables too):');
  for (const [name, before, after] of [...rows, ['a chain 500 deep', referenceChain(500, 'a'), referenceChain(500, 'b')] as const]) {
    console.log(`  ${name.padEnd(18)} ${median(() => predict({ template: before }, { template: after }), 5).padStart(10)}   marks ${median(() => marks(before, after), 3).padStart(10)}`);
  }
}

if (require.main === module) print();
