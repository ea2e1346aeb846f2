import { commonTool } from './cli/common-tool';

/** govc, for vSphere. */
export const vsphere = commonTool({
  names: ['govc'], provider: 'vsphere', source: 'govc USAGE',
  commands: `
    vm.destroy,object.destroy,datastore.rm,snapshot.remove,snapshot.revert | destroy data-loss,outage
    pool.destroy,vm.unregister,host.remove,cluster.rule.remove,vapp.destroy | destroy data-loss,outage
    folder.rm,library.rm,tags.rm,role.remove,permissions.remove | destroy data-loss,outage
    dvs.portgroup.remove,datastore.remove,disk.rm,namespace.cluster.disable | destroy data-loss,outage
    namespace.rm                                      | destroy data-loss,outage
    vm.power,host.maintenance.enter,host.shutdown,host.disconnect | destroy outage
    device.disconnect,vm.network.change,device.remove | destroy outage
    about,find,ls,*.info,vm.info,host.info,datastore.info,env,version,tree | read
    events,tasks,logs,vm.ip,object.collect,license.ls,session.ls | read
  `,
});
