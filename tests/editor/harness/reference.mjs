// What the peers' libraries computed for the sample workspace's models (tests/fixtures/golden).
import fs from 'node:fs';
import { inRoot } from '../../../scripts/lib/paths.mjs';

const read = (file) => JSON.parse(fs.readFileSync(inRoot('tests/fixtures/golden', file), 'utf8'));

/** Exact Shapley values of shap for the first rows of adult/test.csv, towards >50K, as probabilities. */
export function adultExactShap(row) {
  const { parameters, base_value: base, predictions, values } = read('adult-gbm/shap-exact.json');
  const contributions = parameters.columns
    .map((column, i) => ({ column, value: values[row][i] }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return { base, prediction: predictions[row], contributions };
}
