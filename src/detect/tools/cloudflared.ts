import { commandTool } from './cli/command-tool';

/** cloudflared: tunnels and their addresses. */
export const cloudflared = commandTool({
  names: ['cloudflared'], provider: 'cloudflared', source: 'Cloudflare documentation, "cloudflared" tunnel commands',
  valued: `--config --origincert --credentials-file --cred-file --url --hostname --name --token --loglevel --protocol --region --metrics
    --edge-ip-version --id --vnet --comment --file`,
  flags: '-f --force --default -d --overwrite-dns', guards: '-f --force --overwrite-dns',
  commands: `
    tunnel list,info,token,ready,diag,login,ingress | read
    tunnel route ip show,get,list                   | read
    tunnel vnet list                                | read
    access,version,tail,help,proxy-dns              | read
    tunnel route ip                                 | read
    tunnel create,run                               | add
    tunnel route dns,lb                             | add
    tunnel route ip add                             | add
    tunnel vnet add                                 | add
    tunnel,login                                    | add
    service install                                 | add
    tunnel vnet update                              | change
    update                                          | change
    tunnel route dns +-f,--overwrite-dns            | destroy identity-loss,outage  # The record that stands there now is overwritten.
    tunnel delete,cleanup                           | destroy outage
    tunnel route ip delete                          | destroy outage
    tunnel vnet delete                              | destroy outage
    service uninstall                               | destroy outage
  `,
  otherwise: 'quiet',
});
