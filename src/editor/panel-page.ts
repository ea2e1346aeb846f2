/**
 * The review panel's page: fixed elements that `media/panel.ts` fills. No text of a command or template is ever in here.
 * @param script address of dist/panel.js, @param style of media/panel.css, as the webview sees them.
 * @param cspSource the webview's own source expression: it differs from host to host.
 * @param nonce fresh for each page.
 */
export function panelPage(script: string, style: string, cspSource: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Holdpoint</title>
</head>
<body data-risk="none" data-kind="empty">
<div id="live" class="for-readers" role="status" aria-live="polite"></div>
<nav id="holds" aria-label="Held commands" hidden></nav>
<main>
<header id="head"></header>
<div id="progress"></div>
<div id="summary"></div>
<div id="facts"></div>
<div id="preview"></div>
</main>
<footer id="actions" role="toolbar" aria-label="Decision" hidden>
<span id="decide" hidden><button type="button" class="danger" data-action="approve">Approve…</button><button type="button" class="primary" data-action="deny">Deny…</button></span>
<span id="again" hidden><button type="button" class="secondary" data-action="live">Preview again</button><button type="button" class="secondary" data-action="offline">Predict offline</button></span>
<button type="button" class="secondary copy" data-action="copy">Copy as text</button>
</footer>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
