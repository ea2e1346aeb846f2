import { commandTool } from './cli/command-tool';

/** AWS Amplify CLI, generations 1 and 2 (`ampx`). */
export const amplify = commandTool({
names: ['amplify', 'ampx'], provider: 'amplify', source: 'AWS Amplify documentation, "Amplify CLI command reference" and "CLI commands" of generation 2',
  valued: '--appId --envName --env-name --categories --providers --frontend --amplify --profile --identifier --branch --app-id --out-dir --stack -e',
  flags: '--yes -y --force --restore --iterative-rollback', guards: '--yes -y --force',
  commands: `
read status; env list|get|checkout; console; diagnose; codegen; mock; pull; export; doctor; generate; info; function build; report; sandbox secret list|get; env
add add; init; configure; import; env add|import|pull; hosting add; upgrade; studio; build; env update; sandbox secret set; notices; login
plan push; publish; update; pipeline-deploy; sandbox; override; gen2-migration; rebuild
kill:data,out delete; uninstall ~gone # The whole backend in the cloud is deleted, in every environment.
kill:data,out env remove; sandbox delete ~gone
mod remove; hosting remove; function remove; api remove; auth remove; storage remove # It goes with the next amplify push, with its data.
kill:access sandbox secret remove
kill:data,out api rebuild # The tables of the API are deleted and made anew.`,
  otherwise: 'verbs',
});
