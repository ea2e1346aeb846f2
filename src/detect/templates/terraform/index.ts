import path from 'node:path';
import type { Effect, Risk, TextRange } from '../../../model';
import type { DetectContext } from '../../invocation';
import type { Fix, Mark, MarkKind } from '../mark';
import { literal, readHcl, type Attribute, type Block, type HclBody } from './hcl';
import { dataOf, forcesNew } from './stateful';

const MAX_LENGTH = 8 * 1024 * 1024;

/**
 * What an edit of a Terraform file would destroy, replace, or strip of a guard, against the text at git HEAD. Never throws.
 * @param head undefined for a new file: only what opens something or leaves a guard out is said then.
 * @param place the file's path and what may be read beside it, for variables that other files set.
 */
export function terraformMarks(head: string | undefined, current: string | undefined, place?: { readonly path: string; readonly context: DetectContext }): Mark[] {
  if (current === undefined || head === current || current.length > MAX_LENGTH) return current === undefined && head !== undefined ? removed(readHcl(head), { attributes: new Map(), blocks: [], unread: false }, '', head) : [];
  const now = readHcl(current);
  if (head === undefined) return now.blocks.flatMap((b) => guards(undefined, b));
  const before = readHcl(head);
  const found = [...removed(before, now, current, head), ...changed(before, now), ...variables(before, now, place), ...settings(before, now)];
  return found.sort((a, b) => a.range.start - b.range.start);
}

const address = (b: Block): string => (b.type === 'resource' ? b.labels.join('.') : b.type === 'module' ? `module.${b.labels[0] ?? ''}` : [b.type, ...b.labels].join('.'));

const managed = (body: HclBody): readonly Block[] => body.blocks.filter((b) => (b.type === 'resource' && b.labels.length === 2) || (b.type === 'module' && b.labels.length === 1));

function mark(kind: MarkKind, b: Block, range: TextRange, risk: Risk, effects: readonly Effect[], message: string, fixes: readonly Fix[] = []): Mark {
  const data = effects.includes('data-loss') ? 'lost' : 'none';
  return { range, logicalId: address(b), type: b.labels[0] ?? b.type, kind, risk, effects, data, reversibility: { kind: data === 'lost' ? 'irreversible' : 'unknown' }, message, fixes };
}

/** Blocks that are gone: deleted, renamed, moved or only forgotten. */
function removed(before: HclBody, now: HclBody, current: string, head: string): Mark[] {
  const here = new Set(managed(now).map(address));
  const plain = (b: Block, name: string): string => b.attributes.get(name)?.text.replace(/\s/g, '') ?? '';
  const moved = new Set(now.blocks.filter((b) => b.type === 'moved').map((b) => plain(b, 'from')));
  const forgotten = new Set(now.blocks.filter((b) => b.type === 'removed' && b.blocks.some((l) => l.type === 'lifecycle' && l.attributes.get('destroy')?.text === 'false')).map((b) => plain(b, 'from')));
  const gone = managed(before).filter((b) => !here.has(address(b)) && !moved.has(address(b)));
  const came = managed(now).filter((b) => !managed(before).some((o) => address(o) === address(b)));
  return gone.flatMap((b): Mark[] => {
    const name = address(b);
    const place = { start: Math.min(current.length, 0), end: Math.min(current.length, Math.max(0, current.indexOf('\n') < 0 ? current.length : current.indexOf('\n'))) };
    if (forgotten.has(name)) return [mark('problem', b, place, 'low', [], `${name} is not managed any more; what it stands for stays.`)];
    const stored = dataOf(b.labels[0] ?? '');
    const partner = came.filter((c) => c.type === b.type && c.labels[0] === b.labels[0]);
    const isRename = b.type === 'resource' && partner.length === 1 && gone.filter((g) => g.labels[0] === b.labels[0]).length === 1;
    const source = head.slice(b.range.start, b.range.end);
    const effects: readonly Effect[] = stored === undefined ? ['outage'] : ['data-loss', 'outage'];
    const to = partner[0];
    if (isRename && to) {
      return [mark('replaced', b, to.head, stored === undefined ? 'medium' : 'critical', stored === undefined ? ['replacement'] : ['data-loss', 'replacement'], `${name} is now called ${address(to)}: without a moved block Terraform deletes the one and creates the other${stored === undefined ? '' : `, and ${stored} is lost`}.`, [
        { title: 'Say that it was moved', edits: [{ range: { start: to.range.end, end: to.range.end }, newText: `\n\nmoved {\n  from = ${name}\n  to   = ${address(to)}\n}` }] },
      ])];
    }
    const guarded = b.blocks.some((l) => l.type === 'lifecycle' && l.attributes.get('prevent_destroy')?.text === 'true');
    return [mark('deleted', b, place, stored === undefined && b.type !== 'module' ? 'high' : 'critical', b.type === 'module' ? ['data-loss', 'outage'] : effects, `${name} is gone from the file: the next apply deletes it${b.type === 'module' ? ' with everything inside it' : stored === undefined ? '' : `, and ${stored} is lost`}.${guarded ? ' Its prevent_destroy is gone with it and keeps nothing.' : ''}`, [
      { title: `Put ${name} back`, edits: [{ range: { start: current.length, end: current.length }, newText: `${current === '' || current.endsWith('\n') ? '' : '\n'}\n${source}\n` }] },
      { title: 'Only forget it (removed block)', edits: [{ range: { start: current.length, end: current.length }, newText: `${current === '' || current.endsWith('\n') ? '' : '\n'}\nremoved {\n  from = ${name}\n  lifecycle {\n    destroy = false\n  }\n}\n` }] },
    ])];
  });
}

