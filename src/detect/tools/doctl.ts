import { commandTool } from './cli/command-tool';

/** doctl, for DigitalOcean. */
export const doctl = commandTool({
names: ['doctl'], provider: 'digitalocean', source: 'DigitalOcean documentation, "doctl Command Line Reference"',
  valued: '--access-token -t --api-url -u --config -c --context --output -o --http-retry-max --format --tag-name --region --size --image --ssh-keys --user-data --vpc-uuid --droplet-ids --droplet-id --cluster --node-pool --count --name --type --volumes --record-id --record-type --record-name --record-data --project --resource --engine --num-nodes --version --wait-timeout --user --database --interactive --ssh-user --ssh-key-path --ssh-command --ssh-port',
  flags: '--force -f --wait --dangerous', guards: '--force -f --dangerous', where: { context: '--context', project: '--project' },
  commands: `
read auth; auth *; account; balance; billing-history; invoice; version; completion; compute ssh; apps console; serverless activations; serverless connect; kubernetes cluster kubeconfig; kubernetes|k8s|k cluster kubeconfig save|show|remove|exec-credential; registry login|logout|docker-config|kubernetes-manifest; serverless status|watch; databases connection; kubernetes options; compute droplet actions|backups|kernels|neighbors|snapshots; compute action; compute region; compute size; apps spec; databases options; monitoring uptime list|get; sandbox; 1-click list; apps propose; compute cdn list
add serverless init|install; projects resources assign; apps dev; apps create-deployment
mod serverless deploy; apps update; registry garbage-collection; apps upgrade-buildpack; compute droplet-action rename|resize|enable-ipv6|enable-private-networking|snapshot|enable-backups|power-on; compute volume-action attach|resize
kill:data,out kubernetes|k8s|k cluster delete|d|rm ~gone # The cluster is deleted; with --dangerous also its volumes, snapshots and load balancers.
kill:data,out kubernetes|k8s|k cluster delete-selective|ds ~gone
kill:out kubernetes|k8s|k cluster node-pool delete|delete-node|replace-node|recycle
kill:data,out compute droplet delete|d|del|rm ~recover only from a snapshot that was taken before # The droplet and its disk are deleted.
kill:out compute droplet-action power-off|shutdown|reboot|power-cycle|password-reset|restore|rebuild|disable-backups
kill:data,out compute droplet-action rebuild|restore # Its disk is overwritten.
kill:guard compute droplet-action disable-backups
kill:data databases|db|database|dbs|d delete|rm ~gone # The database cluster and its backups are deleted.
kill:data databases|db|database|dbs|d db|user|pool|topics|index|indexes delete|rm
kill:access databases|db|database|dbs|d user delete|rm|reset; databases firewalls remove|replace
kill:out databases|db|database|dbs|d migrate|resize
mod databases|db|database|dbs|d resize|migrate|maintenance-window|update
kill:data registry|reg|r delete|d|del|rm; registry repository|repo|r delete|delete-tag|dt|delete-manifest|dm
kill:data registry garbage-collection start|gc ~gone
kill:out,id compute domain delete|rm|d; compute domain records delete|rm|d
kill:id compute reserved-ip|floating-ip delete; compute reserved-ip-action|floating-ip-action unassign; compute cdn flush|delete
kill:out compute load-balancer|lb remove-droplets|remove-forwarding-rules|purge-cache|delete
kill:guard compute firewall delete|remove-droplets|remove-rules|remove-tags
mod compute certificate; compute ssh-key update
runs serverless functions`,
  otherwise: 'verbs', runsText: '--ssh-command',
});
