import { commandTool } from './cli/command-tool';

/** AWS Elastic Beanstalk CLI. */
export const eb = commandTool({
  names: ['eb'], provider: 'elasticbeanstalk', source: 'AWS Elastic Beanstalk Developer Guide, "EB CLI command reference"',
  valued: `--region -r --profile --timeout --application -a --label -l --message -m --environment -e --instance -i --instance_type
    --cname -c --platform -p --tier -t --cfg --scale --keyname -k --version --process --envvars --tags --source --size --command
    --custom --cmd`,
  flags: '--force --all --noverify --no-verify-ssl --nohang --purge --staged --delete-source-config',
  guards: '--force --ignore-health', where: { profile: '--profile AWS_PROFILE', region: '--region -r' },
  commands: `
    status,health,events,logs,list,console,open,printenv,appversion,use | read
    platform list,show,status,logs,events,use,select   | read
    config list,get                                    | read
    tags --list                                        | read
    migrate explore                                    | read
    appversion !--delete                               | read
    tags                                               | read
    init,create,clone,local,migrate                    | add
    config save,put                                    | add
    platform create                                    | add
    appversion --create                                | add
    local run,open,printenv,setenv,status,logs         | add
    setenv,scale,config,deploy,codesource,upgrade,labs | change
    platform workspace                                 | change
    terminate                                          | destroy data-loss,outage
      | recoverable: eb restore within 42 days, without the data  # The environment and the RDS database inside it are deleted.
    terminate +--all                                   | destroy data-loss,outage
      # The application with all its environments and versions is deleted.
    restart,abort,swap                                 | destroy outage  # Requests go elsewhere, or stop for a while.
    platform delete                                    | destroy outage,replacement
    appversion +--delete,-d                            | destroy data-loss
    restore                                            | change
    config delete                                      | destroy data-loss
    ssh                                                | runs
  `,
  otherwise: 'verbs', runsText: '--command -c',
});
