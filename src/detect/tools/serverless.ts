import { commandTool } from './cli/command-tool';

/** Serverless Framework and its compatible fork. */
export const serverless = commandTool({
  names: ['serverless', 'sls', 'osls', 'slss'], provider: 'serverless',
  source: 'Serverless Framework documentation, "CLI Reference" of the AWS provider',
  valued: `--stage -s --region -r --config -c --function -f --package -p --aws-profile --path --data -d --timestamp -t --name -n
    --template --org --app --param --type --log --startTime --filter --interval -i --runtime --function-version -v --qualifier -q
    --template-url -u --template-path`,
  flags: '--force --verbose --aws-s3-accelerate --conceal --noDeploy', guards: '--force',
  where: { stage: '--stage -s', region: '--region -r', profile: '--aws-profile AWS_PROFILE' },
  commands: `
    package,info,print,logs,metrics,doctor,config,generate-event,test,dev | read
    output,studio,slstats,support,diff,offline | read
    deploy list                                | read
    deploy list functions                      | read
    invoke local                               | read
    plugin list,search                         | read
    output get,list                            | read
    param list,get                             | read
    offline start                              | read
    create,install,login,logout,upgrade,update | add
    plugin install                             | add
    config credentials,tabcompletion           | add
    plugin uninstall                           | change
    deploy                                     | plan
    deploy function                            | plan
    invoke                                     | ask  # It calls a deployed function, which may do anything.
    rollback,prune                             | change
    rollback function                          | change
    prune +-n,--number                         | destroy data-loss  # Old versions of the functions are deleted.
    remove                                     | destroy data-loss,outage | irreversible
      # The service's stack is deleted, with its tables and buckets.
    state                                      | destroy data-loss,outage
  `,
  otherwise: 'verbs',
});
