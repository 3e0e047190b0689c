/** The HTTP contract, the text of `openapi.json`: the build of the package makes this module of it. */
declare const contract: string;
export default contract;
