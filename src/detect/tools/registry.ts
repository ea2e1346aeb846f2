import type { Hold } from '../hold';
import type { Tool } from '../invocation';
import { alibaba } from './alibaba';
import { amplify } from './amplify';
import { ansible } from './ansible';
import { ansiblePlaybook } from './ansible-playbook';
import { appFrameworks } from './app-frameworks';
import { argocd } from './argocd';
import { aws } from './aws/tool';
import { awsNuke } from './aws-nuke';
import { awsVault } from './aws-vault';
import { az } from './az/tool';
import { azcopy } from './azcopy/tool';
import { azd } from './azd';
import { borg } from './borg';
import { bosh } from './bosh';
import { boundary } from './boundary';
import { bq } from './bq';
import { cdk } from './cdk/tool';
import { cdktf } from './cdktf';
import { ceph } from './ceph';
import { cilium } from './cilium';
import { civo } from './civo';
import { clickhouseClient } from './clickhouse-client';
import { cloudNuke } from './cloud-nuke';
import { cloudflared } from './cloudflared';
import { cloudfoundry } from './cloudfoundry';
import { configManagement } from './config-management';
import { confluent } from './confluent';
import { consul } from './consul';
import { copilot } from './copilot';
import { cqlsh } from './cqlsh';
import { crictl } from './crictl';
import { crossplane } from './crossplane';
import { curl } from './curl';
import { databaseAdmin } from './database-admin';
import { databricks } from './databricks';
import { django } from './django';
import { dns } from './dns';
import { docker } from './docker';
import { dockerCompose } from './docker-compose';
import { doctl } from './doctl';
import { eb } from './eb';
import { ecsCli } from './ecs-cli';
import { eksctl } from './eksctl';
import { etcdctl } from './etcdctl';
import { exoscale } from './exoscale';
import { dd, disks, find, rm, shred } from './files';
import { firebase } from './firebase';
import { firewall } from './firewall';
import { flux } from './flux';
import { flyctl } from './flyctl';
import { gcloud } from './gcloud/tool';
import { gh } from './gh';
import { git } from './git';
import { glab } from './glab';
import { gluster } from './gluster';
import { golangMigrate } from './golang-migrate';
import { gsutil } from './gsutil';
import { editors, fileWriters } from './guard';
import { hcloud } from './hcloud';
import { hcp } from './hcp';
import { helm } from './helm/tool';
import { helmfile } from './helmfile';
import { heroku } from './heroku';
import { httpie } from './httpie';
import { ibmcloud } from './ibmcloud';
import { istioctl } from './istioctl';
import { juju } from './juju';
import { kafka } from './kafka';
import { kops } from './kops';
import { kubeadm } from './kubeadm';
import { kubectl, oc } from './kubectl/tool';
import { kubernetesTools } from './kubernetes-tools';
import { kustomize } from './kustomize';
import { laravel } from './laravel';
import { libvirt } from './libvirt';
import { linkerd } from './linkerd';
import { linodeCli } from './linode-cli';
import { localCluster } from './local-cluster';
import { lxd } from './lxd';
import { migrations } from './migrations';
import { minio } from './minio';
import { mongodbAtlas } from './mongodb-atlas';
import { mongosh } from './mongosh';
import { mysql } from './mysql';
import { mysqlimport } from './mysqlimport';
import { mysqlsh } from './mysqlsh';
import { neonctl } from './neonctl';
import { nerdctl } from './nerdctl';
import { netlify } from './netlify';
import { nixops } from './nixops';
import { nomad } from './nomad';
import { oci } from './oci';
import { openstack } from './openstack';
import { orchestration } from './orchestration';
import { packageRegistries } from './package-registries';
import { packer } from './packer';
import { planetscale } from './planetscale';
import { podman } from './podman';
import { prisma } from './prisma';
import { proxmox } from './proxmox';
import { psql } from './psql';
import { pulumi } from './pulumi/tool';
import { rabbitmqctl } from './rabbitmqctl';
import { rails } from './rails';
import { railway } from './railway';
import { rclone } from './rclone';
import { redisCli } from './redis-cli';
import { render } from './render';
import { restic } from './restic';
import { rke } from './rke';
import { rosa } from './rosa';
import { rsync } from './rsync';
import { s3cmd } from './s3cmd';
import { salt } from './salt';
import { sam } from './sam/tool';
import { scaleway } from './scaleway';
import { serverless } from './serverless';
import { skaffold } from './skaffold';
import { snowflake } from './snowflake';
import { snowsql } from './snowsql';
import { sqlcmd } from './sqlcmd';
import { sqlite3 } from './sqlite3';
import { supabase } from './supabase';
import { system } from './system';
import { systemctl } from './systemctl';
import { tailscale } from './tailscale';
import { talos } from './talos';
import { tencent } from './tencent';
import { terraform } from './terraform/tool';
import { terragrunt } from './terragrunt/tool';
import { tofu } from './tofu/tool';
import { turso } from './turso';
import { vagrant } from './vagrant';
import { vault } from './vault';
import { velero } from './velero';
import { vercel } from './vercel';
import { vsphere } from './vsphere';
import { vultr } from './vultr';
import { wget } from './wget';
import { wrangler } from './wrangler';
import { yandex } from './yandex';
import { zfs } from './zfs';

