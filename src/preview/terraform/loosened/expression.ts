/** An expression in several parts, for those that are too long for a line. */
export const joined = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''));

/** A whole name that is one of these. */
export const whole = (...names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})$`);
