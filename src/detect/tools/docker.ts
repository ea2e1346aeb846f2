import { knownWord, type Finding, type Tool, type Word } from '../invocation';
import { optionText, type CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';
import { insideContainer } from './docker-inside';

/** Options that take the next word. Source: Docker CLI reference; `docker <command> --help` of 28. */
const VALUED = `--config --context -H --host --log-level --tlscacert --tlscert --tlskey --name --network --net -v --volume -e --env --env-file -p --publish -w --workdir -u --user --entrypoint -h --hostname --mount --restart --label -l
  --cpus -m --memory --memory-swap --platform --pull --add-host --device --dns --gpus --ip --link --log-driver --log-opt --network-alias --pid --ipc --runtime --security-opt --shm-size --stop-signal --stop-timeout --time
  --tmpfs --ulimit --userns --volumes-from --cap-add --cap-drop --cidfile --cgroup-parent --expose --health-cmd --filter --format --since --until --tail --signal --file --tag --build-arg --target --cache-from --cache-to
  --output --secret --ssh --progress --builder --driver --subnet --gateway --opt -o --replicas --constraint --image --limit-cpu --replicas-max-per-node --update-parallelism --scale --project-name --project-directory --profile --timeout
  --ansi --parallel --index --change --message --author --platform --username --password --type --availability --role --advertise-addr --listen-addr --token --compose-file -c --orchestrator --detach-keys --keep-storage --exit-code-from
  --no-attach --wait-timeout --stop-timeout -E --connection --url --root --storage-driver --runroot --identity --namespace --address --data-root --snapshotter --cgroup-manager --pod --infra-image --storage --bucket --userns`;

const COMMANDS = `
read ps; images; logs; inspect; version; info; stats; top; diff; port; events; search; history; wait; attach; help; login; logout; system info|df|events|dial-stdio; system connection list|ls; container ls|list|ps|inspect|logs|stats|top|diff|port|wait|attach|exists|healthcheck; image ls|list|inspect|history|exists|search|diff|tree|mount; volume ls|list|inspect|exists; network ls|list|inspect|exists; context ls|inspect|show|use|export; node ls|inspect|ps; service ls|inspect|logs|ps; stack ls|ps|services|config; swarm unlock-key|join-token|ca; config ls|inspect; secret ls|inspect; plugin ls|inspect; manifest inspect; buildx ls|inspect|du|version|dial-stdio|imagetools; buildx imagetools inspect; builder; builder du; scout; sbom; checkpoint ls; trust inspect; trust; pod ps|ls|list|inspect|logs|stats|top|exists; healthcheck; machine list|ls|inspect|info|ssh; unshare; secret exists; generate; kube generate; auto-update +--dry-run; quadlet list; desktop status|logs|version; model list|ls|inspect|status|version|df|ps|logs; mcp; offload status; init; extension ls; compose; namespace ls|inspect; ipfs; apparmor; artifact ls|inspect; farm ls|list
read compose ps|ls|logs|config|convert|images|top|port|version|events|attach|stats|wait|volumes|export; debug
add build; buildx build|bake|create|use|install; builder build; image build; pull; push; tag; run; create; start; save; load; import; export; commit; cp; container create|run|start|cp|commit|export|rename; image pull|push|save|load|import|tag; volume create; network create|connect; context create|update|import; service create; config create; secret create; swarm init|join; plugin install|create|enable|push; manifest create|push|annotate|add; compose build|up|pull|push|create|start|run|cp|watch|publish|scale|exec|alpha; stack deploy|up; rename; unpause; container unpause; pod create|start|unpause; machine init|start; kube play; play kube; volume export; container clone|checkpoint|restore|init|mount|unmount; checkpoint create; compose unpause; generate; image scp|trust|sign|mount; model pull|run|push|package|tag; desktop start; network reload; compose bridge; namespace create; system migrate|renumber|check|service; quadlet install; artifact pull|push|add; farm create|build
mod update; container update; service update|scale|rollback; node update|promote; swarm update|unlock; compose config; auto-update; plugin set|upgrade; kube apply; system connection add|remove|rename|default; volume import; machine set; buildx stop; desktop update|restart|stop|engine; context use; secret; namespace update
mod trust sign
mod context rm|remove; buildx rm; logout
mod network disconnect
mod stop; restart; kill; pause; container stop|restart|kill|pause; compose stop|restart|kill|pause; pod stop|restart|kill|pause; machine stop # A container that was stopped can be started again.
mod compose down # Its containers and networks are removed; named volumes stay.
kill:data,out compose down +-v|--volumes ~gone # Its named volumes are deleted with what is stored in them.
mod compose down +--rmi
kill:data compose rm +-v|--volumes
mod compose rm
kill:data rm +-f|--force|-a|--all; container rm|remove +-f|--force|-a|--all; pod rm +-f|--force|-a|--all # What was written inside the container and not into a volume is lost.
kill:data rm +-v|--volumes; container rm|remove +-v|--volumes # What is stored in the container's own volumes is lost.
mod rm; container rm|remove; pod rm # Only a container that does not run is deleted, with what was written inside it.
kill:data container prune; pod prune; prune # Every stopped container is deleted, with what was written inside it.
kill:data rmi +-f|--force|-a|--all; image rm|remove|rmi +-f|--force|-a|--all ~recover docker pull, where it was pushed # The image is deleted here, whatever uses it.
mod rmi; image rm|remove|rmi # An image that nothing here uses is deleted.
kill:data image prune +-a|--all; system prune; buildx history rm|rmi
mod image prune; builder prune; buildx prune; build prune # Only layers that nothing uses and that the next build makes again are deleted.
kill:data system prune +--volumes ~gone # Every volume that no container uses is deleted, and all stopped containers, networks and images.
kill:data system prune # All stopped containers, unused networks and dangling images are deleted.
kill:data volume rm|remove ~gone # What is stored in the volume is lost.
kill:data volume prune ~gone # Every volume that no container uses is deleted with what is stored in it.
kill:out network rm|remove|prune
kill:data system reset; machine rm|reset; desktop disable; model rm; model uninstall-runner ~gone
kill:out service rm|remove; stack rm|down|remove; node rm|demote; swarm leave; plugin rm|disable; config rm
kill:access secret rm|remove; trust revoke|signer
kill:data manifest rm; context rm +-f; kube down; play kube +--down; volume reload; checkpoint rm; namespace rm|remove; quadlet rm; artifact rm
kill:data kube down +--force; machine os`; 

/** Kinds of hosts that are another machine. Source: Docker CLI reference, "Specify the Docker daemon", and DOCKER_HOST, DOCKER_CONTEXT. */
function remoteHost(call: CliCall): string | undefined {
  const { endpoint, other } = call.context;
  if (endpoint !== undefined && /^(?:tcp|ssh|https?):/.test(endpoint)) return endpoint;
  const context = other?.['context'];
  return context !== undefined && !/^(?:default|desktop-linux|colima.*|orbstack|rancher-desktop|minikube)$/.test(context) ? context : undefined;
}

function refine(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const verb = call.path.at(-1) ?? '';
  // `docker rm $(docker ps -aq)`: every container that does not run.
  if (finding.mutation === 'modifying' && /^(?:rm|remove)$/.test(verb) && /^(?:rm|container|pod)$/.test(call.path[0] ?? '') && call.args.some((w) => w.multi)) return [{ ...finding, mutation: 'destructive', effects: ['data-loss'] }];
  const host = remoteHost(call);
  if (host !== undefined && finding.mutation === 'modifying' && /^(?:stop|restart|kill|pause|down|disconnect)$/.test(verb)) {
    return [{ ...finding, mutation: 'destructive', effects: ['outage'], reason: `${finding.reason.replace(/ A container that was stopped.*| Its containers and networks.*/, '')} This runs on ${host}: what depends on it stops working.` }];
  }
  if (/^(?:scale)$/.test(verb) && call.path[0] === 'service' && call.args.some((w) => /=0$/.test(w.value ?? ''))) return [{ ...finding, mutation: 'destructive', effects: ['outage'] }];
  if (call.path.join(' ') === 'service update' && optionText(call, '--replicas') === '0') return [{ ...finding, mutation: 'destructive', effects: ['outage'] }];
  if (call.path.join(' ') === 'node update' && /^(?:drain|pause)$/.test(optionText(call, '--availability') ?? '')) return [{ ...finding, mutation: 'destructive', effects: ['outage'], reason: `${call.tool}: Moves everything off the node.` }];
  if (call.path.join(' ') === 'swarm update' || call.path.join(' ') === 'stack deploy') return call.options.some((o) => o.name === '--prune') ? [{ ...finding, mutation: 'destructive', effects: ['outage'], reason: `${call.tool}: Services that the file does not have any more are removed.` }] : undefined;
  if (finding.mutation === 'destructive' && call.path[0] === 'compose' && call.path.at(-1) === 'down') return [{ ...finding, saferForm: { title: 'Keep the volumes (down without -v)', replace: `${call.tool === 'docker' ? 'docker compose' : call.tool} down` } }];
  if (call.path.at(-1) === 'scale' && call.args.some((w) => /=0$/.test(w.value ?? ''))) return [{ ...finding, mutation: 'modifying' }];
  return undefined;
}

/** Letters of compose's own options, before its command. Source: docker compose --help: -f, --file; -p, --project-name. */
const COMPOSE_LETTERS: Readonly<Record<string, string>> = { '-f': '--file', '-p': '--project-name' };

/** The words with compose's own letters written out: behind the command they mean something else. */
function composeOptions(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((w) => w.value === 'compose');
  if (at < 0) return words;
  let end = at + 1;
  while (end < words.length && /^-/.test(words[end]?.value ?? '')) end += VALUED.split(/\s+/).includes(words[end]?.value ?? '') || COMPOSE_LETTERS[words[end]?.value ?? ''] !== undefined ? 2 : 1;
  return words.map((w, i) => (i > at && i < end && COMPOSE_LETTERS[w.value ?? ''] !== undefined ? knownWord(COMPOSE_LETTERS[w.value ?? ''] ?? '', w.range) : w));
}

const inside = (call: CliCall): readonly Finding[] | undefined => insideContainer(call, remoteHost(call));

/** A tool with Docker's commands. */
export function dockerLike(names: readonly string[], compose: boolean): Tool {
  const lines = compose ? COMMANDS.split('\n').flatMap((line) => {
    // Only what belongs to compose, without the word itself.
    const [head = '', ...rest] = line.split(' ');
    const [body = '', note] = rest.join(' ').split(' # ');
    const own = body.split(';').map((p) => p.trim()).filter((p) => p.startsWith('compose ')).map((p) => p.slice(8));
    return own.length > 0 ? [`${head} ${own.join('; ')}${note === undefined ? '' : ` # ${note}`}`] : [];
  }).join('\n') : COMMANDS;
  return commandTool({
    names, provider: compose ? 'compose' : 'docker', source: 'Docker CLI reference; Podman and nerdctl command references',
    valued: compose ? `${VALUED} -f -p` : VALUED, ...(!compose && { moreWords: composeOptions }),
    flags: '-d --detach -i -t -it --rm -a --all -q --quiet -f --force --volumes --no-trunc --build --force-recreate --remove-orphans --no-deps --no-cache -P --publish-all --privileged --read-only --init --remote --debug -D --tls --tlsverify --orphans --follow',
    harmless: '--dry-run', guards: '-f --force -a --all --volumes -v',
    where: { endpoint: '-H --host DOCKER_HOST --url CONTAINER_HOST', context: '--context DOCKER_CONTEXT -c', project: '-p --project-name COMPOSE_PROJECT_NAME' },
    commands: lines, otherwise: 'quiet', refine: compose ? (call, finding) => refine({ ...call, path: ['compose', ...call.path] }, finding) : refine,
    before: compose ? (call) => inside({ ...call, args: [knownWord('compose', call.invocation.range), ...call.args] }) : inside,
    stopsAt: (words) => {
      const at = words[0]?.value === 'compose' || words[0]?.value === 'container' ? 1 : 0;
      return /^(?:run|exec)$/.test(words[compose ? 0 : at]?.value ?? '') && words.length > (compose ? 1 : at + 1);
    },
  });
}

/** Docker. */
export const docker = dockerLike(['docker', 'docker.exe'], false);
