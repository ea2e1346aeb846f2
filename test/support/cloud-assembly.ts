import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A stack for a cloud assembly as `cdk synth` writes it (schema version 36, the parts that are read). */
export interface AssemblyStackFixture {
  readonly artifact: string;
  readonly displayName?: string;
  readonly stackName?: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly template: object;
  readonly tags?: Readonly<Record<string, string>>;
  /** Construct paths by logical id, in the stack's metadata. */
  readonly paths?: Readonly<Record<string, string>>;
  /** Further files beside the template, such as nested templates. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes a cloud assembly folder with stacks and stages, in the documented form. */
export function writeAssembly(folder: string, stacks: readonly AssemblyStackFixture[], stages: Readonly<Record<string, readonly AssemblyStackFixture[]>> = {}): void {
  mkdirSync(folder, { recursive: true });
  const artifacts: Record<string, object> = { Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } } };
  for (const stack of stacks) {
    artifacts[`${stack.artifact}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${stack.artifact}.assets.json` } };
    artifacts[stack.artifact] = {
      type: 'aws:cloudformation:stack',
      environment: stack.environment ?? 'aws://unknown-account/unknown-region',
      properties: {
        templateFile: `${stack.artifact}.template.json`, terminationProtection: false, validateOnSynth: false,
        ...(stack.stackName === undefined ? {} : { stackName: stack.stackName }), ...(stack.tags === undefined ? {} : { tags: stack.tags }),
      },
      dependencies: [`${stack.artifact}.assets`, ...(stack.dependencies ?? [])],
      ...(stack.paths === undefined ? {} : { additionalMetadataFile: `${stack.artifact}.metadata.json` }),
      displayName: stack.displayName ?? stack.artifact,
    };
    writeFileSync(path.join(folder, `${stack.artifact}.template.json`), JSON.stringify(stack.template));
    if (stack.paths !== undefined) writeFileSync(path.join(folder, `${stack.artifact}.metadata.json`), JSON.stringify(Object.fromEntries(Object.entries(stack.paths).map(([id, construct]) => [`/${construct}`, [{ type: 'aws:cdk:logicalId', data: id }]]))));
    for (const [name, text] of Object.entries(stack.files ?? {})) writeFileSync(path.join(folder, name), text);
  }
  for (const [name, inner] of Object.entries(stages)) {
    artifacts[`assembly-${name}`] = { type: 'cdk:cloud-assembly', properties: { directoryName: `assembly-${name}`, displayName: name } };
    writeAssembly(path.join(folder, `assembly-${name}`), inner);
  }
  writeFileSync(path.join(folder, 'cdk.out'), '{"version":"36.0.0"}');
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts }));
}
