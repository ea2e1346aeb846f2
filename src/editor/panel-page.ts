/**
 * The review panel's page: fixed elements that `media/panel.ts` fills. No text of a command or template is ever in here.
 * @param script address of dist/panel.js, @param graph of dist/panel-graph.js, which the page loads when the person opens the
 * graph, @param style of media/panel.css, all as the webview sees them. The stylesheet has the id under which the drawing
 * library looks for its own rules: it finds them, and adds no style element that the policy would refuse.
 * @param cspSource the webview's own source expression: it differs from host to host.
 * @param nonce fresh for each page.
 */
export function panelPage(script: string, graph: string, style: string, cspSource: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link id="__________cytoscape_stylesheet" rel="stylesheet" href="${style}">
<title>Holdpoint</title>
</head>
<body data-risk="none" data-kind="empty" data-graph="${graph}">
<div id="live" class="for-readers" role="status" aria-live="polite"></div>
<nav id="holds" aria-label="Held commands" hidden></nav>
<main>
<header id="head"></header>
<div id="progress"></div>
<div id="summary"></div>
<div id="facts"></div>
<section id="graph" class="graph" aria-label="Graph of the blast radius" hidden></section>
<div id="preview"></div>
</main>
<footer id="actions" role="toolbar" aria-label="Decision" hidden>
<p id="runs" hidden></p>
<span id="decide" hidden><button type="button" class="danger" data-action="approve">Approve…</button><button type="button" class="primary" data-action="deny">Deny…</button></span>
<span id="again" hidden><button type="button" class="secondary" data-action="live">Preview again</button><button type="button" class="secondary" data-action="offline">Predict offline</button></span>
<button type="button" class="secondary copy" data-action="copy">Copy as text</button>
</footer>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
