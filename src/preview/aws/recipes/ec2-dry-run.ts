import { data, type Answers, type Reads } from '../entry';
import type { Held } from '../held';
import { at, textAt } from '../json';
import type { Read } from '../reader';

/** EC2's own dry run. Source: EC2 API reference, "Common query parameters", DryRun. */

export const EC2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_';

/** The held command with `--dry-run` in front, and without any other word on that; nothing where another place than AWS answers. */
export function ec2DryRun(held: Held): { readonly dry?: Read } & Reads {
  if (held.otherEndpoint) return {};
  const own = held.args.filter((word) => !/^--(?:no-)?(?:d|dr|dry|dry-|dry-r|dry-ru|dry-run)(?:=.*)?$/.test(word));
  return { dry: {
    args: ['ec2', held.command, '--dry-run', ...own], what: `whether these credentials may do it (${held.command} --dry-run)`,
    tells(failure) {
      if (failure.code === 'DryRunOperation') return { allowed: true };
      return failure.code === 'UnauthorizedOperation' ? { allowed: false, message: failure.message } : undefined;
    },
  } };
}

/** What the dry run said, as a warning; that it would be allowed needs no word. */
export function dryRunWarnings(answers: Answers, operation: string): string[] {
  const dry = data(answers, 'dry');
  if (at(dry, 'allowed') !== false) return [];
  return [`AWS would refuse it: these credentials may not call ${operation} (its own dry run: ${(textAt(dry, 'message') ?? '').slice(0, 200)}).`];
}
