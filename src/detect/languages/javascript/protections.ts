import type { SyntaxNode } from '@lezer/common';
import type { Effect } from '../../../model';
import type { Finding } from '../../invocation';
import { children, code, type State } from './state';

interface Protection {
  readonly value: RegExp;
  readonly name: string;
  readonly says: string;
  readonly effects?: readonly Effect[];
}

/**
 * Properties by which an infrastructure program gives a protection away. Sources: AWS CDK API reference (RemovalPolicy, Bucket,
 * DatabaseInstance, StackProps), Pulumi documentation (protect) and registry (aws.s3, aws.rds, gcp), CDKTF providers.
 */
const PROTECTIONS: Readonly<Record<string, Protection>> = {
  removalPolicy: { value: /\bRemovalPolicy\.DESTROY\b/, name: 'RemovalPolicyDestroy', says: 'The resource is deleted with its data when it leaves the stack, is replaced, or the stack is deleted.' },
  updateReplacePolicy: { value: /\bCfnDeletionPolicy\.DELETE\b/, name: 'RemovalPolicyDestroy', says: 'The old resource is deleted with its data when an update replaces it.' },
  deletionPolicy: { value: /\bCfnDeletionPolicy\.DELETE\b/, name: 'RemovalPolicyDestroy', says: 'The resource is deleted with its data when it leaves the stack.' },
  autoDeleteObjects: { value: /^true$/, name: 'AutoDeleteObjects', says: 'The bucket is emptied when the stack is deleted.' },
  autoDeleteImages: { value: /^true$/, name: 'AutoDeleteImages', says: 'The repository is emptied when the stack is deleted.' },
  emptyOnDelete: { value: /^true$/, name: 'AutoDeleteImages', says: 'The repository is emptied when the stack is deleted.' },
  deletionProtection: { value: /^false$/, name: 'DeletionProtectionOff', says: 'Nothing keeps it from being deleted.' },
  deletionProtectionEnabled: { value: /^false$/, name: 'DeletionProtectionOff', says: 'Nothing keeps it from being deleted.' },
  enableDeletionProtection: { value: /^false$/, name: 'DeletionProtectionOff', says: 'Nothing keeps it from being deleted.' },
  terminationProtection: { value: /^false$/, name: 'TerminationProtectionOff', says: 'Nothing keeps the stack from being deleted.' },
  disableApiTermination: { value: /^false$/, name: 'TerminationProtectionOff', says: 'Nothing keeps the instance from being terminated.' },
  forceDestroy: { value: /^true$/, name: 'ForceDestroy', says: 'It is deleted with all that is stored in it.' },
  forceDelete: { value: /^true$/, name: 'ForceDestroy', says: 'It is deleted with all that is stored in it.' },
  skipFinalSnapshot: { value: /^true$/, name: 'SkipFinalSnapshot', says: 'No last copy is made when it is deleted.' },
  protect: { value: /^false$/, name: 'ProtectOff', says: 'Pulumi may delete the resource.' },
  pointInTimeRecovery: { value: /^false$/, name: 'BackupOff', says: 'The table can not be restored to an earlier time.' },
};

/** Which kind of infrastructure program a file is; undefined when it is none. */
export function programOf(modules: ReadonlySet<string>): string | undefined {
  for (const module of modules) {
    if (/^(?:aws-cdk-lib|@aws-cdk\/|monocdk|constructs$|sst(?:\/|$))/.test(module)) return 'cdk';
    if (/^(?:@pulumi\/|@pulumiverse\/)/.test(module)) return 'pulumi';
    if (/^(?:cdktf|@cdktf\/)/.test(module)) return 'cdktf';
  }
  return undefined;
}

/** A property that gives a protection away (`removalPolicy: RemovalPolicy.DESTROY`). It stands in the source; what an edit changes is told elsewhere. */
export function unprotects(node: SyntaxNode, state: State, program: string): Finding[] {
  const parts = children(node);
  const [key] = parts;
  const value = parts.at(-1);
  if (!key || !value || parts.length < 3 || key.to - key.from > 40) return [];
  const name = code(key, state).replace(/^['"]|['"]$/g, '');
  const protection = Object.hasOwn(PROTECTIONS, name) ? PROTECTIONS[name] : undefined;
  return protection && value.to - value.from < 200 && protection.value.test(code(value, state)) ? [found(program, protection.name, `${name}: ${protection.says}`, name, node)] : [];
}

/** `resource.applyRemovalPolicy(RemovalPolicy.DESTROY)`, `RemovalPolicies.of(scope).destroy()`. */
export function unprotectsByCall(path: string, node: SyntaxNode, state: State, program: string): Finding[] {
  const args = node.lastChild?.name === 'ArgList' ? code(node.lastChild, state).slice(0, 200) : '';
  const off = /\.applyRemovalPolicy$/.test(path) ? /\bRemovalPolicy\.DESTROY\b/.test(args) : /\bRemovalPolicies\.of\(\)\.destroy$/.test(path);
  return off && program === 'cdk' ? [found(program, 'RemovalPolicyDestroy', `removalPolicy: ${PROTECTIONS.removalPolicy?.says ?? ''}`, 'removalPolicy', node)] : [];
}

function found(program: string, name: string, reason: string, guard: string, node: SyntaxNode): Finding {
  return { operation: `${program}:${name}`, tool: program, mutation: 'modifying', effects: ['guard-removal'], reversibility: { kind: 'reversible', how: `Change ${guard} back before the next deployment.` }, targets: [], context: {}, reason, unknowns: [], guardsOff: [guard], range: { start: node.from, end: node.to } };
}
