import { commandTool } from './cli/command-tool';

/** HashiCorp Packer: it makes images, and terminates only what it started. */
export const packer = commandTool({
  names: ['packer', 'packer.io'], provider: 'packer', source: 'Packer documentation, "Packer Commands (CLI)"', singleDash: true,
  valued: '-var -var-file -only -except -on-error -parallel-builds -path',
  flags: '-force -debug -color -timestamp-ui -syntax-only -upgrade', guards: '-force',
  commands: `
    validate,inspect,console,version,hcl2_upgrade,fix,init,plugins | read
    plugins installed,required | read
    fmt +-check                | read
    fmt                        | change
    build,push                 | add
    plugins install            | add
    build +-force              | destroy data-loss  # Images that an earlier build left under the same name are deleted.
    plugins remove             | change
  `,
  otherwise: 'quiet',
});
