// Which rules hold already.

/** Set once every file is formatted (`npm run format`): from then on the linter checks it, and the length of lines. */
export const FORMATTED = false;

/** Every rule, also those that do not hold everywhere yet. */
export const ALL_RULES = process.env.LINT_ALL_RULES === '1';
