import type { DetectContext, Finding, Language, ReaderContext, Readers } from './invocation';
import { findInJavaScript } from './languages/javascript';
import { findInPowerShell } from './languages/powershell';
import { findInPython } from './languages/python';
import { findInRuby } from './languages/ruby';
import { findInShell } from './languages/shell';
import { elsewhere } from './tools/cli/elsewhere';
import { allTools, toolNamed } from './tools/registry';

const FIND: Readonly<Record<Language, (text: string, context: ReaderContext) => Finding[]>> = {
  shell: findInShell, python: findInPython, javascript: findInJavaScript, ruby: findInRuby, powershell: findInPowerShell,
};

/** Every tool and every language: the one place where they are put together. */
const READERS: Readers = { toolNamed, tools: allTools, find: (language, text, context) => FIND[language](text, context), elsewhere };

/** A context as the readers take it. */
export const withReaders = (context: DetectContext): ReaderContext => ({ ...context, readers: READERS });
