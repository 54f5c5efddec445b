// Numbers as greys: what is black, what is white, and how sure a reader can be of a sign. Pure.

const MOSTLY_POSITIVE = 0.25;
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

// An output that is negative about as much as positive has 0 in the middle grey; else white is what
// an all-white input would give, so that a blurred photograph stays as bright.
export function outputScale(values, weights, white) {
  const known = finite(values);
  const sizes = Float64Array.from(known, Math.abs).sort();
  const negative = -sum(known.filter((value) => value < 0));
  const high = sum(weights) * white;
  if (high > 0 && negative <= MOSTLY_POSITIVE * sum(sizes)) return { low: 0, high, signed: false };
  const most = sizes[Math.floor((1 - OUTLIERS) * (sizes.length - 1))] || 1;
  return { low: -most, high: most, signed: true };
}

// From 0, black, to 255, white; what lies outside the scale is cut off.
export function greyOf(value, { low, high }) {
  const share = (value - low) / (high - low || 1);
  return Math.round(255 * Math.max(0, Math.min(1, share)));
}
