import type { Effect, Mutation } from '../../model';
import { thirdPerson } from './english';

/** What a verb of a command-line tool means, and how a sentence says it. */
export interface Verb {
  readonly mutation: Mutation;
  readonly effects: readonly Effect[] | 'by-noun';
  /** Third person, for the beginning of a sentence ("Deletes"). */
  readonly phrase: string;
}

const table = new Map<string, Verb>();

function define(mutation: Mutation, effects: Verb['effects'], words: string): void {
  for (const entry of words.trim().split(/\s+/)) {
    const [names = '', phrase] = entry.split('=');
    const all = names.split(',');
    const said = phrase?.replaceAll('_', ' ') ?? thirdPerson(all[0] ?? '');
    if (said === undefined) throw new Error(`${all[0]} is no verb: the vocabulary must say how a sentence with it begins`);
    for (const name of all) table.set(name, { mutation, effects, phrase: said });
  }
}

// The vocabulary of the command-line design guides that most of these tools follow (AIP-131 to AIP-137 for Google's,
// "Azure CLI command guidelines", the Kubernetes API verbs, clig.dev): each word means the same in all of them.
define('destructive', 'by-noun', `
  delete,del,dele=Deletes rm,remove=Removes destroy=Destroys purge=Purges terminate,term=Terminates drop=Drops wipe=Wipes erase=Erases
  uninstall=Uninstalls undeploy=Undeploys deprovision=Deprovisions teardown,tear-down=Tears_down down=Takes_down nuke=Deletes_everything_in
  truncate=Empties empty=Empties prune=Prunes clean,cleanup=Cleans flush,flushall,flushdb=Flushes unlink=Unlinks deregister,unregister=Unregisters
  obliterate=Obliterates decommission=Decommissions reinstall=Reinstalls rebuild=Rebuilds reimage=Reimages format=Formats expire=Expires
  evict=Evicts reset,factory-reset,hard-reset=Resets clear=Clears dissolve=Dissolves bulk-delete,batch-delete,delete-all,delete-batch,delete-many,deletemany,remove-all,destroy-all=Deletes_many_of
  hard-delete,force-delete,permanently-delete,delete-permanently=Deletes_for_good`);
define('destructive', ['outage'], `
  stop=Stops shutdown,shut-down=Shuts_down poweroff,power-off,off=Powers_off kill=Kills reboot,hard-reboot=Reboots restart=Restarts power-cycle,powercycle=Cycles_the_power_of
  drain=Drains deallocate=Deallocates suspend=Suspends pause=Pauses hibernate=Hibernates detach=Detaches unmount=Unmounts failover=Fails_over
  disable=Disables deactivate=Deactivates disconnect=Disconnects release=Releases unassign=Unassigns standby=Puts_on_standby redeploy=Redeploys`);
define('destructive', ['access-loss'], 'revoke=Revokes ban=Bans block=Blocks lockout=Locks_out dissociate,disassociate=Dissociates');
define('none', [], `
  list,ls,lst get describe,desc show=Shows exists=Looks_for view,info,inspect,details status,stat,state=Shows_the_state_of logs,log,tail=Shows_the_log_of
  events=Shows_the_events_of watch wait help,version,usage=Shows_help_for
  diff,compare=Compares search,find query=Queries validate check lint verify audit=Checks whoami,who-am-i=Shows print,cat,head top,ps=Shows_what_runs_in history=Shows_the_history_of
  plan,preview export download,pull fetch dump read tree,graph=Draws explain estimate count test-iam-permissions=Tests completion,completions,autocomplete=Prints
  doctor,diagnose,diagnostics=Diagnoses health,healthcheck=Checks console,open,browse,dashboard=Opens metrics,stats=Shows_the_numbers_of env,envs=Shows
  size,regions,zones,locations,sizes,types,versions,flavors=Shows
  use switch,select=Selects login,auth,authenticate,signin=Logs_in_to logout=Logs_out_of configure,config=Configures init=Initialises
  whoami,docs,changelog,about,outputs,output,url,urls,credentials,kubeconfig,save-kubeconfig=Shows
  lookup,resolve=Looks_up simulate dry-run=Tries
  port-forward,proxy,tunnel,connect,ssh=Connects_to monitor trace debug profile bench,benchmark=Measures`);