/** A tool that is held when it runs. */
export type HeldTool = Tool & { readonly hold: Hold };

/** Every tool that is known. A new tool is a file beside this one, or a folder where it is held, and a line here; of two with one name the first counts. */
const TOOLS: readonly Tool[] = [
  aws, cdk, sam, copilot, eb, eksctl, ecsCli, amplify, awsNuke, cloudNuke, serverless, awsVault,
  gcloud, gsutil, bq, az, azcopy, azd, doctl, hcloud, oci, ibmcloud, linodeCli, flyctl, heroku, railway, vercel, wrangler, supabase, firebase, neonctl, turso,
  terraform, tofu, terragrunt, pulumi, cdktf, ansible, ansiblePlaybook, packer, crossplane,
  kubectl, oc, helm, helmfile, kustomize, argocd, flux, docker, dockerCompose, podman, nerdctl, crictl, etcdctl, velero, istioctl, kops, kubeadm,
  psql, mysql, mysqlimport, mysqlsh, mongosh, redisCli, sqlcmd, sqlite3, clickhouseClient, cqlsh, snowsql, kafka, rabbitmqctl, prisma, rails, migrations, golangMigrate, appFrameworks, django, laravel, databaseAdmin,
  vault, consul, nomad, boundary, gh, glab, systemctl, firewall, zfs, disks, cloudflared, dns, rclone, restic, borg,
  curl, wget, httpie, git, rm, shred, find, dd, system, fileWriters, rsync, editors,
  scaleway, vultr, civo, exoscale, openstack, yandex, alibaba, tencent, hcp, planetscale, mongodbAtlas, confluent, rosa, databricks,
  snowflake, linkerd, cilium, talos, rke, localCluster, vagrant, libvirt, lxd, proxmox, vsphere, juju, bosh, cloudfoundry, minio, s3cmd,
  netlify, render, tailscale, skaffold, kubernetesTools, ceph, gluster, salt, configManagement, nixops, orchestration,
  packageRegistries,
];

const BY_NAME = new Map<string, Tool>();
for (const tool of TOOLS) for (const name of tool.names) if (!BY_NAME.has(name)) BY_NAME.set(name, tool);

/** The tool that a command word names, by its last path segment, without `.exe` or `.cmd`; undefined when unknown. */
export function toolNamed(command: string): Tool | undefined {
  const base = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
  return BY_NAME.get(base) ?? (base.includes('.') ? BY_NAME.get(base.replace(/\.(exe|cmd)$/i, '')) : undefined);
}

/** The tools that are held when they run, in the order of the registry. */
export const HELD: readonly HeldTool[] = TOOLS.filter((tool): tool is HeldTool => tool.hold !== undefined);

/**
 * The command whose dry run shows what a file would change.
 * @param kind the file's kind. @param file its path: of several tools for a kind the one counts whose ending it has, else the first.
 */
export function dryRunFor(kind: string | undefined, file: string): readonly string[] | undefined {
  const able = HELD.flatMap(({ hold }) => (hold.files ?? []).filter((one) => one.kind === kind && one.command !== undefined));
  return (able.find((one) => one.endings.some((ending) => file.endsWith(ending))) ?? able[0])?.command?.(file);
}

/** Every tool, for what may be any of them. */
export function allTools(): readonly Tool[] {
  return TOOLS;
}
