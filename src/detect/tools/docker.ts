import { knownWord, type Finding, type Tool, type Word } from '../invocation';
import { optionText, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { belowGroup, readCommandTable } from './cli/table';
import { insideContainer } from './docker-inside';

/** Options that take the next word. Source: Docker CLI reference; `docker <command> --help` of 28. */
const VALUED = `--config --context -H --host --log-level --tlscacert --tlscert --tlskey --name --network --net -v --volume -e --env
  --env-file -p --publish -w --workdir -u --user --entrypoint -h --hostname --mount --restart --label -l --cpus -m --memory
  --memory-swap --platform --pull --add-host --device --dns --gpus --ip --link --log-driver --log-opt --network-alias --pid --ipc
  --runtime --security-opt --shm-size --stop-signal --stop-timeout --time --tmpfs --ulimit --userns --volumes-from --cap-add --cap-drop
  --cidfile --cgroup-parent --expose --health-cmd --filter --format --since --until --tail --signal --file --tag --build-arg --target
  --cache-from --cache-to --output --secret --ssh --progress --builder --driver --subnet --gateway --opt -o --replicas --constraint
  --image --limit-cpu --replicas-max-per-node --update-parallelism --scale --project-name --project-directory --profile --timeout --ansi
  --parallel --index --change --message --author --platform --username --password --type --availability --role --advertise-addr
  --listen-addr --token --compose-file -c --orchestrator --detach-keys --keep-storage --exit-code-from --no-attach --wait-timeout
  --stop-timeout -E --connection --url --root --storage-driver --runroot --identity --namespace --address --data-root --snapshotter
  --cgroup-manager --pod --infra-image --storage --bucket --userns`;

const COMMANDS = `
  ps,images,logs,inspect,version,info,stats,top,diff,port,events,search | read
  history,wait,attach,help,login,builder,scout,sbom,trust,healthcheck | read
  unshare,mcp,init,compose,ipfs,apparmor                | read
  system info,df,events,dial-stdio                      | read
  system connection list,ls                             | read
  container ls,list,ps,inspect,logs,stats,top,diff,port,wait,attach,exists | read
  container healthcheck                                 | read
  image ls,list,inspect,history,exists,search,diff,tree | read
  volume ls,list,inspect,exists                         | read
  network ls,list,inspect,exists                        | read
  context ls,inspect,show,export                        | read
  node ls,inspect,ps                                    | read
  service ls,inspect,logs,ps                            | read
  stack ls,ps,services,config                           | read
  swarm unlock-key,join-token,ca                        | read
  config ls,inspect                                     | read
  secret ls,inspect,exists                              | read
  plugin ls,inspect                                     | read
  manifest inspect                                      | read
  buildx ls,inspect,du,version,dial-stdio,imagetools    | read
  buildx imagetools inspect                             | read
  builder du                                            | read
  checkpoint ls                                         | read
  trust inspect                                         | read
  pod ps,ls,list,inspect,logs,stats,top,exists          | read
  machine list,ls,inspect,info,ssh                      | read
  kube generate                                         | read
  auto-update +--dry-run                                | read
  quadlet list                                          | read
  desktop status,logs,version                           | read
  model list,ls,inspect,status,version,df,ps,logs       | read
  offload status                                        | read
  extension ls                                          | read
  namespace ls,inspect                                  | read
  artifact ls,inspect                                   | read
  farm ls,list                                          | read
  compose ps,ls,logs,config,convert,images,top,port,version,events,attach | read
  compose stats,wait,volumes,export                     | read
  debug                                                 | read
  build,pull,push,tag,run,create,start,save,load,import,export,commit,cp | add
  rename,unpause,generate                               | add
  buildx build,bake,create,use,install                  | add
  builder build                                         | add
  image build,pull,push,save,load,import,tag,scp,trust,sign,mount | add
  container create,run,start,cp,commit,export,rename,unpause,clone | add
  container checkpoint,restore,init,mount,unmount       | add
  volume create,export                                  | add
  network create,connect,reload                         | add
  context create,update,import                          | add
  service create                                        | add
  config create                                         | add
  secret create                                         | add
  swarm init,join                                       | add
  plugin install,create,enable,push                     | add
  manifest create,push,annotate,add                     | add
  compose build,up,pull,push,create,start,run,cp,watch,publish,scale,exec | add
  compose alpha,unpause,bridge                          | add
  stack deploy,up                                       | add
  pod create,start,unpause                              | add
  machine init,start                                    | add
  kube play                                             | add
  play kube                                             | add
  checkpoint create                                     | add
  model pull,run,push,package,tag                       | add
  desktop start                                         | add
  namespace create                                      | add
  system migrate,renumber,check,service                 | add
  quadlet install                                       | add
  artifact pull,push,add                                | add
  farm create,build                                     | add
  update,auto-update,secret                             | change
  container update                                      | change
  service update,scale,rollback                         | change
  node update,promote                                   | change
  swarm update,unlock                                   | change
  plugin set,upgrade                                    | change
  kube apply                                            | change
  system connection add,remove,rename,default           | change
  volume import                                         | change
  machine set                                           | change
  buildx stop                                           | change
  desktop update,restart,stop,engine                    | change
  context use                                           | change
  namespace update                                      | change
  trust sign                                            | change
  context rm,remove                                     | change
  buildx rm                                             | change
  logout                                                | change
  network disconnect                                    | change
  stop,restart,kill,pause                               | change  # A container that was stopped can be started again.
  container stop,restart,kill,pause                     | change  # A container that was stopped can be started again.
  compose stop,restart,kill,pause                       | change  # A container that was stopped can be started again.
  pod stop,restart,kill,pause                           | change  # A container that was stopped can be started again.
  machine stop                                          | change  # A container that was stopped can be started again.
  compose down                                          | change  # Its containers and networks are removed; named volumes stay.
  compose down +-v,--volumes                            | destroy data-loss,outage | irreversible
    # Its named volumes are deleted with what is stored in them.
  compose down +--rmi                                   | change
  compose rm +-v,--volumes                              | destroy data-loss
  compose rm                                            | change
  rm +-f,--force,-a,--all                               | destroy data-loss
    # What was written inside the container and not into a volume is lost.
  container rm,remove +-f,--force,-a,--all              | destroy data-loss
    # What was written inside the container and not into a volume is lost.
  pod rm +-f,--force,-a,--all                           | destroy data-loss
    # What was written inside the container and not into a volume is lost.
  rm +-v,--volumes                                      | destroy data-loss  # What is stored in the container's own volumes is lost.
  container rm,remove +-v,--volumes                     | destroy data-loss  # What is stored in the container's own volumes is lost.
  rm                                                    | change
    # Only a container that does not run is deleted, with what was written inside it.
  container rm,remove                                   | change
    # Only a container that does not run is deleted, with what was written inside it.
  pod rm                                                | change
    # Only a container that does not run is deleted, with what was written inside it.
  container prune                                       | destroy data-loss
    # Every stopped container is deleted, with what was written inside it.
  pod prune                                             | destroy data-loss
    # Every stopped container is deleted, with what was written inside it.
  prune                                                 | destroy data-loss
    # Every stopped container is deleted, with what was written inside it.
  rmi +-f,--force,-a,--all                              | destroy data-loss | recoverable: docker pull, where it was pushed
    # The image is deleted here, whatever uses it.
  image rm,remove,rmi +-f,--force,-a,--all              | destroy data-loss | recoverable: docker pull, where it was pushed
    # The image is deleted here, whatever uses it.
  rmi                                                   | change  # An image that nothing here uses is deleted.
  image rm,remove,rmi                                   | change  # An image that nothing here uses is deleted.
  image prune +-a,--all                                 | destroy data-loss
  buildx history rm,rmi                                 | destroy data-loss
  image prune                                           | change
    # Only layers that nothing uses and that the next build makes again are deleted.
  builder prune                                         | change
    # Only layers that nothing uses and that the next build makes again are deleted.
  buildx prune                                          | change
    # Only layers that nothing uses and that the next build makes again are deleted.
  build prune                                           | change
    # Only layers that nothing uses and that the next build makes again are deleted.
  system prune +--volumes                               | destroy data-loss | irreversible
    # Every volume that no container uses is deleted, and all stopped containers, networks and images.
  system prune                                          | destroy data-loss
    # All stopped containers, unused networks and dangling images are deleted.
  volume rm,remove                                      | destroy data-loss | irreversible  # What is stored in the volume is lost.
  volume prune                                          | destroy data-loss | irreversible
    # Every volume that no container uses is deleted with what is stored in it.
  network rm,remove,prune                               | destroy outage
  system reset                                          | destroy data-loss | irreversible
  machine rm,reset                                      | destroy data-loss | irreversible
  desktop disable                                       | destroy data-loss | irreversible
  model rm,uninstall-runner                             | destroy data-loss | irreversible
  service rm,remove                                     | destroy outage
  stack rm,down,remove                                  | destroy outage
  node rm,demote                                        | destroy outage
  swarm leave                                           | destroy outage
  plugin rm,disable                                     | destroy outage
  config rm                                             | destroy outage
  secret rm,remove                                      | destroy access-loss
  trust revoke,signer                                   | destroy access-loss
  manifest rm                                           | destroy data-loss
  context rm +-f                                        | destroy data-loss
  kube down                                             | destroy data-loss
  play kube +--down                                     | destroy data-loss
  volume reload                                         | destroy data-loss
  checkpoint rm                                         | destroy data-loss
  namespace rm,remove                                   | destroy data-loss
  quadlet rm                                            | destroy data-loss
  artifact rm                                           | destroy data-loss
  kube down +--force                                    | destroy data-loss
  machine os                                            | destroy data-loss
`;

/** Contexts that are this machine. */
const HERE = /^(?:default|desktop-linux|colima.*|orbstack|rancher-desktop|minikube)$/;

/** Where it runs, when that is another machine. Source: Docker CLI reference, "Specify the Docker daemon" and DOCKER_CONTEXT. */
function remoteHost(call: CliCall): string | undefined {
  const { endpoint, other } = call.context;
  if (endpoint !== undefined && /^(?:tcp|ssh|https?):/.test(endpoint)) return endpoint;
  const context = other?.['context'];
  return context !== undefined && !HERE.test(context) ? context : undefined;
}

/** What a person of this machine starts again, and nobody of another. */
const INTERRUPTS = /^(?:stop|restart|kill|pause|down|disconnect)$/;

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const [group = ''] = call.path;
  const verb = call.path.at(-1) ?? '';
  const out = (reason: string): readonly Finding[] => [{ ...finding, mutation: 'destructive', effects: ['outage'], reason }];
  const none = call.args.some((w) => /=0$/.test(w.value ?? ''));
  // `docker rm $(docker ps -aq)`: every container that does not run.
  const removes = /^(?:rm|remove)$/.test(verb) && /^(?:rm|container|pod)$/.test(group);
  if (removes && finding.mutation === 'modifying' && call.args.some((w) => w.multi)) {
    return [{ ...finding, mutation: 'destructive', effects: ['data-loss'] }];
  }
  const host = remoteHost(call);
  if (host !== undefined && finding.mutation === 'modifying' && INTERRUPTS.test(verb)) {
    const begins = finding.reason.replace(/ A container that was stopped.*| Its containers and networks.*/, '');
    return out(`${begins} This runs on ${host}: what depends on it stops working.`);
  }
  switch (call.path.join(' ')) {
    case 'service scale': return none ? out(finding.reason) : undefined;
    case 'service update': return optionText(call, '--replicas') === '0' ? out(finding.reason) : undefined;
    case 'node update': {
      const emptied = /^(?:drain|pause)$/.test(optionText(call, '--availability') ?? '');
      return emptied ? out(`${call.tool}: Moves everything off the node.`) : undefined;
    }
    case 'swarm update': case 'stack deploy': {
      const prunes = call.options.some((o) => o.name === '--prune');
      return prunes ? out(`${call.tool}: Services that the file does not have any more are removed.`) : undefined;
    }
    case 'compose down': {
      const replace = `${call.tool === 'docker' ? 'docker compose' : call.tool} down`;
      const saferForm = { title: 'Keep the volumes (down without -v)', replace };
      return finding.mutation === 'destructive' ? [{ ...finding, saferForm }] : undefined;
    }
    case 'compose scale': case 'scale': return none ? [{ ...finding, mutation: 'modifying' }] : undefined;
    default: return undefined;
  }
}

