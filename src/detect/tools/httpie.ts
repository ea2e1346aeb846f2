import { commandTool } from './cli/command-tool';
import { reads, requests, urlText } from './http/clients';

/** HTTPie, its kin, and `aws`-signing curls: METHOD URL [items]. */
export const httpie = commandTool({
  names: ['http', 'https', 'xh', 'xhs', 'awscurl'], provider: 'http', source: 'HTTPie documentation, "CLI"; xh README; awscurl README',
  everyday: true,
  valued: `-a --auth -A --auth-type -o --output -p --print --session --session-read-only --timeout --verify --cert --cert-key --proxy
    --style -s --pretty --raw --max-redirects --response-charset --boundary --ssl --ciphers -X --request -d --data -H --header --service
    --region --access_key --secret_key --profile`,
  flags: `-v --verbose -b --body -j --json -f --form --multipart --download -F --follow --check-status --ignore-stdin -I -q --offline
    --headers -k`,
  harmless: '--offline', commands: '', otherwise: 'quiet',
  before: (call) => {
    const [first, ...rest] = call.args;
    const named = first?.value !== undefined && /^[A-Z]+$/i.test(first.value) && rest.length > 0 && !/[./:]/.test(first.value);
    const given = call.options.find((o) => o.name === '-X' || o.name === '--request')?.value;
    const url = named ? rest[0] : first;
    const items = (named ? rest.slice(1) : rest).map(urlText);
    const data = call.options.find((o) => o.name === '--raw' || o.name === '-d' || o.name === '--data')?.value;
    const body = [...items, ...(data ? [urlText(data)] : [])].join(' ');
    const unknownFirst = first && first.value === undefined && rest.length > 0 && /^https?:|[./]/.test(urlText(rest[0] ?? first)) ? first : undefined;
    const method = given ?? unknownFirst ?? (named ? first : body !== '' ? 'POST' : 'GET');
    const target = unknownFirst ? rest[0] : url;
    const findings = target ? requests(method, [target], body, items.filter((i) => /^[\w-]+:[^=]/.test(i)), call) : [];
    return findings.length > 0 ? findings : reads(call);
  },
});
