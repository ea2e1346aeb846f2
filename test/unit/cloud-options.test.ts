import assert from 'node:assert/strict';
import { detectCommand } from '../../src/detect/detect';
import { allTools } from '../../src/detect/tools/registry';
import type { Operation } from '../../src/model';

const FILES: Readonly<Record<string, string>> = {
  '/w/empty.yaml': 'resources: []\n', '/w/drop.sql': 'CREATE TABLE a (b INT64) PRIMARY KEY (b);\nDROP TABLE orders;\n', '/w/grow.sql': 'ALTER TABLE orders ADD COLUMN note STRING(MAX);\n',
  '/w/policy.json': '{"rules":[{"enabled":true,"type":"Lifecycle","definition":{"actions":{"baseBlob":{"delete":{"daysAfterModificationGreaterThan":1}}}}}]}',
  '/w/cool.json': '{"rules":[{"enabled":true,"type":"Lifecycle","definition":{"actions":{"baseBlob":{"tierToCool":{"daysAfterModificationGreaterThan":90}}}}}]}',
  '/w/settings.json': '{"commandToExecute":"rm -rf /data"}', '/w/ids': '0.0.0.0/0',
};
const detect = (line: string): Operation[] => detectCommand(line, { home: '/home/me', cwd: '/w', env: {}, readFile: (file) => FILES[file] });
const judged = (line: string): readonly string[] => detect(line).flatMap((o): readonly string[] => (o.mutation === 'destructive' ? o.effects : o.mutation === 'unknown' ? ['unknown'] : []));

/** Every line: what it takes away, and the command. */
function holds(lines: string): void {
  const wrong = lines.trim().split('\n').map((l) => l.trim()).flatMap((line) => {
    const [effect = '', ...words] = line.split(' ');
    const found = judged(words.join(' '));
    return found.includes(effect) ? [] : [`${words.join(' ')}: ${found.join(', ') || 'passes'} in place of ${effect}`];
  });
  assert.deepEqual(wrong, []);
}

function passes(lines: string): void {
  assert.deepEqual(lines.trim().split('\n').map((l) => l.trim()).filter((l) => judged(l).length > 0).map((l) => `${l}: ${judged(l).join(', ')}`), []);
}

