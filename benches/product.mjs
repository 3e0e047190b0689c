// The product in the shape of the baselines.

export { check } from './product-page.mjs';
export { begin, settle } from './product-server.mjs';
export * as whole from './product-server.mjs';
