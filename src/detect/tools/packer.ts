import { commandTool } from './cli/command-tool';

/** HashiCorp Packer: it makes images, and terminates only what it started. */
export const packer = commandTool({
names: ['packer', 'packer.io'], provider: 'packer', source: 'Packer documentation, "Packer Commands (CLI)"', singleDash: true,
  valued: '-var -var-file -only -except -on-error -parallel-builds -path', flags: '-force -debug -color -timestamp-ui -syntax-only -upgrade', guards: '-force',
  commands: `
read validate; inspect; console; version; plugins installed|required; hcl2_upgrade; fix; init; plugins; fmt +-check
mod fmt
add build; plugins install; push
kill:data build +-force # Images that an earlier build left under the same name are deleted.
mod plugins remove`,
  otherwise: 'quiet',
});