describe('options of gcloud by what they mean', () => {
  it('stop what a size, a number of machines or a maximum of nothing stops, however nothing is written', () => holds(`
    outage gcloud compute instance-groups managed resize g --size=0
    outage gcloud compute instance-groups managed update g --size 0
    outage gcloud compute instance-groups managed set-autoscaling g --max-num-replicas 0
    outage gcloud container clusters resize c --num-nodes=00
    outage gcloud container clusters resize c --num-nodes=0.0 -q
    outage gcloud run worker-pools update w --instances 0
    outage gcloud run services update s --scaling=0
    outage gcloud sql instances patch i --activation-policy=NEVER -q
    outage gcloud sql instances patch i --activation-policy never
    outage gcloud sql instances restart i -q
    outage gcloud compute instances simulate-maintenance-event vm
    unknown gcloud container clusters resize c --num-nodes=$COUNT`));

  it('delete what an option lets the command delete', () => holds(`
    data-loss gcloud deployment-manager deployments update d --config empty.yaml
    data-loss gcloud deployment-manager deployments update d --config empty.yaml --delete-policy=delete
    data-loss gcloud deployment-manager deployments update d --config empty.yaml --delete-policy=DELETE
    data-loss gcloud transfer jobs create gs://empty gs://prod --delete-from=destination-if-unique
    data-loss gcloud transfer jobs update j --delete-from=source-after-transfer
    data-loss gcloud spanner databases ddl update d --instance i --ddl-file=drop.sql
    unknown gcloud spanner databases ddl update d --instance i --ddl-file=gone.sql
    data-loss gcloud artifacts repositories set-cleanup-policies r --location=l --policy=p.json --no-dry-run
    data-loss gcloud artifacts repositories set-cleanup-policies r --location=l --policy=p.json
    data-loss gcloud firestore fields ttls update f --collection-group=c --enable-ttl
    data-loss gcloud compute instances set-disk-auto-delete vm --disk d --auto-delete
    data-loss gcloud storage mv gs://prod/** ./here/
    outage gcloud domains registrations configure dns example.com --name-servers=a.b`));

  it('end what an option lets expire', () => holds(`
    data-loss gcloud secrets update s --ttl=60s
    data-loss gcloud secrets update s --expire-time=2026-11-25T00:00:00Z
    unknown gcloud logging buckets update b --location=global --retention-days=1
    data-loss gcloud bq tables update t --expiration=1`));

  it('take a protection away', () => holds(`
    guard-removal gcloud firestore databases update --database=d --no-delete-protection
    guard-removal gcloud bigtable instances tables update t --instance=i --no-deletion-protection
    guard-removal gcloud redis clusters update c --region=r --no-deletion-protection
    guard-removal gcloud sql instances patch i --no-retain-backups-on-delete
    guard-removal gcloud sql instances patch i --no-deletion-protection
    guard-removal gcloud alloydb clusters update c --region=r --disable-automated-backup
    guard-removal gcloud memorystore instances update i --location=l --no-deletion-protection-enabled
    guard-removal gcloud bigtable logical-views update v --instance=i --deletion-protection=false
    access-loss gcloud iam roles update r --project=p --permissions=
    access-loss gcloud iam roles update r --project=p --remove-permissions=storage.objects.get`));

  it('open to the whole internet, by what the ranges cover and not by how they are written', () => holds(`
    exposure gcloud compute firewall-rules create x --allow=tcp:22
    exposure gcloud compute firewall-rules create x --allow=tcp:22 --source-ranges=0.0.0.0/0
    exposure gcloud compute firewall-rules create x --allow=tcp:1-65535
    exposure gcloud compute firewall-rules create x --allow=tcp:20-30
    exposure gcloud compute firewall-rules create x --allow=TCP
    exposure gcloud compute firewall-rules create x --action=ALLOW --rules=all
    exposure gcloud compute firewall-rules create x --allow=tcp:22 --source-ranges=0.0.0.0/1,128.0.0.0/1
    exposure gcloud compute firewall-rules create x --allow=tcp:22 --source-ranges=10.0.0.0/8,::/0
    exposure gcloud compute firewall-rules update x --source-ranges=0.0.0.0/0
    exposure gcloud sql instances patch i --authorized-networks=0.0.0.0/0 -q
    exposure gcloud sql instances create i --authorized-networks=0.0.0.0/1,128.0.0.0/1
    exposure gcloud container clusters update c --master-authorized-networks=0.0.0.0/0
    exposure gcloud composer environments update e --location=l --web-server-allow-all
    exposure gcloud storage buckets add-iam-policy-binding gs://b --member=AllUsers --role=roles/storage.objectViewer
    exposure gcloud storage buckets update gs://b --predefined-acl=publicRead
    exposure gcloud storage buckets update gs://b --add-acl-grant=entity=allUsers,role=READER
    exposure gcloud run deploy s --image=i --allow-unauthenticated`));

  it('are left alone where they take nothing away', () => passes(`
    gcloud compute instance-groups managed resize g --size=3
    gcloud compute instance-groups managed create g --size=0 --template=t
    gcloud compute instance-groups managed set-autoscaling g --max-num-replicas 5 --min-num-replicas 0
    gcloud run services update s --min-instances=0
    gcloud run services update s --image=i --max-instances=3
    gcloud container clusters update c --update-labels=a=b
    gcloud compute firewall-rules create x --allow=tcp:22 --source-ranges=10.0.0.0/8
    gcloud compute firewall-rules create x --allow=tcp:22 --source-tags=bastion
    gcloud compute firewall-rules create x --allow=tcp:80,tcp:443
    gcloud compute firewall-rules create x --allow=icmp
    gcloud compute firewall-rules create x --action=DENY --rules=all
    gcloud compute firewall-rules create x --direction=EGRESS --allow=all
    gcloud compute firewall-rules update x --description=y
    gcloud secrets create s --ttl=3600s --replication-policy=automatic
    gcloud secrets update s --update-labels=a=b
    gcloud dns record-sets update www --type=A --zone=z --ttl=60 --rrdatas=1.2.3.4
    gcloud sql instances patch i --deletion-protection
    gcloud sql instances patch i --authorized-networks=203.0.113.7/32
    gcloud sql instances create i --tier=db-f1-micro --no-deletion-protection
    gcloud spanner databases ddl update d --instance i --ddl-file=grow.sql
    gcloud transfer jobs create gs://a gs://b
    gcloud storage mv gs://a/x gs://a/y
    gcloud storage mv ./x gs://a/y
    gcloud compute instances set-disk-auto-delete vm --disk d --no-auto-delete
    gcloud compute backend-services update b --global --default-ttl=0 --client-ttl=0
    gcloud artifacts repositories set-cleanup-policies r --location=l --policy=p.json --dry-run
    gcloud iam roles update r --project=p --add-permissions=a.b.c
    gcloud deployment-manager deployments update d --config empty.yaml --delete-policy=ABANDON
    gcloud deployment-manager deployments update d --config empty.yaml --preview`));
});

