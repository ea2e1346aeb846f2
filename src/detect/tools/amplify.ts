import { commandTool } from './cli/command-tool';

/** AWS Amplify CLI, generations 1 and 2 (`ampx`). */
export const amplify = commandTool({
  names: ['amplify', 'ampx'], provider: 'amplify',
  source: 'AWS Amplify documentation, "Amplify CLI command reference" and "CLI commands" of generation 2',
  valued: `--appId --envName --env-name --categories --providers --frontend --amplify --profile --identifier --branch --app-id --out-dir
    --stack -e`,
  flags: '--yes -y --force --restore --iterative-rollback', guards: '--yes -y --force',
  commands: `
    status,console,diagnose,codegen,mock,pull,export,doctor,generate,info | read
    report,env                 | read
    env list,get,checkout      | read
    function build             | read
    sandbox secret list,get    | read
    add,init,configure,import,upgrade,studio,build,notices,login | add
    env add,import,pull,update | add
    hosting add                | add
    sandbox secret set         | add
    push,publish,update,pipeline-deploy,sandbox,override,gen2-migration | plan
    rebuild                    | plan
    delete,uninstall           | destroy data-loss,outage | irreversible
      # The whole backend in the cloud is deleted, in every environment.
    env remove                 | destroy data-loss,outage | irreversible
    sandbox delete             | destroy data-loss,outage | irreversible
    remove                     | change  # It goes with the next amplify push, with its data.
    hosting remove             | change  # It goes with the next amplify push, with its data.
    function remove            | change  # It goes with the next amplify push, with its data.
    api remove                 | change  # It goes with the next amplify push, with its data.
    auth remove                | change  # It goes with the next amplify push, with its data.
    storage remove             | change  # It goes with the next amplify push, with its data.
    sandbox secret remove      | destroy access-loss
    api rebuild                | destroy data-loss,outage  # The tables of the API are deleted and made anew.
  `,
  otherwise: 'verbs',
});
