import { field, type Field } from './text';

/**
 * Packages whose command has another name than the package. Source: the `bin` of their package.json, the console scripts of their
 * distributions on PyPI.
 */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['aws-cdk', 'cdk'], ['cdktf-cli', 'cdktf'], ['firebase-tools', 'firebase'], ['netlify-cli', 'netlify'], ['sequelize-cli', 'sequelize'], ['@railway/cli', 'railway'], ['@aws-amplify/cli', 'amplify'],
  ['@google/clasp', 'clasp'], ['@cloudflare/wrangler', 'wrangler'], ['@neondatabase/cli', 'neonctl'], ['@planetscale/cli', 'pscale'], ['@ionic/cli', 'ionic'], ['@heroku/cli', 'heroku'],
  ['awscli', 'aws'], ['awscliv2', 'aws'], ['azure-cli', 'az'], ['aws-sam-cli', 'sam'], ['ansible-core', 'ansible'], ['linode-cli', 'linode-cli'], ['ibm-cloud-cli', 'ibmcloud'], ['snowflake-cli', 'snow'], ['apache-airflow', 'airflow'], ['awsebcli', 'eb'],
]);

/** What a package runner calls the command of a package: `aws-cdk@latest` is `cdk`, `awscli==1.32` is `aws`. Source: npm, "package specifier"; PEP 508. */
function commandOfPackage(text: string): string {
  const plain = text.replace(/^npm:/, '');
  const name = /^(@[^/@]+\/[^@]+|[^@=<>~!;[\]\s]+)/.exec(plain)?.[1] ?? plain;
  return COMMANDS.get(name) ?? (name.startsWith('@') ? name.replace(/^.*\//, '') : name);
}

/** The words behind a package runner, the first one as the command that its package brings. */
export function packageWords(words: readonly Field[]): readonly Field[] {
  const [head, ...rest] = words;
  if (!head) return words;
  const name = commandOfPackage(head.text);
  return name === head.text ? words : [field(name, head.range, head.raw), ...rest];
}
