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
