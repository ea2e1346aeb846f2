import { RISKS, type Actor, type Door, type Effect, type Environment, type Operation, type Risk, type VerdictKind } from '../model';

/** Who asks and where, for the doors alone: what destroys is held for everybody. How bad it is, for edits. */
export interface Circumstances {
  readonly actor: Actor;
  readonly tier: Environment['tier'];
  readonly risk: Risk;
}

/** A built-in rule. They guard a team without any file; but for the doors an agent and a person alike. */
export interface DefaultRule {
  readonly id: string;
  readonly verdict: VerdictKind;
  /** @param effects what it does, as far as that is known: from a preview where only that can tell. */
  readonly applies: (operation: Operation, effects: readonly Effect[], previewed: boolean, where: Circumstances) => boolean;
  /** Why, for a person; the operation's own reason stands before it. */
  readonly why: string;
  /** It is about an edit of a file that describes what stands, and about nothing else. Nothing runs yet: what deploys it is asked about. */
  readonly edit?: true;
  /** It depends on who asks: of a text in a file nobody knows that. */
  readonly asker?: true;
}

const has = (...wanted: Effect[]) => (_: Operation, effects: readonly Effect[]): boolean => wanted.some((e) => effects.includes(e));

/** Whoever is not known to be a person counts as a program: a mark can be taken off. */
const isPerson = ({ actor }: Circumstances): boolean => actor.kind === 'human';
const is = ({ door }: Operation, ...doors: Door[]): boolean => door !== undefined && doors.includes(door);

/**
 * What stops a command. All that apply count, so that an override of one does not let pass what another would stop.
 * None denies: a person may always decide.
 */
export const HOLDING: readonly DefaultRule[] = [
  { id: 'default:data-loss', verdict: 'confirm', applies: has('data-loss'), why: 'Data would be lost.' },
  { id: 'default:outage', verdict: 'confirm', applies: has('outage', 'replacement', 'identity-loss'), why: 'Something would be interrupted or replaced.' },
  { id: 'default:exposure', verdict: 'confirm', applies: has('exposure', 'access-loss', 'guard-removal'), why: 'Access or a guard would change.' },
  { id: 'default:unknown', verdict: 'confirm', applies: (o, effects) => effects.includes('unknown') || o.mutation === 'unknown', why: 'What it would do is not known.' },
  { id: 'default:destructive', verdict: 'confirm', applies: (o, effects) => o.mutation === 'destructive' && effects.every((e) => e === 'cost'), why: 'It destroys.' },
  // A person sees what they type there. A program's words go in unseen, and no other shim stands behind the door.
  { id: 'default:door', verdict: 'confirm', asker: true, applies: (o, _, __, where) => is(o, 'shell', 'raw', 'unread') && !isPerson(where), why: 'A program would act through it, and what it does there is not seen.' },
  { id: 'default:job', verdict: 'confirm', asker: true, applies: (o, _, __, where) => is(o, 'job', 'command', 'tunnel') && !isPerson(where) && where.tier === 'production', why: 'A program would start in production what is not seen here.' },
  { id: 'default:edit', verdict: 'confirm', edit: true, applies: (_, __, ___, { risk }) => RISKS.indexOf(risk) >= RISKS.indexOf('high'), why: 'Deploying this edit would do that.' },
];

/** What lets a command pass that nothing stops. In order: the first that applies is named. */
export const PASSING: readonly DefaultRule[] = [
  { id: 'default:small-edit', verdict: 'warn', edit: true, applies: () => true, why: 'What deploys this edit is asked about when it runs.' },
  { id: 'default:previewed', verdict: 'allow', applies: (o, _, previewed) => o.previewDecides === true && previewed, why: 'The preview shows nothing that is lost, replaced or interrupted.' },
  // One line and no question. A command that was handed in and found harmless, and a tunnel of a person's own, are ordinary work.
  { id: 'default:door-open', verdict: 'warn', asker: true, applies: (o, _, __, where) => is(o, 'shell', 'raw', 'job', 'unread') || (is(o, 'tunnel') && !isPerson(where)), why: 'What happens behind it is not seen here.' },
  // A program of every day that is handed in: its words are known, and what stands in its files is not.
  { id: 'default:handed', verdict: 'allow', applies: (o) => is(o, 'command') && o.mutation !== 'additive', why: 'It runs a command of a kind that is known; the files that it works with are not seen here.' },
  { id: 'default:additive', verdict: 'allow', applies: (o) => o.mutation === 'additive', why: 'It only adds.' },
  { id: 'default:modifying', verdict: 'allow', applies: () => true, why: 'It changes something and takes nothing away.' },
];

/** What only reads: the rules of a file may still say otherwise. */
export const READ: DefaultRule = { id: 'default:read', verdict: 'allow', applies: (o) => o.mutation === 'none' && o.door === undefined, why: 'It only reads.' };
