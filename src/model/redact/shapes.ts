/**
 * Texts that are secrets by their own look, wherever they stand. Each matches in linear time. The beginnings are those that the
 * issuers document; where one keeps a list, GitHub's "Supported secret scanning patterns" is the second source.
 */
export const SHAPES: readonly RegExp[] = [
  // RFC 7468 §10 and §11, OpenSSH's and PGP's armour (RFC 4880 §6.2).
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/g,
  // AWS access keys, long-lived and temporary (IAM user guide, "Unique identifiers"), and the beginnings of STS session tokens.
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\b(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/=]{16,}/g,
  // JSON Web Tokens (RFC 7519): two or more base64url parts, the first a JSON object.
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  // GitHub, GitLab, npm, PyPI, RubyGems, crates.io, Docker Hub.
  /\b(?:gh[pousr]_|github_pat_|gl(?:pat|ptt|rt|dt|soat|cbt|ft|agent|imt|oas)-|npm_|pypi-|rubygems_|cio|dckr_(?:pat|oat)_)[A-Za-z0-9_-]{16,}/g,
  // Slack, Discord and Teams webhooks, Slack tokens, Telegram bots.
  /\b(?:xox[abeoprs]-|xapp-)[A-Za-z0-9-]{10,}/g,
  /(?<=hooks\.slack\.com\/(?:services|workflows)\/|discord(?:app)?\.com\/api\/webhooks\/|webhook\.office\.com\/)[\w@/.-]{16,}/g,
  /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b|(?<=api\.telegram\.org\/(?:file\/)?bot\d{1,16}:)[^/\s?#"'`]{1,128}/g,
  // Stripe, Square, Shopify, SendGrid, Mailgun, Twilio, PayPal's Braintree.
  /\b(?:[rs]k_(?:live|test)_|whsec_|sq0(?:atp|csp)-|shp(?:at|ca|pa|ss)_|access_token\$production\$)[A-Za-z0-9_$]{10,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/g,
  /\b(?:SK[0-9a-f]{32}|key-[0-9a-f]{32})\b/g,
  // Google: API keys, OAuth tokens and client secrets.
  /\bAIza[A-Za-z0-9_-]{35}|\bya29\.[A-Za-z0-9_-]{20,}|\bGOCSPX-[A-Za-z0-9_-]{20,}|\b1\/\/0[A-Za-z0-9_-]{30,}/g,
  // Azure: client secrets of Entra ID, storage and Service Bus keys.
  /(?<![\w~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/g,
  /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])/g,
  // HashiCorp Vault and Terraform Cloud, Pulumi, Doppler, DigitalOcean, Databricks, PlanetScale, Supabase, Fly, Netlify, Heroku, Linode.
  /\bhv[sbr]\.[A-Za-z0-9_-]{20,}|\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}/g,
  /\b(?:pul-[0-9a-f]{40}|dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{20,}|do[opr]_v1_[0-9a-f]{40,}|dapi[0-9a-f]{32}|pscale_(?:tkn|pw|oauth)_[\w.=-]{20,}|sbp_[0-9a-f]{40}|fm\d_[\w+/=-]{40,}|nf[pc]_[A-Za-z0-9]{30,}|HRKU-[\w-]{36,})/g,
  // Grafana, New Relic, Datadog's RUM, Dynatrace, Sentry, Postman, Atlassian, Linear, Notion, Figma, Airtable, Okta, Tailscale, Buildkite, CircleCI.
  /\b(?:gl(?:c|sa)_[\w=+/]{20,}|NRAK-[A-Z0-9]{20,}|dt0[a-z]\d{2}\.[A-Z0-9]{20,}\.[A-Z0-9]{30,}|sntry[su]_[\w=+/]{20,}|PMAK-[0-9a-f-]{40,}|AT(?:ATT|CTT|BB)[A-Za-z0-9_=-]{20,}|lin_(?:api|oauth)_\w{30,}|ntn_\w{30,}|figd_[\w-]{30,}|pat[A-Za-z0-9]{14}\.[0-9a-f]{64}|tskey-[a-z]{2,12}-[\w-]{16,}|bk(?:ua|aj)_\w{30,}|CCIPAT_\w{16,})/g,
  // OpenAI, Anthropic, Hugging Face, Replicate, Groq.
  /\b(?:sk-(?:ant-|proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,}|r8_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{40,})/g,
  // Alibaba and Tencent cloud, JFrog, Shippo and the like.
  /\b(?:LTAI[A-Za-z0-9]{16,20}|AKID[A-Za-z0-9]{32}|AKCp\d[A-Za-z0-9]{60,}|shippo_live_[0-9a-f]{40})\b/g,
];
