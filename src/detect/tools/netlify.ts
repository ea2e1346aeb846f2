import { commonTool } from './cli/common-tool';

/** The Netlify CLI. */
export const netlify = commonTool({
  names: ['netlify', 'ntl'], provider: 'netlify', source: 'Netlify CLI command reference',
  commands: `
    sites:delete,site:delete,blobs:delete,blob:delete,addons:delete | destroy data-loss,outage
    api deleteSite                  | destroy data-loss,outage
    env:unset                       | destroy access-loss
    status,status:hooks,sites:list,open,open:admin,open:site,login,logout | read
    watch,env:list,env:get,functions:list,dev,build,link,unlink,switch,logs | read
    logs:function,logs:deploy,recipes,addons:list,blobs:get,blobs:list | read
    completion,serve,teams:list,api | read
    api listSites                   | read
    deploy,init,sites:create,env:set,env:import,functions:create | add
    addons:create,blobs:set,env:clone,clone,db,integration:deploy,create | add
  `,
});
