// Numbers as greys: what is black, what is white, and how sure a reader can be of a sign. Pure.

const MANY_NEGATIVE = 0.08;
const OUTLIERS = 0.02;

const finite = (values) => values.filter(Number.isFinite);
const sum = (values) => values.reduce((total, value) => total + value, 0);

// An input runs from black at 0 (or below) to white at its largest number, 1 for a photograph.
export function inputScale(values) {
  const known = finite(values);
  const high = known.reduce((most, value) => Math.max(most, value), 0);
  const low = known.reduce((least, value) => Math.min(least, value), 0);
  return { low, high: low < 0 || high > 1 ? high : 1, signed: false };
}

// An output with many negative numbers has 0 in the middle grey; else white is what an all-white
// input would give, so that a blur is as bright as its photograph.
export function outputScale(values, weights, white) {
  const known = finite(values);
  const negative = known.filter((value) => value < 0).length;
  const high = sum(weights) * white;
  if (negative <= MANY_NEGATIVE * known.length && high > 0) return { low: 0, high, signed: false };
  const sizes = known.map(Math.abs).sort((a, b) => a - b);
  const most = sizes[Math.floor((1 - OUTLIERS) * (sizes.length - 1))] || 1;
  return { low: -most, high: most, signed: true };
}

// From 0, black, to 255, white; what lies outside the scale is cut off.
export function greyOf(value, { low, high }) {
  const share = (value - low) / (high - low || 1);
  return Math.round(255 * Math.max(0, Math.min(1, share)));
}
