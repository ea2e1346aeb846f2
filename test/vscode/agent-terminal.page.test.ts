import assert from 'node:assert/strict';
import { agentRuns } from './agent';

describe("VS Code's agent terminal tool", function () {
  this.timeout(300_000);

  it("runs the agent's command in a shell that carries the agent's marks", async () => {
    const { text, error } = await agentRuns('echo "agent=$AI_AGENT"; true');
    assert.equal(error, undefined);
    assert.match(text ?? '', /agent=github_copilot_vscode_agent/);
  });

  it("has Holdpoint's command first on its PATH", async () => {
    const { text, error } = await agentRuns('command -v aws');
    assert.equal(error, undefined);
    assert.match(text ?? '', /\.holdpoint\/.*aws/);
  });
});
