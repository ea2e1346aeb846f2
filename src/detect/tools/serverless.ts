import { commandTool } from './cli/command-tool';

/** Serverless Framework and its compatible fork. */
export const serverless = commandTool({
names: ['serverless', 'sls', 'osls', 'slss'], provider: 'serverless', source: 'Serverless Framework documentation, "CLI Reference" of the AWS provider',
  valued: '--stage -s --region -r --config -c --function -f --package -p --aws-profile --path --data -d --timestamp -t --name -n --template --org --app --param --type --log --startTime --filter --interval -i --runtime --function-version -v --qualifier -q --template-url -u --template-path',
  flags: '--force --verbose --aws-s3-accelerate --conceal --noDeploy', guards: '--force', where: { stage: '--stage -s', region: '--region -r', profile: '--aws-profile AWS_PROFILE' },
  commands: `
read package; info; print; logs; metrics; deploy list; deploy list functions; invoke local; plugin list|search; doctor; config; generate-event; test; dev; output; output get|list; param list|get; studio; slstats; support; diff; offline; offline start
add create; install; plugin install; login; logout; config credentials; config tabcompletion; config credentials; upgrade; update
mod plugin uninstall
plan deploy; deploy function
ask invoke # It calls a deployed function, which may do anything.
mod rollback; rollback function; prune
kill:data prune +-n|--number # Old versions of the functions are deleted.
kill:data,out remove ~gone # The service's stack is deleted, with its tables and buckets.
kill:data,out state`,
  otherwise: 'verbs',
});
