import type { Finding, Word } from '../../invocation';
import { doorOf, type DoorTool, type KnownDoor } from '../../knowledge/doors';
import { sqlEffect } from '../aws/sql';
import { fileText, option, type CliCall } from './call';
import { handedText, handedWords, throughDoor, type Handed } from './handed';

/** Options whose value is a text that a shell, a database or a container takes; the others name a file or an address. */
const TEXTS = /^(?:--scripts?|--command|--command-line|-c|--cmd|--args|--exec-command|--querytext)$/;
/** Letters of ssh's options that take a value. Source: ssh(1). */
const SSH_VALUED = /^-[BbcDEeFIiJLlmOoPpQRSWw]$/;

/**
 * What a documented command does as a door.
 * @param findings what its table says without that.
 * @returns undefined for a command that is none, and for one that destroys anyway.
 */
export function behindDoor(tool: DoorTool, path: string, call: CliCall, findings: readonly Finding[]): Finding[] | undefined {
  const known = doorOf(tool, path);
  const [base, ...others] = findings;
  if (!known || !base || base.mutation === 'destructive') return undefined;
  const told = { action: path.replaceAll(' ', '.'), place: placeOf(base), targets: base.targets };
  const reason = `${call.tool}: ${known.reason}`;
  switch (known.door) {
    case 'shell': {
      const words = call.rest ? sshWords(call.rest) : [];
      if (call.rest && words.length === 0 && call.rest.some((w) => /^-[LDRNW]/.test(w.value ?? ''))) return [{ ...base, mutation: 'additive', effects: [], door: 'tunnel', reason: `${call.tool}: Opens a tunnel through ${told.place}.` }, ...others];
      const given = handed(known, call);
      return [...throughDoor(call, given ?? handedWords(words, call, true), told), ...others];
    }
    case 'tunnel': return [{ ...base, mutation: 'additive', effects: [], door: 'tunnel', reason }, ...others];
    case 'raw': return base.mutation === 'unknown' ? undefined : [{ ...base, mutation: 'additive', effects: [], door: 'raw', reason }, ...others];
    case 'command': {
      const given = handed(known, call);
      if (given && !(given.kind === 'unseen' && base.mutation !== 'unknown' && !isText(known, call))) return [...throughDoor(call, given, told), ...others];
      // Nothing is handed in that could be looked at: it is a program that stands elsewhere, or nothing of it is told at all.
      return known.members.length === 0 || base.mutation === 'unknown' ? [{ ...base, mutation: 'unknown', effects: ['unknown'], door: 'command', reason, unknowns: [...base.unknowns, 'what it runs'] }, ...others] : [{ ...base, mutation: 'modifying', effects: [], door: 'job', reason }, ...others];
    }
    case 'job': {
      const given = isText(known, call) ? handed(known, call) : undefined;
      if (given?.kind === 'unseen' || given?.kind === 'judged') return [...throughDoor(call, given, told), ...others];
      return [{ ...base, mutation: 'modifying', effects: [], door: 'job', reason }, ...others];
    }
    case 'code': {
      const given = handed(known, call);
      return [base.mutation === 'none' ? base : { ...base, door: 'code' }, ...others, ...(given?.kind === 'judged' ? given.findings : [])];
    }
  }
}

const isText = (known: KnownDoor, call: CliCall): boolean => known.members.some((name) => TEXTS.test(name) && option(call, name) !== undefined);

/** What the options that hold a command say; undefined when none of them is given. */
function handed(known: KnownDoor, call: CliCall): Handed | undefined {
  const given = known.members.flatMap((name) => option(call, name) ?? []);
  const texts: string[] = [];
  for (const { name, value } of given) {
    if (!value) continue;
    if (value.value === undefined) return { kind: 'unseen', what: value.raw };
    const script = startupScript(name, value.value);
    if (script !== undefined) {
      const text = script.file === undefined ? script.text : fileText(script.file, call);
      if (text !== undefined) texts.push(text);
      continue;
    }
    const file = value.value.startsWith('@') ? value.value.slice(1) : TEXTS.test(name) ? undefined : value.value;
    const text = file === undefined ? value.value : fileText(file, call);
    if (text === undefined) return { kind: 'unseen', what: value.value };
    if (name === '--querytext') return bySql(text);
    // gcloud and az take lists with commas.
    texts.push(name === '--args' ? text.replaceAll(',', ' ') : text);
  }
  if (texts.length === 0) return undefined;
  const only = texts[0] ?? '';
  // A shell's name alone is a session.
  return texts.length === 1 && /^\S+$/.test(only) ? handedWords([{ raw: only, value: only, parts: [only], multi: false, range: call.invocation.range }], call, true) : handedText(texts.join(' '), call);
}

/** A script that runs when a machine starts. Source: Compute Engine, "Use startup scripts"; Azure, "Custom data and cloud-init". */
function startupScript(name: string, value: string): { readonly text: string; readonly file?: string } | undefined {
  if (/^--(?:custom|user)-data$/.test(name)) return /\s/.test(value) ? { text: value } : { text: '', file: value.replace(/^@/, '') };
  const given = /(?:^|,)(?:startup|shutdown|windows-startup)-script(?:-\w+)?=([^]*)$/.exec(value)?.[1];
  if (name === '--metadata') return { text: given ?? '' };
  if (name === '--metadata-from-file') return { text: '', ...(given !== undefined && { file: given.split(',')[0] ?? '' }) };
  return undefined;
}

function bySql(text: string): Handed {
  const effect = sqlEffect(text);
  return effect === 'none' ? { kind: 'reads' } : effect === 'additive' || effect === 'modifying' ? { kind: 'open', program: 'a statement' } : { kind: 'unseen', what: 'a statement that deletes, or that is not known' };
}

/** The command behind ssh's own options. */
function sshWords(rest: readonly Word[]): readonly Word[] {
  for (let at = 0; at < rest.length; at++) {
    const value = rest[at]?.value;
    if (value === undefined || !value.startsWith('-')) return rest.slice(at);
    if (SSH_VALUED.test(value)) at++;
  }
  return [];
}

function placeOf(base: Finding): string {
  return base.targets.find((t) => t.name !== undefined)?.name ?? 'what it names';
}
