import path from 'node:path';

import { awsOwn } from '../aws/inputs';
import { valuesOf, type Inputs, type Question } from '../../inputs';

const SAM_CONFIG = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];
/** In this order. Source: aws-sam-cli, samcli/commands/_utils/options.py, get_or_default_template_file_name. */
const SAM_TEMPLATES = [path.join('.aws-sam', 'build', 'template.yaml'), 'template.yaml', 'template.yml', 'template.json'];

/**
 * SAM: its configuration file and the template, also where one that comes before it may appear. Source: AWS SAM developer guide,
 * "AWS SAM CLI configuration file".
 */
export function samInputs(question: Question, found: Inputs): void {
  const words = question.argv.slice(1);
  const named = valuesOf(words, '--config-file');
  const configs = named.length > 0 ? named : SAM_CONFIG;
  for (const file of configs) found.file(file);
  const given = valuesOf(words, '--template-file', '--template', '-t');
  for (const file of given) found.file(file);
  const setting = /^\s*template(?:_file)?\s*[=:]\s*["']?([^"'\n]+?)["']?\s*$/gm;
  const texts = configs.map((file) => found.text(path.resolve(question.cwd, file)) ?? '');
  const configured = texts.flatMap((text) => [...text.matchAll(setting)].map((m) => m[1] ?? ''));
  for (const file of [...configured, ...(given.length === 0 ? SAM_TEMPLATES : [])]) found.file(file);
  for (const value of valuesOf(words, '--parameter-overrides', '--tags')) if (value.startsWith('file://')) found.file(value.slice(7));
  awsOwn(question, found);
}
