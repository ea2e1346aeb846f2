import { commandTool } from './cli/command-tool';
import { option } from './cli/call';
import { bodyText, reads, requests, urlText } from './http/clients';

/** wget: judged by the request that it sends. */
export const wget = commandTool({
  names: ['wget', 'wget2'], provider: 'http', source: 'GNU Wget manual, "HTTP Options"', everyday: true,
  valued: `-O --output-document -o --output-file -a --append-output -P --directory-prefix -t --tries -T --timeout -w --wait -Q --quota
    -U --user-agent --header --post-data --post-file --method --body-data --body-file --user --password --http-user --http-password -i
    --input-file -B --base -e --execute --limit-rate --ca-certificate --certificate --private-key --referer --load-cookies
    --save-cookies -l --level -A --accept -R --reject -D --domains -I -X --proxy-user --bind-address --dns-timeout --read-timeout
    --waitretry --retry-on-http-error`,
  flags: '-q --quiet -c -N -S -r -np -nc -k -p -m -b -4 -6 --no-check-certificate -nv --spider --content-on-error', commands: '',
  otherwise: 'quiet',
  before: (call) => {
    const body = [option(call, '--post-data', '--body-data')?.value, undefined].map((w) => bodyText(w, call)).join('');
    const file = option(call, '--post-file', '--body-file');
    const method = option(call, '--method')?.value ?? (option(call, '--post-data', '--post-file') ? 'POST' : 'GET');
    const headers = call.options.filter((o) => o.name === '--header' && o.value).map((o) => (o.value ? urlText(o.value) : ''));
    const findings = requests(method, call.args, body + (file?.value?.value === undefined ? '' : bodyText({ ...file.value, value: `@${file.value.value}` }, call)), headers, call);
    return findings.length > 0 ? findings : reads(call);
  },
});
