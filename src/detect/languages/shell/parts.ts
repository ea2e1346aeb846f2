import type { Interpreter } from './frame';

/** Reads a text as a script of this frame's shell. */
export const walkText: Interpreter['walkText'] = (source, frame) => frame.run.interpreter.walkText(source, frame);

export const walkScript: Interpreter['walkScript'] = (script, frame) => frame.run.interpreter.walkScript(script, frame);

export const walkBody: Interpreter['walkBody'] = (body, frame) => frame.run.interpreter.walkBody(body, frame);

/** Looks at the words of one command after all expansions that are known. */
export const runArgv: Interpreter['runArgv'] = (argv, frame, range) => frame.run.interpreter.runArgv(argv, frame, range);

/** Looks for a command among the words of one that nothing here knows. True when something was found. */
export const runWithin: Interpreter['runWithin'] = (args, frame, range, name) => frame.run.interpreter.runWithin(args, frame, range, name);

/** What a command prints, wherever it goes. */
export const printedBy: Interpreter['printedBy'] = (command, frame) => frame.run.interpreter.printedBy(command, frame);

/** A word as the words that the shell makes of it. */
export const expand: Interpreter['expand'] = (word, frame, pick) => frame.run.interpreter.expand(word, frame, pick);

/** A word as one text, without splitting. */
export const expandText: Interpreter['expandText'] = (word, frame, pick) => frame.run.interpreter.expandText(word, frame, pick);

/** A word as a pattern: what is quoted in it stands for itself. */
export const expandPattern: Interpreter['expandPattern'] = (word, frame, pick) => frame.run.interpreter.expandPattern(word, frame, pick);

/** The parts of a word as one text. */
export const textOf: Interpreter['textOf'] = (parts, text, frame, pick) => frame.run.interpreter.textOf(parts, text, frame, pick);
