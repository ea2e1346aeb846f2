import type { Agent } from './agent';

const APPROVAL = 'VS Code documentation, "Manage auto approval"';
const BY_ITSELF = 'an agent runs commands or edits files without a question';
const TOOLS_OF_A_KIND = String.raw`"chat\.tools\.(?:terminal|edits|urls)\.(?:autoApprove|enableAutoApprove|ignoreDefaultAutoApproveRules)"\s*:\s*`;
/** An object in which something is approved. */
const SOME_RULE = String.raw`\{[^}]*(?:"[^"]*"\s*:\s*(?:true|\{[^}]*"approve"\s*:\s*true))`;

export const copilotInVsCode: Agent = {
  name: 'GitHub Copilot in VS Code',
  marks: [
    { variable: 'AI_AGENT', value: 'github_copilot_vscode_agent', source: 'VS Code 1.139, environment of run_in_terminal' },
    { variable: 'COPILOT_AGENT', source: 'VS Code 1.139, environment of run_in_terminal' },
  ],
  files: [
    { name: '.github/hooks/*.json', source: 'VS Code documentation, "Agent hooks"' },
  ],
  switches: [
    { pattern: /"chat\.tools\.(?:global\.)?autoApprove"\s*:\s*true/, what: 'every tool of an agent runs without a question', source: APPROVAL },
    { pattern: new RegExp(`${TOOLS_OF_A_KIND}true`), what: BY_ITSELF, source: APPROVAL },
    { pattern: new RegExp(`${TOOLS_OF_A_KIND}${SOME_RULE}`), what: BY_ITSELF, source: APPROVAL },
    { pattern: /"chat\.agent\.terminal\.(?:autoApprove|allowList)"\s*:\s*\{[^}]*:\s*true/, what: 'an agent runs commands without a question', source: APPROVAL },
  ],
};
