/**
 * Verbs with which the commands of these tools begin, in their first form: only of these a sentence is made. Source: the command tables and
 * the documented lists themselves, the words that are verbs in English. A word that is none gets a sentence that names the command.
 */
const VERBS: ReadonlySet<string> = new Set(`
  abandon abort accept access acknowledge acquire activate add adjust admit advertise allocate allow alter analyze annotate append apply approve archive assess assign
  associate assume attach authenticate authorize await back balance ban bind block boot break bridge bring broadcast browse build bundle buy bypass cache calculate call
  cancel capture change check claim classify clean clear clone close collect commit compact compare compile complete compose compute configure confirm connect consume
  continue convert copy cordon count create cut deactivate deallocate deauthorize debug declare decline decode decompile decrypt define deauthenticate defragment delete
  demote deny deploy deprecate deprovision deregister derive describe destroy detach detect determine diagnose disable disarm disassociate discard disconnect discover
  dismiss dispatch dissociate distribute distrust downgrade download drain drop duplicate dump edit elect elevate email empty enable encode encrypt end enforce enroll
  enter erase establish estimate evaluate evict exchange execute exit expand expire explain explore export expose extend extract fail fetch filter finalize find fix
  flatten flush force forget fork format forward free freeze generate get grant group grow halt handle heal hibernate hide hold identify ignore import increase inherit
  initialize initiate inject insert inspect install integrate intercept introspect invalidate invite invoke isolate issue join keep kill label launch leave let link lint
  list load localize lock log look maintain make manage mark mask match measure merge meter migrate mint mirror modify monitor mount move mutate name navigate notify
  obscure observe obtain open opt optimize orphan override package partition patch pause peer perform permit persist pin ping place plan play poll post predict prepare
  presign preview print probe process profile promote prompt propose protect provision prune publish pull purchase purge push put query queue quit rank reactivate read
  reapply reassign rebalance rebase reboot rebuild receive recognize recommend reconcile reconnect record recover recreate recycle redact redeem redeploy redirect
  redistribute redo reduce reencrypt refactor refresh regenerate register reimage reindex reinstall reinstate reissue reject rekey release relocate reload remap remove
  rename render renew renumber reopen reorder repair repack replace replay replicate reply report request reread rerun reschedule resend reserve reset reshare resize resolve respond
  restage restart restore restrict resubmit result resume resurrect resync retire retract retrieve retry return reveal reverse reverify revert review revise revive revoke
  rewrite rollback rotate route run sample sanitize save scale scan schedule scrub seal search seed select send serve set share shrink shut sign signal simulate skip
  split squash stage start stop store stream stub submit subscribe suggest summarize supply suspend swap switch sync synchronize synthesize tag taint take tear terminate
  test thaw touch trace track train transact transcribe transfer transform translate trigger trim troubleshoot trust tune unallow unarchive unassign unauthorize unban
  unbind unblock uncordon undefine undelete undeploy undo unenroll unexpose unfollow unhold unignore uninstall unlabel unlink unload unlock unmanage unmap unmark unmask
  unmonitor unmount unpause unpeer unpin unprotect unpublish unregister unschedule unseal unselect unset unshare unsign unsubscribe untag untaint unwrap update upgrade
  upload upsert use vacuum validate verify view vote wait wake warm watch wipe withdraw wrap write yank zap zero
  amend autocomplete begin converse decrease deliver dispose geocode infer ingest instantiate populate provide recall redrive reimport rerank rescore snap undeprecate ungroup
`.trim().split(/\s+/));

/** A verb in the third person, for the beginning of a sentence; undefined for a word that is not known as a verb. */
export function thirdPerson(verb: string): string | undefined {
  const low = verb.toLowerCase();
  if (!VERBS.has(low)) return undefined;
  const text = low.charAt(0).toUpperCase() + low.slice(1);
  if (/[^aeiou]y$/.test(text)) return `${text.slice(0, -1)}ies`;
  return /(s|sh|ch|x|z|o)$/.test(text) ? `${text}es` : `${text}s`;
}

/** Every beginning that `thirdPerson` gives. */
export const BEGINNINGS: ReadonlySet<string> = new Set([...VERBS].map((verb) => thirdPerson(verb) ?? ''));
