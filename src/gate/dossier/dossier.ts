import path from 'node:path';

import type { Action, Actor, Hold, TargetContext, Verdict } from '../../model';
import { asJson } from '../../preview/render/json';
import { redactData } from '../../model/redact';
import { actionTitle, redactedAction, redactionOf } from '../../model/redact/action';
import { digestOf } from '../fingerprint';

/** What was asked about, without what only this machine has: its folders, and the place of the tool. */
export type PortableAction =
  | { readonly kind: 'argv'; readonly argv: readonly string[] }
  | { readonly kind: 'text'; readonly language: string; readonly text: string; readonly name?: string }
  | { readonly kind: 'tool-call'; readonly agent: string; readonly tool: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'request'; readonly method: string; readonly service: string; readonly path: string; readonly bodyDigest?: string };

/** A file by what it holds: its name as seen from the folder of the action, and the SHA-256 (hex) of its content. */
export interface Content {
  readonly name: string;
  readonly sha256: string;
}

/** The parts of a fingerprint that mean the same on another machine. */
export interface PortableParts {
  readonly action: PortableAction;
  readonly contents: readonly Content[];
  readonly target: TargetContext;
  readonly stateDigest?: string;
  readonly previewDigest?: string;
  readonly rulesDigest: string;
}

/** The parts that bind it to this machine: where things are, and which processes asked. */
export interface LocalParts {
  readonly cwd?: string;
  readonly executable?: string;
  /** Every path that was looked at, the tool's own files among them. */
  readonly inputs: readonly { readonly path: string; readonly sha256?: string; readonly kind?: string }[];
  readonly evidence: readonly string[];
}

/** A case made portable: what another person, or another machine, needs to form a judgement of it. Nothing in it is secret. */
export interface Dossier {
  readonly form: 'holdpoint-dossier-1';
  readonly id: string;
  /** ISO 8601: when it was asked. */
  readonly since: string;
  /** The action's name for people. */
  readonly title: string;
  readonly requester: { readonly kind: Action['kind'] };
  readonly actor: Pick<Actor, 'kind' | 'name' | 'confidence'>;
  readonly operations: readonly {
    readonly operation: string;
    readonly mutation: string;
    readonly effects: readonly string[];
    readonly targets: readonly string[];
    readonly reason: string;
    readonly unknowns: readonly string[];
  }[];
  readonly verdict: Pick<Verdict, 'kind' | 'rule' | 'reason' | 'risk' | 'approvers'> & { readonly environment?: string };
  /** As `holdpoint preview --format json` has it; see `schemas/blast-radius.schema.json`. */
  readonly preview?: Readonly<Record<string, unknown>>;
  /** What runs in place of its own words. */
  readonly prepared?: { readonly argv: readonly string[]; readonly explanation: string };
  /** Covers all parts, those of this machine and the environment included: what a yes in this window is for. */
  readonly fingerprint: string;
  readonly portable: PortableParts & { /** SHA-256 (hex) over the canonical form of the others. */ readonly digest: string };
  readonly local: LocalParts;
}

/**
 * Makes the dossier of a hold.
 * @param rulesDigest of the rules in force. @param isOwn whether a file is the tool's own (configuration, credentials): its content means
 * nothing elsewhere.
 */
