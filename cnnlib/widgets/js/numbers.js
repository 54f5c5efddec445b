// Numbers as a reader sees them: a true minus, two places, the full value kept for focus.

export const MINUS = "\u2212";

const signed = (text) => text.replace("-", MINUS);

export function full(value) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  return signed(String(value));
}

export function short(value) {
  if (!Number.isFinite(value)) return full(value);
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 1e-4)) return signed(value.toExponential(1));
  if (size > 0 && size < 0.005) return signed(String(Number(value.toPrecision(1))));
  return signed(String(Number(value.toFixed(2))).replace(/^-0$/, "0"));
}

// A factor inside a product: a negative one is put in brackets.
export const factor = (value) => (value < 0 ? `(${short(value)})` : short(value));

// What a person types: any minus, a decimal comma, a fraction.
export function parse(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/g, "-").replace(",", ".");
  const [top, bottom = "1", ...rest] = plain.split("/");
  if (plain === "" || bottom === "" || rest.length) return NaN;
  return Number(top) / Number(bottom);
}

export const nearly = (a, b) =>
  Object.is(a, b) || Math.abs(a - b) <= 0.005 + 1e-6 * Math.abs(b);

// From 0 to just below 1, the same from a seed on every machine (mulberry32).
export function uniforms(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// Small integers.
export function integers(seed, count, low = -3, high = 3) {
  const next = uniforms(seed);
  return Array.from({ length: count }, () => low + Math.floor(next() * (high - low + 1)));
}
