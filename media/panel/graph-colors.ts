/** Red, green and blue from 0 to 255, alpha from 0 to 1. */
export type Rgba = readonly [number, number, number, number];

/** Reads a color as a browser computes it: `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)`, `color(srgb 0.1 0.2 0.3 / 0.5)`. Undefined for anything else. */
export function parseColor(computed: string): Rgba | undefined {
  const found = /^(rgba?|color)\((?:srgb )?\s*([^)]*)\)$/.exec(computed.trim());
  if (!found) return undefined;
  const parts = (found[2] ?? '').split(/[\s,/]+/).filter(Boolean).map(Number);
  const [r, g, b, a = 1] = parts;
  if (r === undefined || g === undefined || b === undefined || parts.some((n) => !Number.isFinite(n))) return undefined;
  const scale = found[1] === 'color' ? 255 : 1;
  return [Math.round(r * scale), Math.round(g * scale), Math.round(b * scale), a];
}

/** A color over an opaque ground, as the drawing library reads it: themes use transparent colors, and it has none. */
export function over(color: Rgba, ground: Rgba, strength = 1): string {
  const alpha = color[3] * strength;
  const mix = (top: number, below: number): number => Math.round(top * alpha + below * (1 - alpha));
  return `rgb(${mix(color[0], ground[0])},${mix(color[1], ground[1])},${mix(color[2], ground[2])})`;
}
