import { commonTool } from './cli/common-tool';

/** Tailscale. */
export const tailscale = commonTool({
  names: ['tailscale'], provider: 'tailscale', source: 'Tailscale CLI reference',
  commands: `
    logout,down                          | destroy access-loss
    lock disable,remove,disablement-kdf  | destroy access-loss
    switch remove                        | destroy access-loss
    funnel reset                         | destroy access-loss
    serve reset                          | destroy access-loss
    funnel                               | destroy exposure
    status,ip,ping,netcheck,version,whois,cert,bugreport,ssh,web,debug,login | read
    switch,nc,licenses,completion,update | read
    lock status,log                      | read
    dns *                                | read
    metrics *                            | read
    exit-node *                          | read
    file *                               | read
    drive *                              | read
    syspolicy *                          | read
    up,set,serve                         | add
    lock init,add,sign                   | add
    configure *                          | add
  `,
});
