import type { LineWord } from './words';

/**
 * Commands that take a secret from their standard input, so that what is piped or handed to them is one. Sources: sudo(8) -S, passwd(1) --stdin,
 * chpasswd(8), smbpasswd(8) -s, htpasswd(1) -i, gpg(1) --passphrase-fd, openssl-passphrase-options(1), sshpass(1) -d, cryptsetup(8), kinit(1), pass(1),
 * ssh-add(1); and the references of docker, podman, helm and skopeo (login), gh, gcloud secrets, vault, fly, vercel, wrangler, pulumi, doppler, kubectl.
 */
const READS_SECRET = [
  /(?:^|\s)sudo\s(?:[^|]*\s)?(?:-[A-Za-z]*S[A-Za-z]*|--stdin)(?:\s|$)/, /(?:^|[\s/])(?:chpasswd|chgpasswd|kinit|saslpasswd2|smbpasswd)(?:\s|$)/,
  /\s--(?:password|pass|token|secret|key)-stdin(?:\s|$)/, /(?:^|[\s/])passwd\s.*--stdin/, /\s--with-token(?:\s|$)/, /\shtpasswd\s.*-[a-zA-Z]*i|^htpasswd\s.*-[a-zA-Z]*i/,
  /\s--passphrase-fd[ =]0/, /\s-(?:pass|passin|passout|password)\s(?:stdin|fd:0)/, /(?:^|[\s/])sshpass\s(?:-d\s?0)/, /(?:^|[\s/])ssh-add\s+-(?:\s|$)/,
  /(?:^|[\s/])cryptsetup\s.*(?:luksFormat|luksOpen|luksAddKey|open|luksChangeKey)/, /(?:^|[\s/])(?:go)?pass\s(?:insert|edit)/,
  /(?:^|[\s/])(?:vault|bao)\s(?:login|kv\sput|kv\spatch|write)\s.*(?:\s|=)-(?:\s|$)/, /(?:^|[\s/])vault\sunseal|operator\sunseal/,
  /(?:^|[\s/])gcloud\s.*\bsecrets\b.*--data-file[= ](?:-|\/dev\/stdin)/, /(?:^|[\s/])gh\ssecret\sset\s/, /(?:^|[\s/])(?:fly|flyctl)\s(?:secrets\simport|auth\s)/,
  /(?:^|[\s/])vercel\s(?:env|secrets?)\sadd/, /(?:^|[\s/])wrangler\s.*\bsecret\b.*\b(?:put|bulk)/, /(?:^|[\s/])pulumi\sconfig\sset/, /(?:^|[\s/])doppler\ssecrets\s(?:set|upload)/,
  /(?:^|[\s/])(?:kubectl|oc)\s.*\bcreate\ssecret\b.*(?:\/dev\/stdin|=-)/, /(?:^|[\s/])(?:docker|podman)\ssecret\screate\s.*\s-(?:\s|$)/, /(?:^|[\s/])az\s.*@-/, /file:\/\/\/dev\/stdin/,
];

/** True when a command reads a secret from its standard input. */
export function readsSecret(words: readonly LineWord[]): boolean {
  const line = words.map((w) => w.value.slice(0, 256)).slice(0, 64).join(' ');
  return READS_SECRET.some((one) => one.test(line));
}

/** The places of the words that a command writes to its standard output: what echo and printf are given. Source: POSIX echo, printf. */
export function written(words: readonly LineWord[]): number[] {
  const name = words[0]?.value ?? '';
  if (!/^(?:echo|printf|\/(?:usr\/)?bin\/(?:echo|printf))$/.test(name)) return [];
  return words.flatMap((w, at) => (at === 0 || (/^-[neE]+$/.test(w.value) && at < 3) || (name.endsWith('printf') && /^(?:%[sb](?:\\n)?|--)+$/.test(w.value)) ? [] : [at]));
}