export function dossierOf(hold: Hold, rulesDigest: string, isOwn: (file: string) => boolean): Dossier {
  const hide = redactionOf(hold.action);
  const parts = portableParts(hold, rulesDigest, isOwn);
  const dossier: Dossier = {
    form: 'holdpoint-dossier-1',
    id: hold.id,
    since: hold.since,
    title: actionTitle(hold.action),
    requester: { kind: hold.action.kind },
    actor: { kind: hold.actor.kind, name: hold.actor.name, confidence: hold.actor.confidence },
    operations: hold.operations.map(({ operation, mutation, effects, targets, reason, unknowns }) => ({
      operation,
      mutation,
      effects,
      targets: targets.map((t) => t.name ?? 'unknown'),
      reason,
      unknowns,
    })),
    verdict: verdictOf(hold.verdict),
    ...(hold.preview && { preview: JSON.parse(asJson(hold.preview)) as Readonly<Record<string, unknown>> }),
    ...(hold.prepared && { prepared: { argv: hold.prepared.argv, explanation: hold.prepared.explanation } }),
    fingerprint: hold.fingerprint,
    portable: { ...parts, digest: '' },
    local: localParts(hold),
  };
  // Whoever wrote a text, it repeats no secret of the action. The digest is over what the reader will see.
  const clean = hidden(redactData(dossier), hide);
  return { ...clean, portable: { ...clean.portable, digest: portableDigest(clean.portable) } };
}

/** The digest of the portable parts: the same for the same question on another machine. */
export function portableDigest(parts: PortableParts): string {
  const { action, contents, target, stateDigest, previewDigest, rulesDigest } = parts;
  return digestOf({ action, contents, target, stateDigest, previewDigest, rulesDigest, form: 'holdpoint-dossier-1' });
}

function verdictOf({ kind, rule, reason, risk, approvers, environment }: Verdict): Dossier['verdict'] {
  return { kind, rule, reason, risk, ...(approvers !== undefined && { approvers }), ...(environment && { environment: environment.name }) };
}

function portableParts({ action, inputs, preview }: Hold, rulesDigest: string, isOwn: (file: string) => boolean): PortableParts {
  const contents = inputs.flatMap((i): Content[] =>
    i.sha256 === undefined || isOwn(i.path) ? [] : [{ name: nameFrom(folder(action), i.path), sha256: i.sha256 }],
  );
  return {
    action: portable(action),
    contents: contents.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.sha256 < b.sha256 ? -1 : 1)),
    target: preview?.context ?? {},
    ...(preview?.stateDigest !== undefined && { stateDigest: preview.stateDigest }),
    ...(preview && { previewDigest: preview.digest }),
    rulesDigest,
  };
}

const folder = (action: Action): string | undefined => ('cwd' in action ? action.cwd : undefined);

/** A file's name that says nothing of where this machine has it. */
function nameFrom(cwd: string | undefined, file: string): string {
  const relative = cwd === undefined ? '..' : path.relative(cwd, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? path.basename(file) : relative.split(path.sep).join('/');
}

function portable(action: Action): PortableAction {
  const clean = redactedAction(action);
  const cwd = folder(action);
  switch (clean.kind) {
    case 'argv':
      return { kind: 'argv', argv: clean.argv.map((word, at) => (at === 0 ? path.basename(word) : withoutFolder(word, cwd))) };
    case 'text':
      return {
        kind: 'text',
        language: clean.language,
        text: clean.text,
        ...(clean.path !== undefined && { name: nameFrom(cwd, clean.path) }),
      };
    case 'tool-call':
      return { kind: 'tool-call', agent: clean.agent, tool: clean.tool, input: clean.input };
    case 'request':
      return clean;
  }
}

/** A word that names a file of the folder by its whole path names it from the folder. */
function withoutFolder(word: string, cwd: string | undefined): string {
  return cwd === undefined || cwd === '' || cwd === path.parse(cwd).root ? word : word.split(cwd + path.sep).join('');
}

function localParts({ action, inputs, actor }: Hold): LocalParts {
  const cwd = folder(action);
  return {
    ...(cwd !== undefined && { cwd }),
    ...(action.kind === 'argv' && { executable: action.executable }),
    inputs: inputs.map((i) => ({ path: i.path, ...(i.sha256 !== undefined && { sha256: i.sha256 }), ...(i.kind && { kind: i.kind }) })),
    evidence: actor.evidence,
  };
}

function hidden<T>(data: T, hide: (text: string) => string): T {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return hide(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [hide(name), walk(inner)]));
  };
  return walk(data) as T;
}
