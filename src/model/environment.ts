/** A named target such as prod or staging, as the rules define it. */
export interface Environment {
  readonly name: string;
  /** `production` raises risk; `unknown` is what a target outside every definition has. */
  readonly tier: 'production' | 'staging' | 'development' | 'unknown';
  /** Why this target belongs to it ("stack name matches *-prod"). */
  readonly because: string;
}