function changed(before: HclBody, now: HclBody): Mark[] {
  const old = new Map(managed(before).map((b) => [address(b), b]));
  return managed(now).flatMap((b) => {
    const was = old.get(address(b));
    if (!was) return guards(undefined, b);
    const out: Mark[] = [...guards(was, b)];
    const type = b.labels[0] ?? '';
    const first = b.blocks.some((l) => l.type === 'lifecycle' && l.attributes.get('create_before_destroy')?.text === 'true');
    for (const [name, attribute] of b.attributes) {
      const then = was.attributes.get(name);
      if (!then || same(then, attribute)) continue;
      if ((name === 'count' && attribute.text === '0') || (name === 'for_each' && /^(?:\{\s*\}|\[\s*\]|toset\(\s*\[\s*\]\s*\))$/.test(attribute.text))) {
        const stored = dataOf(type);
        out.push(mark('deleted', b, attribute.range, 'critical', stored === undefined ? ['outage'] : ['data-loss', 'outage'], `${address(b)} is not wanted any more (${name}): the next apply deletes it${stored === undefined ? '' : `, and ${stored} is lost`}.`, [putBack(attribute, then)]));
      } else if (b.type === 'resource' && forcesNew(type, name)) out.push(replacedMark(b, attribute, then, first));
    }
    return out;
  });
}

const same = (a: Attribute, b: Attribute): boolean => a.text.replace(/\s+/g, ' ') === b.text.replace(/\s+/g, ' ');

const putBack = (now: Attribute, then: Attribute): Fix => ({ title: `Put ${now.name} back`, edits: [{ range: now.range, newText: `${then.name} = ${then.text}` }] });

function replacedMark(b: Block, attribute: Attribute, then: Attribute, first: boolean): Mark {
  const stored = dataOf(b.labels[0] ?? '');
  return mark('replaced', b, attribute.range, stored === undefined ? 'medium' : 'critical', stored === undefined ? ['replacement'] : ['data-loss', 'replacement'], `${address(b)}: a new ${attribute.name} replaces it${first ? ' (the new one is made first)' : ''}${stored === undefined ? '' : `, and ${stored} is lost`}.`, [putBack(attribute, then)]);
}

/** Settings whose value takes a protection away or opens something. Source: the providers' documentation of each argument. */
const GUARDS: readonly (readonly [RegExp, RegExp, MarkKind, Effect, string])[] = [
  [/^(?:prevent_destroy|deletion_protection|enable_deletion_protection|deletion_protection_enabled|disable_api_termination|disable_api_stop|point_in_time_recovery|purge_protection_enabled|soft_delete_enabled|backup_enabled|deletion_protection_on_database)$/, /^false$/, 'guard-removed', 'guard-removal', 'nothing keeps it from being deleted or lets it be had back'],
  [/^(?:force_destroy|skip_final_snapshot|force_delete|delete_automated_backups|apply_immediately|force_detach|bypass_policy_lockout_safety_check|delete_contents_on_destroy)$/, /^true$/, 'guard-removed', 'guard-removal', 'it is deleted or changed at once, without a last copy'],
  [/^(?:recovery_window_in_days|backup_retention_period|backup_retention|retention_in_days_min|soft_delete_retention_days|snapshot_retention_limit)$/, /^0$/, 'guard-removed', 'guard-removal', 'nothing is kept to have it back from'],
  [/^(?:publicly_accessible|public_network_access_enabled|allow_nested_items_to_be_public|allow_blob_public_access|associate_public_ip_address)$/, /^true$/, 'exposed', 'exposure', 'it can be reached from the internet'],
  [/^(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets|uniform_bucket_level_access|public_access_prevention)$/, /^(?:false|"inherited")$/, 'exposed', 'exposure', 'what is in it may become public'],
  [/^(?:acl)$/, /^"public-read(?:-write)?"$/, 'exposed', 'exposure', 'everybody can read it'],
  [/^(?:members?|member)$/, /"allUsers"|"allAuthenticatedUsers"/, 'exposed', 'exposure', 'everybody gets in'],
];
const OPEN = /"(?:0\.0\.0\.0\/0|::\/0)"/;

