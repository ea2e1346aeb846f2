import { commonTool } from './cli/common-tool';

/** BOSH. */
export const bosh = commonTool({
  names: ['bosh'], provider: 'bosh', source: 'BOSH CLI documentation',
  commands: `
    delete-deployment,deld,delete-env,delete-vm,delete-disk,delete-snapshot | destroy data-loss,outage
    delete-snapshots,delete-release,delete-stemcell,clean-up,orphan-disk | destroy data-loss,outage
    delete-config,recreate,cancel-task | destroy data-loss,outage
    stop,restart                       | destroy outage
    deployments,vms,instances,logs,events,tasks,task,releases,stemcells | read
    manifest,ssh,env,int,disks,configs,locks,cloud-config,diff-config | read
    errands,variables,problems         | read
    upload-*,create-env,take-snapshot,attach-disk,create-release,alias-env | add
    log-in,start,run-errand            | add
    deploy,update-*,cck,ignore,unignore,update-config,update-resurrection | change
  `,
});
