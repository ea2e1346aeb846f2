import { commonTool } from './cli/common-tool';

/** Juju. */
export const juju = commonTool({
  names: ['juju'], provider: 'juju', source: 'Juju documentation, "juju CLI commands"',
  commands: `
    destroy-model,destroy-controller,kill-controller,remove-application | destroy data-loss,outage
    remove-unit,remove-machine,remove-storage,remove-saas,remove-cloud | destroy data-loss,outage
    remove-credential,detach-storage,remove-relation,remove-offer | destroy data-loss,outage
    remove-space,unregister,remove-user,remove-backup,restore-backup | destroy data-loss,outage
    remove-secret,revoke,disable-user,remove-ssh-key,remove-k8s | destroy data-loss,outage
    status,models,controllers,whoami,show-*,debug-log,machines,list-*,ssh | read
    clouds,credentials,switch,users,offers,spaces,storage,export-bundle,find | read
    info,help                           | read
    deploy,add-*,bootstrap,create-*,integrate,relate,attach-storage,grant | add
    login,import-*,offer,consume,expose | add
    upgrade-*,refresh,config,run,exec,scale-application,resolved,unexpose | change
    set-*,bind,update-*,migrate,trust,model-config,suspend-relation,enable-* | change
    disable-commands                    | change
  `,
});
