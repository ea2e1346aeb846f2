import type { Finding, Word } from '../invocation';
import { guardFile, switchedOff } from '../engines/guard-files';
import { guardRemoval } from '../engines/guard-removal';
import type { CliCall } from './cli/call';
import { commandTool } from './cli/command-tool';

const pathOf = (word: Word): string => word.value ?? word.parts.map((p) => p ?? '').join('');

/** Changing a file of a guard, where a program names it as what it writes. */
export function writesOver(words: readonly Word[], call: CliCall): Finding[] {
  return words.flatMap((word) => {
    const guard = guardFile(pathOf(word));
    if (!guard) return [];
    if (guard.kind === 'settings') {
      const texts = [call.invocation.stdin ?? '', ...call.invocation.argv.map((w) => w.value ?? '')].join('\n');
      const [off] = switchedOff(texts.replace(/\\"/g, '"'));
      return off || /autoApprove|workspace\.trust|bypassPermissions|holdpoint/.test(texts) ? [guardRemoval(call, `write.${guard.kind}`, word, `${call.tool}: Changes ${pathOf(word)}${off ? `: ${off.what}` : ''}; ${guard.why}`)] : [];
    }
    return [guardRemoval(call, `write.${guard.kind}`, word, `${call.tool}: Changes ${pathOf(word)}: ${guard.why}`)];
  });
}

/** Programs that write files: only those of a guard count. */
export const fileWriters = commandTool({
  names: ['tee', 'cp', 'mv', 'install', 'ln', 'sponge', 'patch', 'sed', 'gsed', 'perl', 'jq', 'yq', 'ed', 'ex'], provider: 'holdpoint',
  source: 'the manual pages of these programs', everyday: true, valued: '', commands: '', otherwise: 'quiet',
  stopsAt: () => true,
  worthAsking: (words) => words.some((w) => guardFile(w.text) !== undefined),
  before: (call) => {
    const name = (call.invocation.argv[0]?.value ?? '').replace(/^.*\//, '');
    const words = call.invocation.argv.slice(1);
    // Most command lines name no file of a guard.
    if (!words.some((w) => guardFile(pathOf(w)))) return [];
    const plain = words.filter((w) => !/^-/.test(w.value ?? ''));
    switch (name) {
      case 'tee': case 'sponge': case 'patch': case 'ed': case 'ex': return writesOver(plain, call);
      case 'mv': return writesOver(plain, call);
      case 'sed': case 'gsed': case 'perl': case 'yq': return words.some((w) => /^-[a-zA-Z]*i|^--in-place/.test(w.value ?? '')) ? writesOver(plain.slice(name === 'yq' ? 0 : 1), call) : [];
      case 'jq': return [];
      default: return writesOver(plain.slice(-1), call);
    }
  },
});

/** Editors' own command lines: taking the extension out, or starting without extensions. */
export const editors = commandTool({
  names: ['code', 'code-insiders', 'codium', 'cursor', 'windsurf', 'code-server'], provider: 'holdpoint',
  source: 'VS Code documentation, "Command line interface"', everyday: true,
  valued: '--install-extension --uninstall-extension --disable-extension --user-data-dir --extensions-dir --profile',
  flags: '--disable-extensions', commands: '', otherwise: 'quiet',
  before: (call) => call.options.flatMap((o) => (/^--(?:uninstall|disable)-extension$/.test(o.name) && /holdpoint/i.test(o.value?.value ?? 'holdpoint')) || o.name === '--disable-extensions' ? [guardRemoval(call, 'extension', o.value, `${call.tool}: ${o.name === '--uninstall-extension' ? 'Takes the extension out' : 'Starts without the extension'}: commands are not asked about any more.`)] : []),
});
