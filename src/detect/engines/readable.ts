import type { Finding } from '../invocation';

/** A finding with the stand-ins for what isn't known put into words. */
export function readable(finding: Finding): Finding {
  const plain = (text: string): string => text.replace(/"?\$\{?(?:UNKNOWN_VALUES?|UnknownValue)\}?"?/g, '…');
  if (!/UNKNOWN_VALUE|UnknownValue/.test(finding.reason + JSON.stringify([finding.targets, finding.unknowns, finding.saferForm]))) return finding;
  return {
    ...finding, reason: plain(finding.reason), unknowns: finding.unknowns.map(plain), targets: finding.targets.map((t) => (t.name === undefined ? t : { ...t, name: plain(t.name), known: t.known && !/UNKNOWN_VALUE|UnknownValue/.test(t.name) })),
    ...(finding.saferForm && { saferForm: { title: finding.saferForm.title } }),
  };
}
