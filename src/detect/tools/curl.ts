import { commandTool } from './cli/command-tool';
import { option } from './cli/call';
import { bodyText, reads, requests, urlText } from './http/clients';

/** curl: judged by the request that it sends. */
export const curl = commandTool({
  names: ['curl', 'curlie'], provider: 'http', source: 'curl(1), 8.x', everyday: true,
  valued: `-A --user-agent -b --cookie -c --cookie-jar -C --continue-at -d --data --data-raw --data-binary --data-ascii --data-urlencode
    -D --dump-header -e --referer -E --cert --cert-type -F --form --form-string -H --header -K --config -m --max-time --connect-timeout
    -o --output --output-dir -P --ftp-port -Q --quote -r --range -t --telnet-option -T --upload-file -u --user -U --proxy-user -w
    --write-out -x --proxy -X --request --request-target -y --speed-time -Y --speed-limit -z --time-cond --url --retry --retry-delay
    --retry-max-time --resolve --connect-to --cacert --capath --key --key-type --pass --ciphers --interface --limit-rate --max-filesize
    --max-redirs --noproxy --proto --proto-default --proto-redir --socks5 --socks5-hostname --tls-max --unix-socket
    --abstract-unix-socket --aws-sigv4 --oauth2-bearer --json --url-query --stderr --trace --trace-ascii --keepalive-time --dns-servers
    --doh-url --local-port --hostpubmd5 --krb --mail-from --mail-rcpt --netrc-file --pinnedpubkey --preproxy --proxy-header --pubkey
    --rate --service-name --tlsuser --variable --variable --expand-url --expand-data`,
  flags: `-f --fail --fail-with-body -s --silent -S --show-error -L --location -k --insecure -v --verbose -i --include -I --head -G
    --get -g --globoff -j -J -l -n --netrc -N -O --remote-name -p -q -R -0 -1 -2 -3 -4 -6 -# --compressed --http1.1 --http2 --http3 -Z
    --parallel --next -:`,
  commands: '', otherwise: 'quiet',
  // Without one of these it is a GET. A word that isn't known may be one.
  worthAsking: (words) => words.some((w) => /^-[a-zA-Z]*[XdFTK]|^--(?:request|data|json|form|upload|config|unix|next|url-query|variable|expand)|^[\uFDD0-\uFDD2]+$/.test(w.text)),
  before: (call) => {
    const data = call.options.filter((o) => /^(?:-d|--data|--data-raw|--data-binary|--data-ascii|--data-urlencode|--json|-F|--form|--form-string|--url-query)$/.test(o.name));
    const upload = option(call, '-T', '--upload-file');
    const get = option(call, '-G', '--get') !== undefined;
    const head = option(call, '-I', '--head') !== undefined;
    const given = option(call, '-X', '--request')?.value;
    const method = given ?? (head ? 'HEAD' : upload ? 'PUT' : data.length > 0 && !get ? 'POST' : 'GET');
    const urls = [...call.args, ...call.options.filter((o) => o.name === '--url' && o.value).flatMap((o) => (o.value ? [o.value] : []))];
    const socket = option(call, '--unix-socket')?.value?.value;
    const headers = call.options.filter((o) => (o.name === '-H' || o.name === '--header') && o.value).map((o) => (o.value ? urlText(o.value) : ''));
    const body = data.map((o) => bodyText(o.value, call)).join('&');
    const where = socket !== undefined && /docker|podman|containerd/.test(socket) ? urls.map((w) => ({ ...w, value: w.value?.replace(/^(?:https?:\/\/)?[^/]*/, 'http://localhost:2375'), parts: w.parts })) : urls;
    const findings = requests(method, where, body, headers, call);
    return findings.length > 0 ? findings : reads(call);
  },
});
