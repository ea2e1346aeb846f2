import { commandTool } from './cli/command-tool';

/** doctl, for DigitalOcean. */
export const doctl = commandTool({
  names: ['doctl'], provider: 'digitalocean', source: 'DigitalOcean documentation, "doctl Command Line Reference"',
  valued: `--access-token -t --api-url -u --config -c --context --output -o --http-retry-max --format --tag-name --region --size --image
    --ssh-keys --user-data --vpc-uuid --droplet-ids --droplet-id --cluster --node-pool --count --name --type --volumes --record-id
    --record-type --record-name --record-data --project --resource --engine --num-nodes --version --wait-timeout --user --database
    --interactive --ssh-user --ssh-key-path --ssh-command --ssh-port`,
  flags: '--force -f --wait --dangerous', guards: '--force -f --dangerous', where: { context: '--context', project: '--project' },
  commands: `
    auth,account,balance,billing-history,invoice,version,completion,sandbox | read
    auth *                                                  | read
    compute ssh,action,region,size                          | read
    apps console,spec,propose                               | read
    serverless activations,connect,status,watch             | read
    kubernetes cluster kubeconfig                           | read
    kubernetes,k8s,k cluster kubeconfig save,show,remove,exec-credential | read
    registry login,logout,docker-config,kubernetes-manifest | read
    databases connection,options                            | read
    kubernetes options                                      | read
    compute droplet actions,backups,kernels,neighbors,snapshots | read
    monitoring uptime list,get                              | read
    1-click list                                            | read
    compute cdn list                                        | read
    serverless init,install                                 | add
    projects resources assign                               | add
    apps dev,create-deployment                              | add
    serverless deploy                                       | change
    apps update,upgrade-buildpack                           | change
    registry garbage-collection                             | change
    compute droplet-action rename,resize,enable-ipv6        | change
    compute droplet-action enable-private-networking,snapshot,enable-backups | change
    compute droplet-action power-on                         | change
    compute volume-action attach,resize                     | change
    kubernetes,k8s,k cluster delete,d,rm                    | destroy data-loss,outage | irreversible
      # The cluster is deleted; with --dangerous also its volumes, snapshots and load balancers.
    kubernetes,k8s,k cluster delete-selective,ds            | destroy data-loss,outage | irreversible
    kubernetes,k8s,k cluster node-pool delete,delete-node,replace-node | destroy outage
    kubernetes,k8s,k cluster node-pool recycle              | destroy outage
    compute droplet delete,d,del,rm                         | destroy data-loss,outage
      | recoverable: only from a snapshot that was taken before  # The droplet and its disk are deleted.
    compute droplet-action power-off,shutdown,reboot,power-cycle | destroy outage
    compute droplet-action password-reset                   | destroy outage
    compute droplet-action rebuild,restore                  | destroy data-loss,outage  # Its disk is overwritten.
    compute droplet-action disable-backups                  | destroy guard-removal
    databases,db,database,dbs,d delete,rm                   | destroy data-loss | irreversible
      # The database cluster and its backups are deleted.
    databases db delete,rm                                  | destroy data-loss
    databases pool delete,rm                                | destroy data-loss
    databases topics delete,rm                              | destroy data-loss
    databases index delete,rm                               | destroy data-loss
    databases indexes delete,rm                             | destroy data-loss
    db db delete,rm                                         | destroy data-loss
    db pool delete,rm                                       | destroy data-loss
    db topics delete,rm                                     | destroy data-loss
    db index delete,rm                                      | destroy data-loss
    db indexes delete,rm                                    | destroy data-loss
    database db delete,rm                                   | destroy data-loss
    database pool delete,rm                                 | destroy data-loss
    database topics delete,rm                               | destroy data-loss
    database index delete,rm                                | destroy data-loss
    database indexes delete,rm                              | destroy data-loss
    dbs db delete,rm                                        | destroy data-loss
    dbs pool delete,rm                                      | destroy data-loss
    dbs topics delete,rm                                    | destroy data-loss
    dbs index delete,rm                                     | destroy data-loss
    dbs indexes delete,rm                                   | destroy data-loss
    d db delete,rm                                          | destroy data-loss
    d pool delete,rm                                        | destroy data-loss
    d topics delete,rm                                      | destroy data-loss
    d index delete,rm                                       | destroy data-loss
    d indexes delete,rm                                     | destroy data-loss
    databases,db,database,dbs,d user delete,rm,reset        | destroy access-loss
    databases firewalls remove,replace                      | destroy access-loss
    databases,db,database,dbs,d migrate,resize              | destroy outage
    databases,db,database,dbs,d maintenance-window,update   | change
    registry,reg,r delete,d,del,rm                          | destroy data-loss
    registry repository,repo,r delete,delete-tag,dt,delete-manifest,dm | destroy data-loss
    registry garbage-collection start,gc                    | destroy data-loss | irreversible
    compute domain delete,rm,d                              | destroy outage,identity-loss
    compute domain records delete,rm,d                      | destroy outage,identity-loss
    compute reserved-ip,floating-ip delete                  | destroy identity-loss
    compute reserved-ip-action,floating-ip-action unassign  | destroy identity-loss
    compute cdn flush,delete                                | destroy identity-loss
    compute load-balancer,lb remove-droplets,remove-forwarding-rules | destroy outage
    compute load-balancer,lb purge-cache,delete             | destroy outage
    compute firewall delete,remove-droplets,remove-rules,remove-tags | destroy guard-removal
    compute certificate                                     | change
    compute ssh-key update                                  | change
    serverless functions                                    | runs
  `,
  otherwise: 'verbs', runsText: '--ssh-command',
});
