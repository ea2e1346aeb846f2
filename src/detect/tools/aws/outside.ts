import type { Outside } from '../../outside';

/**
 * What changes the meaning of the AWS CLI's words: awscli/alias.py (an alias shadows a command); awscli/autoprompt/core.py of version 2;
 * botocore/loaders.py (CUSTOMER_DATA_PATH `~/.aws/models` is searched before botocore's own data, as are AWS_DATA_PATH and `data_path`);
 * awscli/clidriver.py and plugin.py (every module in the section `plugins` is loaded and may change any command).
 */
export const awsOutside: Outside = {
  variables: ['AWS_CLI_AUTO_PROMPT', 'AWS_DATA_PATH'],
  places: [{ path: ['.aws', 'cli', 'alias'], kind: 'file' }, { path: ['.aws', 'models'], kind: 'folder' }],
  settings: [{ variable: 'AWS_CONFIG_FILE', path: ['.aws', 'config'] }, { variable: 'AWS_SHARED_CREDENTIALS_FILE', path: ['.aws', 'credentials'] }],
  keys: ['cli_auto_prompt', 'data_path'],
  sections: ['plugins'],
};
