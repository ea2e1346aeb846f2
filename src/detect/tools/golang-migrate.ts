import { commandTool } from './cli/command-tool';

/** golang-migrate. Its options have one dash. */
export const golangMigrate = commandTool({
  names: ['migrate', 'golang-migrate'], provider: 'migration', source: 'golang-migrate documentation, "CLI"', singleDash: true,
  valued: '-source -path -database -prefetch -lock-timeout -ext -dir -digits -format', flags: '-verbose -version -seq -f -all',
  guards: '-f -all',
  commands: `
    version,help  | read
    create        | add
    up,force,goto | change
    down,drop     | destroy data-loss | irreversible
      # Tables are dropped, or what migrations added is undone, with what is stored in them.
  `,
  otherwise: 'quiet',
});
