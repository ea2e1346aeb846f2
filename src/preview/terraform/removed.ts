import type { Block } from '../../detect/templates/terraform/hcl';
import { readConfiguration } from './configuration';

/** A `removed` block with commands of its own. */
export interface RemovedCommand {
  /** What it takes away, seen from its module (`aws_instance.a`, `module.net`). */
  readonly from: string;
  /** Where it stands, seen from the root module. */
  readonly file: string;
}

/**
 * The `removed` blocks that run commands when they take something away: a plan's own copy of the configuration leaves them out.
 * Source: Terraform documentation, "removed block", provisioner; internal/command/jsonconfig/config.go, which knows no `removed`.
 * @param folder of the root module. @param dataFolder where `init` noted the modules.
 */
export async function commandsOfRemoved(folder: string, dataFolder: string): Promise<readonly RemovedCommand[]> {
  const runs = (block: Block): boolean => block.type === 'removed' && block.blocks.some((inner) => inner.type === 'provisioner');
  const files = await readConfiguration(folder, dataFolder);
  return files.flatMap((file) => file.blocks.filter(runs).map((block) => ({ from: plain(block.attributes.get('from')?.text), file: file.name })));
}

/** The address without quotes, as JSON has it. */
const plain = (text: string | undefined): string => (text ?? '').trim().replace(/^"(.*)"$/s, '$1');
