import { ownHomeOf, type Home } from '../gate/home';

/** The home this program is installed in, when it runs from there; the user's own otherwise. */
export function ownHome(): Home {
  return ownHomeOf(__dirname);
}
