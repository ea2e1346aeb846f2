/**
 * What a test inside the extension host can do with the page that shows VS Code. The actions themselves run in the
 * test runner (scripts/page-driver.mjs), which holds the browser; here are their typed calls.
 */

/** Something on the page. The first visible match wins, in the workbench or in any webview. */
export interface Target {
  readonly selector?: string;
  readonly role?: string;
  /** The accessible name, with `role`. */
  readonly name?: string;
  readonly text?: string;
  readonly exact?: boolean;
  /** Look only inside webviews (the review panel, for one). */
  readonly webview?: boolean;
  readonly limitMs?: number;
  readonly button?: 'left' | 'right';
}

/** Waits until a condition holds; throws with the words given when it does not in time. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, limitMs = 30_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not in ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const address = process.env['HOLDPOINT_TEST_DRIVER'];

/** Whether there is a page to drive. On the desktop there is none, and tests named *.page.test.ts do not run. */
export const hasPage = process.env['HOLDPOINT_TEST_PAGE'] === '1';

/** Sends one action to the runner. Throws an Error with the runner's words when it fails. */
export async function call(action: string, argument: object = {}): Promise<unknown> {
  if (!address) throw new Error('HOLDPOINT_TEST_DRIVER is not set: run these tests with `npm test -- vscode`.');
  const response = await fetch(address + action, { method: 'POST', body: JSON.stringify(argument) });
  const answer = (await response.json()) as { value?: unknown; error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}

/** Saves a picture of the page as out/screenshots/<name>.png and gives the file's path. */
export const screenshot = (name: string): Promise<string> => call('screenshot', { name }) as Promise<string>;
export const click = (target: Target): Promise<unknown> => call('click', target);
/** Types into whatever has the focus. */
export const type = (text: string): Promise<unknown> => call('type', { text });
/** Presses a key or a chord in playwright's words: `Enter`, `Control+Shift+P`. */
export const press = (key: string): Promise<unknown> => call('press', { key });
/** Waits until the target is visible and gives its text. */
export const waitFor = (target: Target): Promise<string> => call('waitFor', target) as Promise<string>;
export const waitUntilGone = (target: Target): Promise<unknown> => call('waitUntilGone', target);
export const isVisible = (target: Target): Promise<boolean> => call('isVisible', target) as Promise<boolean>;
/** The texts of all matches in all frames, visible or not. */
export const texts = (target: Target): Promise<readonly string[]> => call('texts', target) as Promise<readonly string[]>;
/** Evaluates an expression in the page, or in the frame that shows `within`. */
export const evaluate = (script: string, within?: Target): Promise<unknown> => call('evaluate', { script, within });
