/** The REST API gives amounts as JSON numbers, the npm API as decimal text: this reads the one as the other, exactly. */

const AMOUNT_MEMBER = /amount$|balance$|^netapplied$/i;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/g;

/** Parses JSON with the numbers of amount members as text. */
export function parseWithAmounts(json: string): unknown {
  return parseWithTexts(json, (member) => AMOUNT_MEMBER.test(member));
}

/** Parses JSON with the numbers of these members as text, taken from the number's own digits and never through a float. */
export function parseWithTexts(json: string, isText: (member: string) => boolean): unknown {
  let member = "";
  const quoted = json.replaceAll(TOKEN, (token, offset: number) => {
    if (!token.startsWith('"')) return isText(member) ? `"${token}"` : token;
    if (/^\s*:/.test(json.slice(offset + token.length, offset + token.length + 20))) member = token.slice(1, -1);
    return token;
  });
  return JSON.parse(quoted) as unknown;
}
