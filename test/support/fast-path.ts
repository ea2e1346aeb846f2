import { spawnSync } from 'node:child_process';

/** What the text of a shim's fast path says of each argv (without the tool's name): true for a read. One `sh` for all. */
export function fastPathReads(path: string, argvs: readonly (readonly string[])[], env: Readonly<Record<string, string>> = {}): boolean[] {
  const quoted = (w: string): string => `'${w.replaceAll("'", "'\\''")}'`;
  // The text calls its function on "$@": it is defined once and called again for each argv.
  const script = `set --\n${path}${argvs.map((argv) => `set -- ${argv.map(quoted).join(' ')}\nhp_read=0\nhp_tool_reads "$@"\necho $hp_read\n`).join('')}`;
  const { stdout, stderr } = spawnSync('sh', [], { input: script, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env }, maxBuffer: 64 * 1024 * 1024 });
  if (stderr !== '') throw new Error(`the fast path complained: ${stderr.slice(0, 400)}`);
  return stdout.trim().split('\n').map((l) => l === '1');
}
