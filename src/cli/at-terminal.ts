import { closeSync, openSync } from 'node:fs';
import readline from 'node:readline/promises';
import tty from 'node:tty';

import type { ActorFacts } from '../gate/actor';
import { whoAsks } from '../gate/asker';
import { MARK_NAMES } from '../agents/registry';
import { userName } from '../gate/user';
import type { Given } from '../gate/approvals';
import { processTable } from '../gate/process-table';
import { ancestry } from '../gate/processes';
import { hasTerminal } from '../gate/terminal';
import { standingOf, type Standing } from '../gate/terminal-standing';
import type { Actor } from '../model';
import { oneLine } from '../model/visible';

/** Who is at this process's terminal, and what an answer there is worth. Whatever the command line asks, it asks through this. */
export interface AtTerminal {
  readonly actor: Actor;
  readonly standing: Standing;
  /** Whether a person can be asked there. */
  readonly asks: boolean;
}

/** @param facts what this process knows of who started it. */
export function atTerminal(facts: ActorFacts & { readonly parents?: readonly number[] }): AtTerminal {
  const table = processTable();
  const actor = whoAsks(facts, process.pid, undefined, table);
  const standing = standingOf(facts.tty ? table : undefined, process.env);
  return { actor, standing, asks: actor.kind === 'human' && (standing.kind === 'terminal' || standing.kind === 'terminal-weak') };
}

/** The same for a command of `holdpoint` itself. */
export async function whoIsHere(): Promise<AtTerminal> {
  const { names, pids } = await ancestry();
  const marks = Object.fromEntries(MARK_NAMES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name].slice(0, 200)]])));
  return atTerminal({ marks, ancestry: names, parents: pids, tty: hasTerminal(), user: userName() });
}

/** Why nobody can be asked here, in words; undefined where a person can. */
export function whyNobody({ actor, standing, asks }: AtTerminal): string | undefined {
  if (asks) return undefined;
  if (standing.kind === 'editor') return `this is a terminal of the editor (${standing.why})`;
  if (actor.kind === 'agent') return `an agent asks (${actor.evidence.join('; ')})`;
  return standing.kind === 'program' ? standing.why : actor.evidence.join('; ');
}

/** How the record names an answer that was given there. */
export function givenAt(standing: Standing): Given {
  if (standing.kind === 'terminal') return { confirmed: 'terminal', terminal: standing.holder };
  return { confirmed: 'terminal-weak', terminal: 'holder' in standing ? `${standing.holder}: ${standing.why}` : standing.why };
}

/** Puts lines on the terminal, and asks there. */
export interface Terminal {
  write(text: string): void;
  /** @returns what was typed, without the space around it. */
  ask(question: string): Promise<string>;
}

/**
 * Asks on the terminal itself: standard input belongs to the command.
 * @throws when there is no terminal, and when no person can be asked there.
 */
export async function onTerminal<T>(here: AtTerminal, talk: (terminal: Terminal) => Promise<T>): Promise<T> {
  const nobody = whyNobody(here);
  if (nobody !== undefined) throw new Error(nobody);
  const input = new tty.ReadStream(openSync('/dev/tty', 'r'));
  const fd = openSync('/dev/tty', 'w');
  const output = new tty.WriteStream(fd);
  const prompt = readline.createInterface({ input, output });
  const { standing } = here;
  let note = standing.kind === 'terminal-weak' ? `A yes at this terminal counts less than one in the editor: ${oneLine(standing.why)}. The record will say so.\n\n` : '';
  try {
    return await talk({
      write: (text) => void output.write(text),
      async ask(question) {
        output.write(note);
        note = '';
        return (await prompt.question(question)).trim();
      },
    });
  } finally {
    prompt.close();
    input.destroy();
    output.destroy();
    try {
      closeSync(fd);
    } catch {
      // Closed with its stream.
    }
  }
}
