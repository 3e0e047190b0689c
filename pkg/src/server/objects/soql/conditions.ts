/**
 * The conditions of a query as a tree. The parser gives them as a chain with counted parentheses; here they are taken
 * apart into signs and read once more, with the rule of the language that AND and OR are not mixed without parentheses.
 */
import type { Condition as Parsed, WhereClause } from "@jetstreamapp/soql-parser-js";
import type { Condition } from "../../selection.js";
import { malformedQuery } from "../refusals.js";

/** One comparison as the parser gives it. */
export type Comparison = Exclude<Parsed, { openParen: number }> & { readonly openParen?: number; readonly closeParen?: number };

type Sign = "(" | ")" | "AND" | "OR" | "NOT" | Comparison;

const MAX_COMPARISONS = 200;
const MAX_DEPTH = 50;

/** The tree, each comparison turned into a condition by `compare`. */
export function readConditions(where: WhereClause, compare: (comparison: Comparison) => Condition): Condition {
  const signs = signsOf(where);
  if (signs.filter((sign) => typeof sign === "object").length > MAX_COMPARISONS) throw malformedQuery(`A query has at most ${MAX_COMPARISONS} conditions.`);
  let at = 0;

  const chain = (depth: number): Condition => {
    if (depth > MAX_DEPTH) throw malformedQuery(`Conditions nest at most ${MAX_DEPTH} deep.`);
    const parts = [one(depth)];
    const word = signs[at];
    while (signs[at] === "AND" || signs[at] === "OR") {
      if (signs[at] !== word) throw malformedQuery("AND and OR can't be mixed without parentheses.");
      at += 1;
      parts.push(one(depth));
    }
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    return word === "AND" ? { all: parts } : { any: parts };
  };

  const one = (depth: number): Condition => {
    const sign = signs[at];
    at += 1;
    if (sign === "NOT") return { not: one(depth + 1) };
    if (sign === "(") {
      const inner = chain(depth + 1);
      if (signs[at] !== ")") throw malformedQuery("A parenthesis is missing.");
      at += 1;
      return inner;
    }
    if (typeof sign !== "object") throw malformedQuery("A condition is missing.");
    return compare(sign);
  };

  const tree = chain(0);
  if (at !== signs.length) throw malformedQuery("There is a parenthesis too many.");
  return tree;
}

function signsOf(where: WhereClause): Sign[] {
  const signs: Sign[] = [];
  for (let clause: WhereClause | undefined = where; clause !== undefined; clause = "right" in clause ? clause.right : undefined) {
    const left = clause.left as (Comparison & { openParen?: number; closeParen?: number }) | null;
    for (let count = left?.openParen ?? 0; count > 0; count--) signs.push("(");
    if (left !== null && "operator" in left) signs.push(left);
    for (let count = left?.closeParen ?? 0; count > 0; count--) signs.push(")");
    if ("operator" in clause) signs.push(clause.operator);
  }
  return signs;
}
