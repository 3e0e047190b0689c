// The product in a page in the shape of the baselines.

import { init, validate } from 'checkout-payments';

await init();

/** The names of the fields at fault. */
export function check(request) {
  const verdict = validate(request);
  return verdict.valid ? [] : verdict.fields.map(({ name }) => name);
}
