import type { Finding } from '../../invocation';
import { option, type CliCall } from '../cli/call';
import { commandTool } from '../cli/command-tool';
import { ahead, readAzcopy } from './line';

/** What a switch of several values means for what is lost; these are read without regard to case. Source: cmd/sync.go, cmd/remove.go; enum.Parse. */
function refined(call: CliCall, finding: Finding): readonly Finding[] | undefined {
  const given = (name: string): string | undefined => {
    const found = option(call, name);
    return found === undefined ? undefined : (found.value?.value?.toLowerCase() ?? 'only the shell knows it');
  };
  if (call.path[0] === 'sync') {
    const deletes = given('--delete-destination');
    if (deletes === undefined || deletes === 'false') return undefined;
    const known = deletes === 'true' || deletes === 'prompt';
    const reason = 'azcopy: Deletes files at the destination that the source does not have.';
    return [{ ...finding, mutation: known ? 'destructive' : 'unknown', effects: ['data-loss'], reversibility: { kind: 'unknown' }, reason }];
  }
  if (call.path[0] === 'remove' && !/^(?:none)?$/.test(given('--permanent-delete') ?? '')) {
    const reason = 'azcopy: Deletes snapshots or versions that soft delete still keeps: nothing brings them back.';
    return [{ ...finding, reversibility: { kind: 'irreversible' }, reason }];
  }
  return undefined;
}

/** AzCopy, for Azure Storage. */
export const azcopy = commandTool({
  names: ['azcopy', 'azcopy.exe'], provider: 'azure-storage',
  source: 'AzCopy documentation, "azcopy"; azure-storage-azcopy 10, cmd/*.go',
  valued: '', harmless: '--dry-run', reader: readAzcopy, ahead, refine: refined,
  commands: `
    list,env,doc,help,completion | read
    jobs                         | read
    jobs list,show               | read
    login status                 | read
    login,logout,make            | add
    copy                         | change
    copy +--overwrite=false      | add
    sync,set-properties,bench    | change
    load clfs                    | change
    cancel,pause                 | change
    jobs clean,remove            | change
    jobs resume                  | ask  # It goes on with a job whose plan is not seen here: that may be a deletion.
    remove                       | destroy data-loss | recoverable: with soft delete or versioning of the storage account
      # The files are deleted.
  `,
  otherwise: 'unknown',
});
