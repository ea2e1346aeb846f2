// Drives the page that shows VS Code: a headless Chromium by playwright-core, and a small loopback server through which
// tests inside the extension host reach it. On the desktop there is no page: the server then only takes the test results.
import { chromium } from 'playwright-core';
import { timingSafeEqual, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { until, which } from './process.mjs';

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const ACTION_LIMIT_MS = 15_000;

/** The Chromium of this machine, or undefined. */
export function findChromium() {
  return CHROMIUM.map((name) => which(name)).find(Boolean) ?? APPLICATIONS.find((file) => which(path.basename(file), path.dirname(file)));
}

/** Starts a headless browser that looks nothing up on its own. Returns playwright's Browser. */
export async function launchBrowser(executablePath = findChromium()) {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    ],
  });
}

/** Opens a page the size of a small laptop's window. */
export async function newPage(browser) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, permissions: ['clipboard-read', 'clipboard-write'] });
  return context.newPage();
}

/**
 * The address of a workbench page on a folder. `development` adds extensions in development and the test module, which
 * only a server started for tests takes.
 */
export function workbenchUrl(server, folder, { extensions = [], tests, token } = {}) {
  const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${file}`;
  const payload = [
    ...extensions.map((file) => ['extensionDevelopmentPath', remote(file)]),
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
  ];
  const query = new URLSearchParams({ ...(token ? { tkn: token } : {}), folder });
  if (payload.length) query.set('payload', JSON.stringify(payload));
  return `${server.url}?${query}`;
}

/**
 * The actions on a page, each {action name: function of one argument object}. A target is {selector} or {role, name} or
 * {text}; it is looked for in the workbench and in every webview inside it, whichever shows it first.
 * Every action throws after its limit with a message that names the target.
 */
export function pageActions(page, screenshotFolder) {
  const locate = (frame, { selector, role, name, exact, text }) => {
    if (selector) return frame.locator(selector);
    if (role) return frame.getByRole(role, { name, exact });
    return frame.getByText(text, { exact });
  };
  /** The first visible match in any frame. The page itself comes first, so `webview: true` narrows to the frames inside. */
  const visible = async (target) => {
    const frames = page.frames().filter((frame) => !(target.webview && frame === page.mainFrame()));
    for (const frame of frames) {
      try {
        const matches = await locate(frame, target).all();
        for (const match of matches) {
          if (await match.isVisible()) return { frame, match };
        }
      } catch {
        // A frame that goes away while we look holds nothing to find.
      }
    }
    return undefined;
  };
  const found = async (target) => {
    const limit = target.limitMs ?? ACTION_LIMIT_MS;
    const hit = await until(() => visible(target), limit);
    if (!hit) throw new Error(`Nothing on the page matches ${JSON.stringify(target)} after ${limit} ms.`);
    return hit;
  };
  return {
    async screenshot({ name }) {
      mkdirSync(screenshotFolder, { recursive: true });
      const file = path.join(screenshotFolder, `${name}.png`);
      await page.screenshot({ path: file, timeout: ACTION_LIMIT_MS });
      return file;
    },
    async click(target) {
      const { match } = await found(target);
      await match.click({ timeout: target.limitMs ?? ACTION_LIMIT_MS, button: target.button ?? 'left' });
    },
    async hover(target) {
      const { match } = await found(target);
      await match.hover({ timeout: target.limitMs ?? ACTION_LIMIT_MS });
    },
    async fill(target) {
      const { match } = await found(target);
      await match.fill(target.value, { timeout: target.limitMs ?? ACTION_LIMIT_MS });
    },
    async type({ text }) {
      await page.keyboard.type(text, { delay: 5 });
    },
    async press({ key }) {
      await page.keyboard.press(key);
    },
    async waitFor(target) {
      const { match } = await found(target);
      return (await match.textContent()) ?? '';
    },
    async waitUntilGone(target) {
      const limit = target.limitMs ?? ACTION_LIMIT_MS;
      const gone = await until(async () => !(await visible(target)), limit);
      if (!gone) throw new Error(`${JSON.stringify(target)} is still on the page after ${limit} ms.`);
    },
    async isVisible(target) {
      return Boolean(await visible(target));
    },
    async texts(target) {
      const all = await Promise.all(page.frames().map((frame) => locate(frame, target).allTextContents().catch(() => [])));
      return all.flat();
    },
    async evaluate({ script, within }) {
      const frame = within ? (await found(within)).frame : page.mainFrame();
      return frame.evaluate(script);
    },
    async resize({ width, height }) {
      await page.setViewportSize({ width, height });
    },
  };
}

/**
 * Serves the actions on loopback under a token: POST /<token>/<action> with a JSON object, answered by {value} or {error}.
 * `events` gets what the mocha reporter posts to /<token>/event. `actions` may be set later, or never.
 */
export async function serveDriver({ events }) {
  const token = randomBytes(24).toString('hex');
  const state = { actions: undefined };
  const server = createServer((request, response) => {
    const answer = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const [, given = '', action = ''] = (request.url ?? '').split('/');
    const same = given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token));
    if (!same || request.method !== 'POST') return answer(403, { error: 'not for you' });
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
      if (body.length > 1_000_000) request.destroy();
    });
    request.on('end', async () => {
      try {
        const argument = body ? JSON.parse(body) : {};
        if (action === 'event') return answer(200, { value: events(argument) ?? null });
        if (!state.actions) return answer(200, { error: 'There is no page to drive: this VS Code runs on the desktop.' });
        const act = Object.hasOwn(state.actions, action) ? state.actions[action] : undefined;
        if (!act) return answer(404, { error: `The driver knows no ${action}.` });
        answer(200, { value: (await act(argument)) ?? null });
      } catch (error) {
        answer(200, { error: String(error.message ?? error) });
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/${token}/`;
  return {
    url,
    drive(actions) {
      state.actions = actions;
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
