import type { Effect } from '../../../model';
import type { CliCall } from '../cli/call';
import { coversInternet, rangesIn } from './addresses';
import type { Given, Told } from './meaning';

/** What a thing of this kind takes away when it is switched off, by the words of the command that changes it. */
export function switchedOffEffects(call: CliCall): readonly Effect[] {
  const words = call.path.join(' ');
  if (/firewall|polic|monitor|alert|alarm|audit|logging|log-|sink|security|protection|defender|waf|backup|lock|nsg|threat/.test(words)) return ['guard-removal'];
  if (/\biam\b|\bkms\b|\bad\b|key|secret|certificate|user|account|credential|identity|provider|token|hmac|\bsp\b|\bapp\b/.test(words)) return ['access-loss', 'outage'];
  return ['outage'];
}

/** Ranges that together let the whole internet in. A range of which only its length is known (`$IP/32`) is read by that. */
export function internet({ members, value }: Given): Told {
  if (members.some((m) => m === undefined)) return /\/(?:2[4-9]|3[0-2])$/.test(value?.parts.at(-1) ?? '') ? false : undefined;
  return coversInternet(members.flatMap((m) => rangesIn(m ?? '')));
}

/** Nothing at all in place of a list. */
export const empty = ({ members, value }: Given): Told => (value === undefined ? false : members.some((m) => m === undefined) ? undefined : members.every((m) => /^[\s"'[\]{}]*$/.test(m ?? '')));
