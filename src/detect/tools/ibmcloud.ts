import { commandTool } from './cli/command-tool';

/** IBM Cloud CLI. */
export const ibmcloud = commandTool({
  names: ['ibmcloud', 'ic', 'bx'], provider: 'ibmcloud', source: 'IBM Cloud Docs, "IBM Cloud CLI" command references',
  valued: `-r -g -u -p -a -c -q --apikey --cluster -n --name --output --instance-id --guid --zone --worker --worker-pool --flavor
    --bucket --key --region --endpoint --location --version --kube-version --profile --image --vpc --subnet`,
  flags: '-f --force -y --yes --recursive --force-delete-storage -s', guards: '-f --force -y --yes --force-delete-storage',
  where: { region: '-r', group: '-g', account: '-c' },
  commands: `
    target,login,logout,api,config,plugin,regions,catalog,billing,cdb,sl,dev | read
    update,version                                          | read
    plugin list,show,repos                                  | read
    account list,show,users                                 | read
    resource groups,service-instances,service-instance,search | read
    iam users,roles,oauth-tokens                            | read
    ks clusters                                             | read
    ks cluster get,ls,config                                | read
    oc cluster ls,get,config                                | read
    ks worker ls,get                                        | read
    cr images,namespaces,login,info,quota                   | read
    is instances,instance,vpcs,vpc,volumes,subnets,images,floating-ips | read
    cos list-objects,list-buckets,head-object,get-object,objects,buckets | read
    cos config,download,head-bucket                         | read
    ce application list,get,logs                            | read
    ce project list,get,current,select                      | read
    schematics workspace list,get,output                    | read
    schematics plan,logs                                    | read
    plugin install,update                                   | add
    cos create-bucket,put-object,upload,bucket-create,object-put | add
    is instance-create                                      | add
    cr build,namespace-add                                  | add
    plugin uninstall                                        | change
    cos bucket-cors-put                                     | change
    schematics apply                                        | plan
    schematics destroy                                      | destroy data-loss,outage
    schematics workspace delete +--destroy-resources,-d     | destroy data-loss,outage
    ks cluster rm                                           | destroy data-loss,outage
      # The cluster is deleted; with --force-delete-storage also its volumes.
    oc cluster rm                                           | destroy data-loss,outage
      # The cluster is deleted; with --force-delete-storage also its volumes.
    ks cluster master refresh                               | destroy data-loss,outage
      # The cluster is deleted; with --force-delete-storage also its volumes.
    ks worker rm,reboot,reload,replace,update               | destroy outage
    ks worker-pool rm,resize                                | destroy outage
    ks zone rm                                              | destroy outage
    ks alb configure                                        | destroy outage
    oc worker rm,reboot,reload,replace                      | destroy outage
    ks cluster master update                                | destroy outage
    is instance-delete,vpc-delete                           | destroy data-loss,outage
    is instance-stop,instance-reboot                        | destroy outage
    cf delete,stop,restart,restage                          | destroy outage
    ce application delete                                   | destroy outage
    cos bucket-delete,delete-bucket,object-delete,delete-object | destroy data-loss
    cos objects-delete,delete-objects                       | destroy data-loss
    resource service-instance-delete,reclamation-delete     | destroy data-loss
    resource service-key-delete                             | destroy access-loss
    iam api-key-delete,service-id-delete,user-policy-delete | destroy access-loss
    iam access-group-delete,service-policy-delete,api-key-lock | destroy access-loss
    account user-remove                                     | destroy access-loss
    resource reclamation-restore                            | change
  `,
  otherwise: 'verbs',
});
