import type { Effect } from '../../../model';
import type { Finding } from '../../invocation';
import { effectsOfNoun } from '../../engines/verbs';
import { judgeCall } from '../program/judge';
import { known, type Call, type Value } from '../program/value';
import type { State } from './state';

const NO_MODULES: ReadonlySet<string> = new Set();

/** Commands of `lib-dynamodb` by the API that they call. Source: AWS SDK for JavaScript v3, @aws-sdk/lib-dynamodb. */
const DOCUMENT_COMMANDS: Readonly<Record<string, string>> = { DeleteCommand: 'DeleteItemCommand', PutCommand: 'PutItemCommand', UpdateCommand: 'UpdateItemCommand', BatchWriteCommand: 'BatchWriteItemCommand', TransactWriteCommand: 'TransactWriteItemsCommand' };

/** What a call of a cloud's library would do; undefined when it is none. */
export function callsCloud(call: Call, state: State, tool: string): Finding[] | undefined {
  const { path } = call;
  const judge = (as: string): Finding[] => judgeCall({ ...call, path: as }, { modules: NO_MODULES, tool }, state.context);
  if (path.startsWith('@aws:')) {
    if (state.mocked) return [];
    const document = /^@aws:dynamodb\.(\w+Command)$/.exec(path)?.[1];
    // A method that no client has is a value of the program: `new S3Client().config`.
    if (/^@aws:[\w-]+\.(?:send|config|destroy|middlewareStack)$/.test(path)) return [];
    return judge(document !== undefined && DOCUMENT_COMMANDS[document] !== undefined ? `@aws:dynamodb.${DOCUMENT_COMMANDS[document]}` : path.replace(/^@aws:([\w-]+)\.[A-Z]\w*(?<!Command)\.(\w+)$/, '@aws:$1.$2'));
  }
  if (/^@?(?:google-cloud\/|googleapis)/.test(path)) return NO_CALL.test(path) ? undefined : judge(path);
  if (path.startsWith('@azure/')) return NO_CALL.test(path) || /\.(?:stop\w*|reset\w*|remove\w*|disable)$/.test(path) ? undefined : judge(path);
  if (path.startsWith('@kubernetes/')) return /\.(?:delete\w*|\w*Eviction)$/.test(path) ? judge(path) : undefined;
  return platform(call, tool) ?? likely(call, state, judge);
}

/** Streams, listeners and timers of the clouds' libraries. */
const NO_CALL = /create(?:Read|Write)Stream|\.(?:removeListener|removeAllListeners|off|stopPolling|stopWatching|removeMessages|close|deleteMessage\w*)$|\.on\(\)/;

/**
 * An object whose origin isn't followed (a parameter without a type) in a program that imports a cloud's library: only names
 * that no other object has count. Sources: method names of @kubernetes/client-node, @azure/arm-*, @google-cloud/*.
 */
function likely({ path }: Call, { modules }: State, judge: (path: string) => Finding[]): Finding[] | undefined {
  const method = path.slice(path.lastIndexOf('.') + 1);
  if (!path.includes('.') || /^[@./]|^(?:node|fs|path|child_process)\b/.test(path)) return undefined;
  const has = (start: string): boolean => [...modules].some((m) => m.startsWith(start));
  if (/^delete(?:Collection)?(?:Namespaced|Namespace$|Node$|PersistentVolume|Cluster(?:Role|Custom)|CustomResourceDefinition|StorageClass)/.test(method) && has('@kubernetes/')) return judge(`@kubernetes/client-node.${path}`);
  if (/^begin(?:Delete|Deallocate|PowerOff|Purge|Restart|Reimage|Failover)/.test(method) && has('@azure/')) return judge(`@azure/arm.${path}`);
  const owner = path.split('.').at(-2) ?? '';
  if (/^(?:delete|deleteFiles|stop)$/.test(method) && /^(?:bucket|file|blob|instance|instancesClient|dataset|table|topic|subscription|cluster|disk|vm|zone)(?:\(\))?$/.test(owner) && has('@google-cloud/')) return judge(`@google-cloud/${path}`);
  return undefined;
}

