import { commandTool } from './cli/command-tool';

/** IBM Cloud CLI. */
export const ibmcloud = commandTool({
names: ['ibmcloud', 'ic', 'bx'], provider: 'ibmcloud', source: 'IBM Cloud Docs, "IBM Cloud CLI" command references',
  valued: '-r -g -u -p -a -c -q --apikey --cluster -n --name --output --instance-id --guid --zone --worker --worker-pool --flavor --bucket --key --region --endpoint --location --version --kube-version --profile --image --vpc --subnet',
  flags: '-f --force -y --yes --recursive --force-delete-storage -s', guards: '-f --force -y --yes --force-delete-storage', where: { region: '-r', group: '-g', account: '-c' },
  commands: `
read target; login; logout; api; config; plugin list|show|repos; plugin; regions; account list|show|users; resource groups; resource service-instances|service-instance; resource search; iam users|roles|oauth-tokens; ks clusters; ks cluster get|ls|config; oc cluster ls|get|config; ks worker ls|get; cr images|namespaces|login|info|quota; is instances|instance|vpcs|vpc|volumes|subnets|images|floating-ips; cos list-objects|list-buckets|head-object|get-object|objects|buckets|config|download|head-bucket; catalog; billing; cdb; sl; dev; update; version; ce application list|get|logs; ce project list|get|current|select; schematics workspace list|get|output; schematics plan; schematics logs
add plugin install|update; cos create-bucket|put-object|upload|bucket-create|object-put; is instance-create; cr build|namespace-add
mod plugin uninstall; cos bucket-cors-put
plan schematics apply
kill:data,out schematics destroy; schematics workspace delete +--destroy-resources|-d
kill:data,out ks cluster rm; oc cluster rm; ks cluster master refresh # The cluster is deleted; with --force-delete-storage also its volumes.
kill:out ks worker rm|reboot|reload|replace|update; ks worker-pool rm|resize; ks zone rm; ks alb configure; oc worker rm|reboot|reload|replace; ks cluster master update
mod ks worker-pool resize; ks cluster master update
kill:data,out is instance-delete; is vpc-delete
kill:out is instance-stop|instance-reboot; cf delete|stop|restart|restage; ce application delete
kill:data cos bucket-delete|delete-bucket|object-delete|delete-object|objects-delete|delete-objects
kill:data resource service-instance-delete|reclamation-delete
kill:access resource service-key-delete; iam api-key-delete|service-id-delete|user-policy-delete|access-group-delete|service-policy-delete|api-key-lock; account user-remove
mod resource reclamation-restore`,
  otherwise: 'verbs',
});
