import { commonTool } from './cli/common-tool';

/** The Cloud Foundry CLI. */
export const cloudfoundry = commonTool({
  names: ['cf'], provider: 'cloudfoundry', source: 'Cloud Foundry CLI reference guide',
  commands: `
    delete,d,delete-org,delete-space,delete-service,ds      | destroy data-loss,outage
    purge-service-instance,purge-service-offering,delete-orphaned-routes | destroy data-loss,outage
    delete-route,delete-domain,delete-service-broker,delete-buildpack | destroy data-loss,outage
    delete-quota,delete-security-group,delete-shared-domain | destroy data-loss,outage
    delete-private-domain,delete-space-quota,delete-task    | destroy data-loss,outage
    delete-user,delete-service-key,dsk,unset-org-role,unset-space-role | destroy access-loss
    unbind-security-group,unbind-service,us,unshare-service | destroy access-loss
    disable-service-access                                  | destroy access-loss
    stop,sp,restart,rs,restage,rg,unmap-route,restart-app-instance | destroy outage
    cancel-deployment,terminate-task,unbind-route-service   | destroy outage
    remove-network-policy                                   | destroy outage
    apps,a,app,services,s,service,logs,events,env,e,login,target,t,orgs,o | read
    spaces,org,space,routes,r,domains,marketplace,m,buildpacks,stacks,ssh | read
    api,auth,logout,oauth-token,service-keys,service-key,passwd,quotas,curl | read
    plugins,space-users,org-users,tasks,version,files,network-policies,help | read
    config                                                  | read
    push,p,create-*,map-route,bind-service,bs,start,st,run-task,rt | add
    share-service,set-org-role,set-space-role,add-network-policy | add
    install-plugin,cs,csk                                   | add
    scale,update-*,rename,set-env,se,unset-env,v3-*,apply-manifest | change
    enable-ssh,rollback,copy-source,update-service,allow-space-ssh | change
    set-health-check,uninstall-plugin                       | change
  `,
});
