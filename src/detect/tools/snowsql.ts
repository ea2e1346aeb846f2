import { sqlClient } from './cli/sql-client';

/** SnowSQL and the Snowflake CLI's `snow sql`. */
export const snowsql = sqlClient({
  names: ['snowsql'], provider: 'snowflake', source: 'Snowflake documentation, "SnowSQL reference"',
  valued: `-a --accountname -u --username -d --dbname -s --schemaname -r --rolename -w --warehouse -h --host -p --port --region -m
    --mfa-passcode --authenticator -c --connection --config -o --options -D --variable --private-key-path`,
  flags: '--noup --mfa-prompt --abort-detached-query', sql: '-q --query', files: '-f --filename',
  where: { account: '-a --accountname', database: '-d --dbname', schema: '-s --schemaname' }, dialects: ['snowflake'],
  commands: 'snowsql',
});
