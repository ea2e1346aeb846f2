import { runWords } from './cli/call';
import { commandTool } from './cli/command-tool';

/** crictl: the containers of a node. */
export const crictl = commandTool({
  names: ['crictl'], provider: 'cri', source: 'cri-tools documentation, "Container Runtime Interface (CRI) CLI"',
  valued: `--config -c --runtime-endpoint -r --image-endpoint -i --timeout -t --tail --since --output -o --name --pod -p --state -s
    --label --namespace --creds --auth --annotation --pod-config --cancel-timeout --parallel`,
  flags: '--debug -D --all -a --force -f --prune -q --quiet', guards: '--force -f',
  commands: `
    ps,pods,images,image,img,inspect,inspecti,inspectp,logs,stats,statsp | read
    info,version,attach,port-forward,imagefsinfo,completion,config,metricsp | read
    metricdescs,events,runtime-config,checkpoint,metrics | read
    update-runtime-config                                | read
    exec                                                 | runs
    create,pull,run,runp,start                           | add
    update                                               | change
    stop,stopp,rm,rmp                                    | destroy outage  # The kubelet starts it again, if a pod still wants it.
    rmi                                                  | destroy data-loss | recoverable: crictl pull
  `,
  otherwise: 'unknown',
  before: (call) => (call.args[0]?.value === 'exec' ? runWords(call.rest ?? call.args.slice(2), call).filter((f) => f.mutation !== 'none') : undefined),
  stopsAt: (words) => words[0]?.value === 'exec' && words.length > 1,
});