describe('options of az by what they mean', () => {
  it('delete what an option lets the command delete', () => holds(`
    data-loss az stack group create -n s -g g --template-file t.bicep --action-on-unmanage deleteAll --deny-settings-mode none
    data-loss az stack sub create -n s --template-file t.bicep --action-on-unmanage deleteResources --deny-settings-mode none
    data-loss az stack mg create -n s --template-file t.bicep --action-on-unmanage DELETEALL --deny-settings-mode none
    data-loss az acr run -r reg --cmd "acr purge --filter '.*:.*' --ago 0d --untagged" /dev/null
    data-loss az acr task create -r reg -n t --cmd 'acr purge --filter .*:.* --ago 0d' --schedule '0 1 * * *' -c /dev/null
    data-loss az appconfig kv import -n c -s file --path f.json --format json --yes --strict
    data-loss az webapp deploy -g g -n n --src-path a.zip --clean true
    data-loss az cosmosdb sql container update -a a -d d -n c --ttl 1
    data-loss az storage account management-policy create --account-name a --policy @policy.json
    unknown az storage account management-policy create --account-name a --policy @gone.json`));

  it('run what a machine is told to run', () => {
    holds(`
      unknown az vm extension set --vm-name v -g g -n CustomScript --publisher Microsoft.Azure.Extensions --settings '{"fileUris":["https://x/y.sh"],"commandToExecute":"./y.sh"}'
      unknown az vm extension set --vm-name v -g g -n CustomScript --publisher Microsoft.Azure.Extensions --protected-settings @gone.json`);
    for (const settings of [`'{"commandToExecute":"rm -rf /data"}'`, '@settings.json', 'settings.json']) {
      assert.notDeepEqual(judged(`az vm extension set --vm-name v -g g -n CustomScript --publisher Microsoft.Azure.Extensions --settings ${settings}`), [], settings);
    }
  });

  it('take a protection or an access away, or stop what runs', () => holds(`
    guard-removal az storage account blob-service-properties update --account-name a --enable-delete-retention false
    guard-removal az storage account blob-service-properties update --account-name a --enable-delete-ret false
    guard-removal az keyvault update -n v --enable-purge-protection FALSE
    access-loss az storage account keys renew -n a --key primary
    outage az vmss update -n v -g g --set sku.capacity=0
    outage az vmss update -n v -g g --set tags.a=b sku.capacity=0
    outage az vmss scale -n v -g g --new-capacity 00
    access-loss az keyvault key set-attributes --vault-name v -n k --enabled false
    access-loss az ad user update --id u --account-enabled false
    access-loss az storage account update -n a --public-network-access Disabled`));

  it('open to the whole internet', () => holds(`
    exposure az storage container set-permission -n c --public-access blob
    exposure az storage container create -n c --public-access container
    exposure az network nsg rule create -g g --nsg-name n -n r --priority 100 --destination-port-ranges 22
    exposure az network nsg rule create -g g --nsg-name n -n r --priority 100 --destination-port-ranges 80 22
    exposure az network nsg rule create -g g --nsg-name n -n r --priority 100 --destination-port-ranges 20-30 --source-address-prefixes Internet
    exposure az network nsg rule create -g g --nsg-name n -n r --priority 100 --destination-port-ranges 22 --source-address-prefixes 10.0.0.0/8 0.0.0.0/0
    exposure az network nsg rule create -g g --nsg-name n -n r --priority 100 --destination-port-ranges 22 --source-address-prefixes @ids
    exposure az network nsg rule update -g g --nsg-name n -n r --source-address-prefixes '*'
    exposure az postgres flexible-server update -n s -g g --public-access All
    exposure az postgres flexible-server create -n s -g g --public-access 0.0.0.0-255.255.255.255
    exposure az sql server firewall-rule create -s s -g g -n r --start-ip-address 0.0.0.1 --end-ip-address 255.255.255.254`));

  it('are left alone where they take nothing away', () => passes(`
    az stack group create -n s -g g --template-file t.bicep --action-on-unmanage detachAll --deny-settings-mode none
    az acr run -r reg --cmd "acr purge --filter '.*:.*' --ago 0d --dry-run" /dev/null
    az appconfig kv import -n c -s file --path f.json --format json --yes
    az webapp deploy -g g -n n --src-path a.zip --clean false
    az storage account management-policy create --account-name a --policy @cool.json
    az storage account blob-service-properties update --account-name a --enable-delete-retention true --delete-retention-days 30
    az vmss update -n v -g g --set tags.owner=me
    az vmss scale -n v -g g --new-capacity 3
    az keyvault key set-attributes --vault-name v -n k --enabled true
    az network nsg rule create -g g --nsg-name n -n r --priority 100 --destination-port-ranges 22 --source-address-prefixes 10.0.0.0/8
    az network nsg rule create -g g --nsg-name n -n r --priority 100 --destination-port-ranges 80 443
    az network nsg rule create -g g --nsg-name n -n r --priority 100 --access Deny --destination-port-ranges 22
    az network nsg rule create -g g --nsg-name n -n r --priority 100 --direction Outbound --destination-port-ranges 22
    az postgres flexible-server update -n s -g g --tags a=b
    az storage container create -n c --public-access off
    az sql server firewall-rule create -s s -g g -n r --start-ip-address 203.0.113.7 --end-ip-address 203.0.113.7`));
});

describe('the tables of commands', () => {
  /** A line that is passed over because a line before it speaks of the same command, under no more conditions. */
  it('let no line that only changes take back one that destroys', () => {
    const wrong = allTools().flatMap((tool) => {
      const lines = (tool.table?.() ?? []).flatMap((entry) => commandsOf(entry.path).map((command) => ({ command, mutation: entry.mutation, conditions: entry.conditions ?? [] })));
      const first = new Map<string, (typeof lines)[number]>();
      return lines.flatMap((line) => {
        if (line.conditions.length > 0) return [];
        const before = first.get(line.command);
        if (!before) first.set(line.command, line);
        return before && line.mutation === 'destructive' && before.mutation !== 'destructive' ? [`${tool.names[0] ?? ''} ${line.command}: ${before.mutation} before ${line.mutation}`] : [];
      });
    });
    assert.deepEqual(wrong, []);
  });
});

function commandsOf(path: readonly (readonly string[])[]): string[] {
  return path.reduce<string[]>((all, words) => all.flatMap((one) => words.map((w) => `${one} ${w}`.trim())), ['']);
}
