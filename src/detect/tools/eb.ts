import { commandTool } from './cli/command-tool';

/** AWS Elastic Beanstalk CLI. */
export const eb = commandTool({
names: ['eb'], provider: 'elasticbeanstalk', source: 'AWS Elastic Beanstalk Developer Guide, "EB CLI command reference"',
  valued: '--region -r --profile --timeout --application -a --label -l --message -m --environment -e --instance -i --instance_type --cname -c --platform -p --tier -t --cfg --scale --keyname -k --version --process --envvars --tags --source --size --command --custom --cmd',
  flags: '--force --all --noverify --no-verify-ssl --nohang --purge --staged --delete-source-config', guards: '--force --ignore-health', where: { profile: '--profile AWS_PROFILE', region: '--region -r' },
  commands: `
read status; health; events; logs; list; console; open; printenv; platform list|show|status|logs|events; appversion; config list|get; tags --list; labs; use; platform use|select; migrate explore; printenv
read appversion !--delete; tags
add init; create; clone; config save|put; platform create; appversion --create; local; local run|open|printenv|setenv|status|logs; migrate
mod setenv; scale; config; deploy; codesource; upgrade; labs; platform workspace
kill:data,out terminate ~recover eb restore within 42 days, without the data # The environment and the RDS database inside it are deleted.
kill:data,out terminate +--all # The application with all its environments and versions is deleted.
kill:out restart; abort; swap # Requests go elsewhere, or stop for a while.
kill:out,repl platform delete
kill:data appversion +--delete|-d
mod restore
kill:data config delete
runs ssh`,
  otherwise: 'verbs', runsText: '--command -c',
});
