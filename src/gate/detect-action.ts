import { detectArgv, detectCommand, detectScript } from '../detect/detect';
import { detectFile } from '../detect/file';
import type { ProgramKind } from '../detect/file-kind';
import type { DetectContext } from '../detect/invocation';
import { nameOf, originOf, type Action, type Operation } from '../model';
import type { Question } from './requester';

/** The languages that are read as programs, by their names in an action. */
const PROGRAMS: readonly ProgramKind[] = ['python', 'javascript', 'go', 'java', 'ruby', 'notebook', 'powershell', 'sql', 'ansible'];

/**
 * What an action would do. What nobody can read yet is one operation that may do anything: a rule, or a person, decides it.
 * @param stdin what stands behind the standard input of an argv.
 */
export function detectAction(action: Action, context: DetectContext, stdin?: Question['stdin']): Operation[] {
  switch (action.kind) {
    case 'argv':
      return detectArgv(action.argv, context, stdin);
    case 'text': {
      const program = PROGRAMS.find((kind) => kind === action.language);
      if (action.language === 'shell')
        return action.path === undefined ? detectCommand(action.text, context) : detectScript(action.path, action.text, context);
      return program === undefined ? [unread(action)] : detectFile(program, action.path ?? '', action.text, context);
    }
    case 'tool-call':
    case 'request':
      return [unread(action)];
  }
}

function unread(action: Action): Operation {
  const name = nameOf(action);
  const operation = { text: 'text:Unread', 'tool-call': 'tool:Call', request: 'request:Send', argv: 'command:Run' }[action.kind];
  return {
    operation,
    tool: name,
    mutation: 'unknown',
    effects: ['unknown'],
    reversibility: { kind: 'unknown' },
    targets: [],
    context: {},
    reason: `What ${name} would do can't be read here.`,
    unknowns: ['what it does'],
    guardsOff: [],
    door: 'unread',
    origin: originOf(action),
  };
}
