import assert from 'node:assert/strict';

import { identify, type ActorFacts } from '../../src/gate/actor';
import { AGENT_MARKS, MARK_NAMES } from '../../src/agents/registry';
import { scriptOf } from '../../src/gate/processes';

const facts = (change: Partial<ActorFacts> = {}): ActorFacts => ({ marks: {}, ancestry: ['bash', 'sshd'], tty: true, user: 'ada', ...change });

describe('who asks', () => {
  for (const mark of AGENT_MARKS.filter((m) => m.variable !== 'AI_AGENT' || m.value !== undefined)) {
    it(`is ${mark.agent} where ${mark.variable}${mark.value ? `=${mark.value}` : ''} is set, terminal or not`, () => {
      for (const tty of [true, false]) {
        const actor = identify(facts({ marks: { [mark.variable]: mark.value ?? '1' }, tty }));
        assert.equal(actor.kind, 'agent');
        assert.equal(actor.name, mark.agent);
        assert.equal(actor.confidence, 'certain');
        assert.deepEqual(actor.evidence, [`${mark.variable}=${mark.value ?? '1'} in the environment`]);
      }
    });
  }

  it('is the agent of VS Code in the terminal that its tool opens', () => {
    const actor = identify(facts({ marks: { TERM_PROGRAM: 'vscode', COPILOT_AGENT: '1', AI_AGENT: 'github_copilot_vscode_agent' } }));
    assert.equal(actor.name, 'GitHub Copilot in VS Code');
    assert.deepEqual(actor.evidence, ['AI_AGENT=github_copilot_vscode_agent in the environment', 'COPILOT_AGENT=1 in the environment']);
  });

  it('is the agent that a version follows in its mark', () => {
    assert.equal(identify(facts({ marks: { AI_AGENT: 'claude-code_2.1.0_agent' } })).name, 'Claude Code');
  });

  it('is an agent by the name it gives itself, when nobody knows that name', () => {
    const actor = identify(facts({ marks: { AI_AGENT: 'new_thing\u001b[31m' } }));
    assert.equal(actor.kind, 'agent');
    assert.equal(actor.name, 'new_thing?[31m');
  });

  it('is not an agent because a variable is empty or has another meaning', () => {
    assert.equal(identify(facts({ marks: { CLAUDECODE: '' } })).kind, 'human');
    assert.equal(identify(facts({ marks: { AGENT: 'ssh' } })).kind, 'human');
  });

  it('is an agent by the process above, where it sets no mark: likely, not certain', () => {
    const actor = identify(facts({ ancestry: ['sh', 'python3', 'aider', 'bash'] }));
    assert.deepEqual(actor, { kind: 'agent', name: 'Aider', evidence: ['started below the process aider'], confidence: 'likely' });
    assert.equal(identify(facts({ ancestry: ['Windsurf.exe'] })).name, 'Windsurf');
    assert.equal(identify(facts({ ancestry: ['constructor', 'toString'] })).kind, 'human');
  });

  it('is a person only where a terminal stands behind it, and never for certain', () => {
    assert.deepEqual(identify(facts()), { kind: 'human', name: 'ada', evidence: ['typed in a terminal, and no agent\'s mark in the environment'], confidence: 'likely' });
    assert.match(identify(facts({ marks: { TERM_PROGRAM: 'vscode' } })).evidence[0] ?? '', /in a terminal of the editor/);
    assert.equal(identify(facts({ tty: false })).kind, 'unknown');
    assert.equal(identify(facts({ tty: false })).confidence, 'guess');
  });

  it('is never lowered by a further mark', () => {
    for (const mark of AGENT_MARKS) {
      const marks = Object.fromEntries(MARK_NAMES.map((name) => [name, name === mark.variable ? (mark.value ?? '1') : 'x']));
      assert.equal(identify(facts({ marks })).kind, 'agent');
    }
  });

  it('has a source for every mark', () => {
    for (const mark of AGENT_MARKS) assert.ok(mark.source.length > 3, mark.variable);
  });
});

describe('the script an interpreter runs', () => {
  it('is named without folder and ending', () => {
    assert.equal(scriptOf(['node', '/usr/lib/bin/gemini.js', '--key', 'x']), 'gemini');
    assert.equal(scriptOf(['python3', '-u', '/opt/aider']), 'aider');
    assert.equal(scriptOf(['python3', '-m', 'aider', '--yes']), 'aider');
  });

  it('is not told when the program is text: it may hold secrets', () => {
    assert.equal(scriptOf(['node', '-e', 'fetch("https://user:pass@host")']), undefined);
    assert.equal(scriptOf(['node', '--eval=1', 'x']), undefined);
    assert.equal(scriptOf(['python3', '-Ic', 'import os', 'x']), undefined);
    assert.equal(scriptOf(['node']), undefined);
  });
});
