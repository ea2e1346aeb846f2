/** Stands in the shims' folder, so that a shim knows its own kind and never calls one, from whatever window it comes. */
export const SHIM_MARK = '.holdpoint-shims';