/** Guards that a block takes off, or that it never had where a new one opens something. */
function guards(was: Block | undefined, now: Block, owner: Block = now): Mark[] {
  const out: Mark[] = [];
  for (const [name, attribute] of now.attributes) {
    const then = was?.attributes.get(name);
    if (then && same(then, attribute)) continue;
    const found = GUARDS.find(([key, value]) => key.test(name) && value.test(attribute.text));
    // A new resource that is easy to delete is how test environments are written: only what opens something is said there.
    if (found && (was !== undefined || found[2] === 'exposed')) out.push(mark(found[2], owner, attribute.range, 'high', [found[3]], `${address(owner)}: ${name} = ${attribute.text.slice(0, 40)}: ${found[4]}.`, then ? [putBack(attribute, then)] : []));
    if (/^(?:cidr_blocks|ipv6_cidr_blocks|source_ranges|source_address_prefix|cidr_ipv4|cidr_ipv6)$/.test(name) && OPEN.test(attribute.text) && now.type !== 'egress' && owner.attributes.get('type')?.text !== '"egress"' && !/egress/.test(owner.labels[0] ?? '')) {
      const port = literal(now.attributes.get('from_port')?.text);
      if (port !== '80' && port !== '443') out.push(mark('exposed', owner, attribute.range, 'high', ['exposure'], `${address(owner)}: port ${port ?? 'of any number'} can be reached from the whole internet.`, then ? [putBack(attribute, then)] : []));
    }
    if (/^(?:policy|assume_role_policy|inline_policy)$/.test(name) && /"?Action"?\s*[=:]\s*\[?\s*"\*"/.test(attribute.text) && /"?Resource"?\s*[=:]\s*\[?\s*"\*"/.test(attribute.text) && /"Allow"/.test(attribute.text) && !(then && /"?Action"?\s*[=:]\s*\[?\s*"\*"/.test(then.text))) out.push(mark('exposed', owner, attribute.range, 'high', ['exposure'], `${address(owner)}: whoever has this policy may do everything.`));
  }
  if (was) {
    for (const [name, attribute] of was.attributes) {
      if (now.attributes.has(name) || !/^(?:prevent_destroy|deletion_protection|enable_deletion_protection|deletion_protection_enabled|disable_api_termination|final_snapshot_identifier|purge_protection_enabled)$/.test(name) || attribute.text === 'false') continue;
      out.push(mark('guard-removed', owner, now.head, 'high', ['guard-removal'], `${address(owner)}: ${name} is gone: nothing keeps it from being deleted.`, [{ title: `Put ${name} back`, edits: [{ range: { start: now.head.end + 1, end: now.head.end + 1 }, newText: `\n  ${name} = ${attribute.text}` }] }]));
    }
    const lost = was.blocks.find((b) => b.type === 'lifecycle' && b.attributes.get('prevent_destroy')?.text === 'true');
    if (lost && !now.blocks.some((b) => b.type === 'lifecycle')) out.push(mark('guard-removed', owner, now.head, 'high', ['guard-removal'], `${address(owner)}: prevent_destroy is gone: nothing keeps it from being deleted.`, [{ title: 'Put prevent_destroy back', edits: [{ range: { start: now.range.end - 1, end: now.range.end - 1 }, newText: '\n  lifecycle {\n    prevent_destroy = true\n  }\n' }] }]));
  }
  now.blocks.forEach((inner, i) => {
    const same = now.blocks.slice(0, i).filter((b) => b.type === inner.type).length;
    const then = was?.blocks.filter((b) => b.type === inner.type)[same];
    if (then || was === undefined || /^(?:ingress|lifecycle)$/.test(inner.type)) out.push(...guards(then ?? (was ? EMPTY : undefined), inner, owner));
  });
  return out;
}

const EMPTY: Block = { type: '', labels: [], attributes: new Map(), blocks: [], range: { start: 0, end: 0 }, head: { start: 0, end: 0 } };

/** A variable's new value that names what holds data: the old one is destroyed before anything is copied. */
function variables(before: HclBody, now: HclBody, place: { readonly path: string; readonly context: DetectContext } | undefined): Mark[] {
  const values = (body: HclBody): Map<string, Attribute> => {
    const out = new Map<string, Attribute>();
    for (const b of body.blocks) {
      const value = b.type === 'variable' ? b.attributes.get('default') : undefined;
      if (value && b.labels[0] !== undefined) out.set(`var.${b.labels[0]}`, value);
      if (b.type === 'locals') for (const [name, attribute] of b.attributes) out.set(`local.${name}`, attribute);
    }
    if (place && /\.tfvars$/.test(place.path)) for (const [name, attribute] of body.attributes) out.set(`var.${name}`, attribute);
    return out;
  };
  const then = values(before);
  const edits = [...values(now)].filter(([name, a]) => {
    const was = then.get(name);
    return was !== undefined && !same(was, a);
  });
  if (edits.length === 0) return [];
  const bodies = [now, ...beside(place).map(readHcl)];
  return edits.flatMap(([name, attribute]) => {
    const uses = bodies.flatMap(managed).flatMap((b) => [...b.attributes.values()].filter((a) => b.type === 'resource' && forcesNew(b.labels[0] ?? '', a.name) && new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(a.text)).map((a) => ({ b, a })));
    if (uses.length === 0) return [];
    const names = [...new Set(uses.map(({ b }) => address(b)))];
    const stored = uses.some(({ b }) => dataOf(b.labels[0] ?? '') !== undefined);
    const was = then.get(name);
    return [{ ...mark('replaced', uses[0]?.b ?? EMPTY, attribute.range, stored ? 'critical' : 'medium', stored ? ['data-loss', 'replacement'] : ['replacement'], `${name} is in the name of ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}: ${names.length === 1 ? 'it is' : 'they are'} replaced${stored ? ', and what is stored there is lost' : ''}.`, was ? [putBack(attribute, was)] : []) }];
  });
}

/** The texts of the files beside this one that usually hold resources. */
function beside(place: { readonly path: string; readonly context: DetectContext } | undefined): string[] {
  if (!place?.context.readFile) return [];
  const folder = path.dirname(place.path);
  return ['main.tf', 'resources.tf', 'database.tf', 'dynamodb.tf', 'rds.tf', 's3.tf', 'storage.tf', 'tables.tf', 'network.tf', 'variables.tf'].filter((f) => f !== path.basename(place.path)).flatMap((f) => place.context.readFile?.(path.join(folder, f)) ?? []);
}

/** Where the state is, and which account a provider means. */
function settings(before: HclBody, now: HclBody): Mark[] {
  const find = (body: HclBody): Map<string, { block: Block; attribute: Attribute }> => new Map(body.blocks.flatMap((b) => [b, ...b.blocks]).filter((b) => b.type === 'backend' || b.type === 'provider' || b.type === 'cloud').flatMap((block) => [...block.attributes.values()].filter((a) => /^(?:bucket|key|region|profile|account_id|allowed_account_ids|project|subscription_id|path|prefix|workspace_key_prefix|organization|host|config_context|resource_group_name|storage_account_name|container_name|alias)$/.test(a.name)).map((attribute) => [`${block.type} ${block.labels.join(' ')} ${literal(block.attributes.get('alias')?.text) ?? ''} ${attribute.name}`, { block, attribute }] as const)));
  const then = find(before);
  return [...find(now)].flatMap(([key, { block, attribute }]) => {
    const was = then.get(key);
    if (!was || same(was.attribute, attribute)) return [];
    const where = block.type === 'provider' ? `The provider ${block.labels[0] ?? ''} now means another ${attribute.name}: everything may be created there anew, and what stands is not found.` : `The state is looked for elsewhere (${attribute.name}): without moving it everything seems new, and what stands is not managed.`;
    return [mark('may-replace', block, attribute.range, 'high', ['replacement'], where, [putBack(attribute, was.attribute)])];
  });
}