/** Letters of compose's own options, before its command. Source: docker compose --help: -f, --file; -p, --project-name. */
const COMPOSE_LETTERS: Readonly<Record<string, string>> = { '-f': '--file', '-p': '--project-name' };

/** The words with compose's own letters written out: behind the command they mean something else. */
function composeOptions(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((w) => w.value === 'compose');
  if (at < 0) return words;
  let end = at + 1;
  const valued = new Set([...VALUED.split(/\s+/), ...Object.keys(COMPOSE_LETTERS)]);
  while (end < words.length && /^-/.test(words[end]?.value ?? '')) end += valued.has(words[end]?.value ?? '') ? 2 : 1;
  return words.map((w, i) => {
    const long = i > at && i < end ? COMPOSE_LETTERS[w.value ?? ''] : undefined;
    return long === undefined ? w : knownWord(long, w.range);
  });
}

const inside = (call: CliCall): readonly Finding[] | undefined => insideContainer(call, remoteHost(call));

/** A tool with Docker's commands. */
export function dockerLike(names: readonly string[], compose: boolean): Tool {
  return commandTool({
    names, provider: compose ? 'compose' : 'docker', source: 'Docker CLI reference; Podman and nerdctl command references',
    valued: compose ? `${VALUED} -f -p` : VALUED, ...(!compose && { moreWords: composeOptions }),
    flags: `-d --detach -i -t -it --rm -a --all -q --quiet -f --force --volumes --no-trunc --build --force-recreate --remove-orphans
      --no-deps --no-cache -P --publish-all --privileged --read-only --init --remote --debug -D --tls --tlsverify --orphans --follow`,
    harmless: '--dry-run', guards: '-f --force -a --all --volumes -v',
    where: {
      endpoint: '-H --host DOCKER_HOST --url CONTAINER_HOST', context: '--context DOCKER_CONTEXT -c',
      project: '-p --project-name COMPOSE_PROJECT_NAME',
    },
    commands: compose ? () => belowGroup(readCommandTable(COMMANDS), 'compose') : COMMANDS, otherwise: 'quiet',
    refine: compose ? (call, finding) => refine({ ...call, path: ['compose', ...call.path] }, finding) : refine,
    before: compose ? (call) => inside({ ...call, args: [knownWord('compose', call.invocation.range), ...call.args] }) : inside,
    stopsAt: (words) => {
      const at = words[0]?.value === 'compose' || words[0]?.value === 'container' ? 1 : 0;
      return /^(?:run|exec)$/.test(words[compose ? 0 : at]?.value ?? '') && words.length > (compose ? 1 : at + 1);
    },
  });
}

/** Docker. */
export const docker = dockerLike(['docker', 'docker.exe'], false);