define('additive', [], `
  create,new,mk,make add launch provision register import upload publish push=Pushes copy,cp clone fork duplicate generate,gen,scaffold
  invite backup=Backs_up snapshot=Takes_a_snapshot_of save issue allocate,reserve build package bundle synth=Synthesises compile
  tag install subscribe request schedule submit queue,enqueue
  start resume unpause enable activate boot,power-on,poweron,on,wake=Starts undelete,restore-deleted,recover=Brings_back`);
define('modifying', [], `
  update,edit,modify,patch,set,put,apply,change,alter,rename,move,transfer,assign,associate,attach,link,unset,grant,bind,label,annotate,untag,
  scale,resize,upgrade,migrate,rollback,revert,restore,undo,redo,rotate,renew,refresh,sync,reload,replace,deploy,promote,cancel,abort,retry,rerun,run,execute,invoke,trigger,call,
  send,post,write,lock,unlock,protect,approve,reject,accept,merge,close,reopen,archive,unarchive,convert,swap,warm,cordon,uncordon,taint,rebalance,reassign,reindex,reconcile,expose,join,leave,override,fix,repair,optimize,vacuum,analyze`.replaceAll(',', ' '));
define('modifying', [], 'upd=Updates mod=Modifies mv=Moves up=Brings_up exec=Executes configure-=Configures unlink-=Unlinks release-=Releases');

/** What a verb means; for `instance-delete` and `delete-instance` the verb inside counts. Undefined for a word that is no verb. */
export function verbNamed(word: string): Verb | undefined {
  const low = word.toLowerCase();
  const whole = table.get(low);
  if (whole || !/[-_:.]/.test(low)) return whole;
  const parts = low.split(/[-_:.]/);
  const ends = [parts[0] ?? '', parts.at(-1) ?? ''].map((p) => table.get(p));
  // What destroys counts first, wherever it stands: `delete-list` and `list-delete` both delete.
  return ends.find((v) => v?.mutation === 'destructive') ?? ends.find((v) => v !== undefined);
}

/**
 * How a sentence about a command begins, by the word that names it: "Deletes", "Abandons instances". Undefined for a word that is no verb
 * (`rmi`, `clusters`): no sentence is made of that.
 */
export function beginningOf(word: string): string | undefined {
  const low = word.toLowerCase();
  const whole = table.get(low)?.phrase ?? thirdPerson(low);
  if (whole !== undefined) return whole;
  const [first = '', ...rest] = low.split(/[-_:.]/);
  const verb = rest.length > 0 ? thirdPerson(first) : undefined;
  return verb === undefined ? verbNamed(low)?.phrase : [verb, ...rest].join(' ');
}

/** Every way in which the vocabulary begins a sentence, by its first word. */
export const PHRASES: ReadonlySet<string> = new Set([...table.values()].map(({ phrase }) => phrase.split(' ')[0] ?? ''));

const NOUNS: readonly (readonly [RegExp, readonly Effect[]])[] = [
  [/lock|protection|alarm|alert|audit|sink|waf|firewall|guard|backup-(?:policy|plan|schedule)|retention|pod-?disruption|monitor|log-?drain/, ['guard-removal']],
  [/ssh-?key|user|role|polic(?:y|ies)|permission|member|team|token|credential|service-?account|binding|grant|certificate|cert$|certs$|access|identit|oauth|api-?key|saml|sso|invite/, ['access-loss']],
  [/secret|vault|kms|keyring|crypto|volume|disk|database|db|dbs|postgres|pg|mysql|redis|mongo|bucket|object|blob|snapshot|backup|table|dataset|topic|queue|stream|store|storage|repo|registry|image|artifact|package|schema|keyspace|collection|index|filesystem|file|share|pool|branch|kv|r2|d1|archive|recording|data|model/, ['data-loss']],
  [/project|org|account|tenant|subscription|group|namespace|cluster|stack|environment|env|app|site|deployment|workspace|resource|all|account|tenan/, ['data-loss', 'outage']],
  [/instance|server|droplet|vm|machine|node|linode|kubernetes|k8s|compute/, ['data-loss', 'outage']],
  [/domain|dns|zone|record|ip|address|hostname|subdomain|number/, ['identity-loss', 'outage']],
];

/** What deleting a thing of this kind takes away, by the words that name it, the last one first. */
export function effectsOfNoun(words: readonly string[]): readonly Effect[] {
  for (const word of [...words].reverse()) {
    const low = word.toLowerCase();
    const found = NOUNS.find(([pattern]) => pattern.test(low));
    if (found) return found[1];
  }
  return ['outage'];
}