interface Platform { readonly path: RegExp; readonly not?: RegExp; readonly provider: string; readonly effects?: readonly Effect[]; readonly what: string; readonly source: string }

/** Libraries of platforms and tools. */
const PLATFORMS: readonly Platform[] = [
  { path: /^@pulumi\/pulumi(?:\/automation)?\b.*\.(?:destroy|removeStack)$/, provider: 'pulumi', effects: ['data-loss', 'outage'], what: 'everything in the stack is deleted', source: 'Pulumi Automation API' },
  { path: /^@aws-cdk\/toolkit-lib\b.*\.destroy$/, provider: 'cdk', effects: ['data-loss', 'outage'], what: 'the stacks are deleted with what is in them', source: 'AWS CDK Toolkit Library API' },
  { path: /(?:octokit\b|@octokit\/|getOctokit\(\)|\bgithub\.rest)[^]*\.(?:repos|git|actions|orgs|teams|packages|codespaces|dependabot|apps)\.(?:delete|remove)\w*$/i, not: /(?:Comment|Artifact|Cache|ByKey|ById|Logs|Reaction|WorkflowRun|Asset|Release|Ref|Label|Subscription)$/, provider: 'github', what: 'it is deleted from GitHub', source: 'Octokit REST documentation' },
  { path: /^(?:@gitbeaker\/\w+)\b.*\.(?:Projects|Groups|Environments|ProtectedBranches|ProjectVariables|GroupVariables)\.(?:remove|delete)$/, provider: 'gitlab', what: 'it is deleted from GitLab', source: 'gitbeaker documentation' },
  { path: /^(?:cloudflare|@cloudflare\/\w+)\b.*\.(?:delete|del|purge)$/, provider: 'cloudflare', what: 'it is deleted from Cloudflare', source: 'Cloudflare TypeScript SDK' },
  { path: /^dockerode\b.*\.(?:remove|pruneVolumes|pruneContainers|pruneImages|pruneNetworks|kill|stop)$/, provider: 'docker', what: 'it is removed or stopped', source: 'dockerode readme' },
  { path: /^(?:node-vault|hashi-vault-js|heroku-client|do-wrapper|dots-wrapper|hcloud-js|@vercel\/sdk|netlify|@linode\/api-v4|@hashicorp\/\w+|consul|nomad-client|etcd3)\b.*\.(?:delete\w*|remove\w*|destroy\w*)$/, not: /Listener\w*$/, provider: 'platform', what: 'it is deleted', source: 'the libraries\' references' },
];

function platform({ path, args, range }: Call, tool: string): Finding[] | undefined {
  const rule = PLATFORMS.find((r) => r.path.test(path) && !r.not?.test(path));
  if (!rule) return undefined;
  const names = path.replace(/\(\)/g, '').split('.');
  const method = names.at(-1) ?? '';
  const noun = names.at(-2) ?? '';
  const input = args.find((a): a is Extract<Value, { kind: 'map' }> => a.kind === 'map')?.entries;
  const name = known(args[0]) ?? [...(input?.values() ?? [])].map(known).filter((v) => v !== undefined).join('/');
  const words = method.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(' ').slice(1);
  const operation = rule.provider === 'github' ? `github:${noun}.${method}` : `${rule.provider}:${method}`;
  return [{
    operation, tool, mutation: 'destructive', effects: rule.effects ?? effectsOfNoun([noun.toLowerCase(), ...words]), reversibility: { kind: 'unknown' },
    targets: [{ type: noun === '' ? 'resource' : noun, name: name === '' ? undefined : name, known: name !== '' }], context: {},
    reason: `${tool}: Calls ${method}${name === '' ? '' : ` on ${name}`}: ${rule.what}.`, unknowns: name === '' ? [`the ${noun}`] : [], guardsOff: [], range,
  }];
}
