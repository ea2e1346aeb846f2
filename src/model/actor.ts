/** Who asks. A mark can be unset by an agent, so evidence only ever raises: its absence is no proof of a person. */
export interface Actor {
  readonly kind: 'human' | 'agent' | 'unknown';
  /** For an agent its product name (`GitHub Copilot in VS Code`), for a person the login name. */
  readonly name: string;
  /** How we know, in words ("AI_AGENT=… in the environment"). */
  readonly evidence: readonly string[];
  readonly confidence: 'certain' | 'likely' | 'guess';
}
