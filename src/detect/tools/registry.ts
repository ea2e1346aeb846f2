import type { Tool } from '../invocation';
import { amplify } from './amplify';
import { ansible } from './ansible';
import { appFrameworks } from './app-frameworks';
import { ansiblePlaybook } from './ansible-playbook';
import { argocd } from './argocd';
import { awsCli } from './aws-cli';
import { awsNuke } from './aws-nuke';
import { awsVault } from './aws-vault';
import { az } from './az';
import { azd } from './azd';
import { borg } from './borg';
import { boundary } from './boundary';
import { bq } from './bq';
import { cdk } from './cdk';
import { cdktf } from './cdktf';
import { clickhouseClient } from './clickhouse-client';
import { cloudNuke } from './cloud-nuke';
import { cloudflared } from './cloudflared';
import { consul } from './consul';
import { copilot } from './copilot';
import { cqlsh } from './cqlsh';
import { crictl } from './crictl';
import { crossplane } from './crossplane';
import { curl } from './curl';
import { databaseAdmin } from './database-admin';
import { django } from './django';
import { dns } from './dns';
import { docker } from './docker';
import { dockerCompose } from './docker-compose';
import { doctl } from './doctl';
import { eb } from './eb';
import { ecsCli } from './ecs-cli';
import { eksctl } from './eksctl';
import { etcdctl } from './etcdctl';
import { dd, disks, find, rm, shred } from './files';
import { firebase } from './firebase';
import { firewall } from './firewall';
import { flux } from './flux';
import { flyctl } from './flyctl';
import { gcloud } from './gcloud';
import { gh } from './gh';
import { git } from './git';
import { glab } from './glab';
import { golangMigrate } from './golang-migrate';
import { editors, fileWriters } from './guard';
import { gsutil } from './gsutil';
import { hcloud } from './hcloud';
import { helm } from './helm';
import { helmfile } from './helmfile';
import { heroku } from './heroku';
import { httpie } from './httpie';
import { ibmcloud } from './ibmcloud';
import { istioctl } from './istioctl';
import { kafka } from './kafka';
import { kops } from './kops';
import { kubeadm } from './kubeadm';
import { kubectl, oc } from './kubectl';
import { kustomize } from './kustomize';
import { laravel } from './laravel';
import { linodeCli } from './linode-cli';
import { migrations } from './migrations';
import { mongosh } from './mongosh';
import { moreClouds } from './more-clouds';
import { mysql } from './mysql';
import { mysqlimport } from './mysqlimport';
import { mysqlsh } from './mysqlsh';
import { neonctl } from './neonctl';
import { nerdctl } from './nerdctl';
import { nomad } from './nomad';
import { oci } from './oci';
import { packer } from './packer';
import { podman } from './podman';
import { prisma } from './prisma';
import { psql } from './psql';
import { pulumi } from './pulumi';
import { rabbitmqctl } from './rabbitmqctl';
import { rails } from './rails';
import { railway } from './railway';
import { rclone } from './rclone';
import { redisCli } from './redis-cli';
import { restic } from './restic';
import { rsync } from './rsync';
import { sam } from './sam';
import { serverless } from './serverless';
import { snowsql } from './snowsql';
import { sqlcmd } from './sqlcmd';
import { sqlite3 } from './sqlite3';
import { supabase } from './supabase';
import { system } from './system';
import { systemctl } from './systemctl';
import { terraform } from './terraform';
import { terragrunt } from './terragrunt';
import { tofu } from './tofu';
import { turso } from './turso';
import { vault } from './vault';
import { velero } from './velero';
import { vercel } from './vercel';
import { wget } from './wget';
import { wrangler } from './wrangler';
import { zfs } from './zfs';

/** Every tool that is known. A new tool is a file beside this one and a line here; of two with one name the first counts. */
const TOOLS: readonly Tool[] = [
  awsCli, cdk, sam, copilot, eb, eksctl, ecsCli, amplify, awsNuke, cloudNuke, serverless, awsVault,
  gcloud, gsutil, bq, az, azd, doctl, hcloud, oci, ibmcloud, linodeCli, flyctl, heroku, railway, vercel, wrangler, supabase, firebase, neonctl, turso,
  terraform, tofu, terragrunt, pulumi, cdktf, ansible, ansiblePlaybook, packer, crossplane,
  kubectl, oc, helm, helmfile, kustomize, argocd, flux, docker, dockerCompose, podman, nerdctl, crictl, etcdctl, velero, istioctl, kops, kubeadm,
  psql, mysql, mysqlimport, mysqlsh, mongosh, redisCli, sqlcmd, sqlite3, clickhouseClient, cqlsh, snowsql, kafka, rabbitmqctl, prisma, rails, migrations, golangMigrate, appFrameworks, django, laravel, databaseAdmin,
  vault, consul, nomad, boundary, gh, glab, systemctl, firewall, zfs, disks, cloudflared, dns, rclone, restic, borg,
  curl, wget, httpie, git, rm, shred, find, dd, system, fileWriters, rsync, editors, ...moreClouds,
];

const BY_NAME = new Map<string, Tool>();
for (const tool of TOOLS) for (const name of tool.names) if (!BY_NAME.has(name)) BY_NAME.set(name, tool);

/** The tool that a command word names, by its last path segment, without `.exe` or `.cmd`; undefined when unknown. */
export function toolNamed(command: string): Tool | undefined {
  const base = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
  return BY_NAME.get(base) ?? (base.includes('.') ? BY_NAME.get(base.replace(/\.(exe|cmd)$/i, '')) : undefined);
}

/** Every tool, for what may be any of them. */
export function allTools(): readonly Tool[] {
  return TOOLS;
}
