import type { Agent } from './agent';

export const geminiCli: Agent = {
  name: 'Gemini CLI',
  marks: [
    { variable: 'GEMINI_CLI', source: 'Gemini CLI, run_shell_command; phpstan, Internal/AgentDetector' },
  ],
  programs: [{ name: 'gemini', source: 'npm, @google/gemini-cli, `bin`' }],
  files: [
    { name: '.gemini/settings.json', isSettings: true, source: 'Gemini CLI documentation, "Configuration" and "Hooks"' },
  ],
};
