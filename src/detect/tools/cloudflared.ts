import { commandTool } from './cli/command-tool';

/** cloudflared: tunnels and their addresses. */
export const cloudflared = commandTool({
names: ['cloudflared'], provider: 'cloudflared', source: 'Cloudflare documentation, "cloudflared" tunnel commands',
  valued: '--config --origincert --credentials-file --cred-file --url --hostname --name --token --loglevel --protocol --region --metrics --edge-ip-version --id --vnet --comment --file', flags: '-f --force --default -d --overwrite-dns', guards: '-f --force --overwrite-dns',
  commands: `
read tunnel list|info|token|ready|diag|login; tunnel ingress; tunnel route ip show|get|list; tunnel vnet list; access; version; tail; help; proxy-dns; tunnel route ip
add tunnel create|run; tunnel route dns|lb; tunnel route ip add; tunnel vnet add; tunnel; service install; login
mod tunnel vnet update; update
kill:id,out tunnel route dns +-f|--overwrite-dns # The record that stands there now is overwritten.
kill:out tunnel delete|cleanup; tunnel route ip delete; tunnel vnet delete; service uninstall`,
  otherwise: 'quiet',
});
