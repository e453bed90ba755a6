/** What a question is in two programs at once: networks and documents are what they hold, and a body is a body whatever its type. */
import { mapChildren } from "../model/expression-children.ts";
import { type ExpressionKeys, expressionKeys } from "../model/expression-key.ts";
import type { Expr } from "../model/expression.ts";
import type { Program } from "../model/program.ts";

/** Of one program; `version` tells apart what the two may mean differently by one name. */
export type KeysOf = (program: Program, version: "before" | "after") => ExpressionKeys;

/** `meansSeveral`: a caller has several identities, and routes may take different ones of them. */
export function sharedKeys(meansSeveral: boolean): KeysOf {
  const documents = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = documents.get(text) ?? documents.size;
    documents.set(text, known);
    return known;
  };
  return (program, version) => {
    const keyOf = expressionKeys();
    const networks = new Map(program.networks.map((network) => [network.name, network]));
    const shared = (expr: Expr): Expr => {
      switch (expr.op) {
        case "network": {
          const network = networks.get(expr.name);
          if (network?.reload !== undefined) return { ...expr, name: `list ${network.name}` };
          return { ...expr, name: network?.cidrs.join(", ") ?? (isBlocks(expr.name) ? expr.name : `${version} ${expr.name}`) };
        }
        case "applyingStatements":
        case "awsAllows":
          return { ...expr, document: numberOf(JSON.stringify(program.documents[expr.document]?.document)) };
        case "body":
          return { ...expr, type: { kind: "string" } };
        case "principalField":
          return meansSeveral && expr.identities.length > 1 ? { ...expr, name: `${version} ${expr.name}` } : expr;
        case "principalId":
          return meansSeveral && expr.of === undefined ? { ...expr, of: `${version} first` } : expr;
        default:
          return mapChildren(expr, shared);
      }
    };
    const known = new WeakMap<Expr, string>();
    return (expr) => {
      const key = known.get(expr) ?? keyOf(shared(expr));
      known.set(expr, key);
      return key;
    };
  };
}

/** Of many blocks a label shows the first ones only. */
function isBlocks(label: string): boolean {
  return !label.includes(" more") && !label.includes("(");
}
