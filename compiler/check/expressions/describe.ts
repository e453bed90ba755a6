/** Typed expressions as a message names them, and where what they read was declared. */
import type { Related } from "../../../grammar/source/diagnostic.ts";
import type { Expr } from "../../model/expression.ts";
import { expressionText } from "../../model/expression-text.ts";
import type { Place } from "./place.ts";

/** The expression in backticks as a user would write it, or "this" where it is longer than a path of names. */
export function describe(expr: Expr): string {
  return isPathOfNames(expr) ? `\`${expressionText(expr)}\`` : "this";
}

const NAMES: ReadonlySet<Expr["op"]> = new Set([
  "env",
  "param",
  "network",
  "item",
  "header",
  "headers",
  "query",
  "queries",
  "tag",
  "routeFact",
  "entryFact",
  "pathParam",
  "principalField",
  "principalId",
  "body",
  "answerBody",
  "method",
  "path",
  "host",
  "stage",
  "clientIp",
  "now",
]);

function isPathOfNames(expr: Expr): boolean {
  return expr.op === "field" ? isPathOfNames(expr.object) : NAMES.has(expr.op);
}

/** Second spans: the declarations that gave what `expr` reads its type. */
export function origins(expr: Expr, place: Place): readonly Related[] {
  const reads = place.reads;
  switch (expr.op) {
    case "principalField":
      return place.identities
        .filter((identity) => expr.identities.includes(identity.name))
        .flatMap((identity) => identity.fields.filter((field) => field.name === expr.name))
        .flatMap((field) => declaredAt(field.declared, `\`${expr.name}\` is declared here`));
    case "tag":
      return place.tags
        .filter((tag) => tag.name === expr.name)
        .flatMap((tag) => declaredAt(tag.declared, `\`${expr.name}\` is declared here`));
    case "pathParam": {
      const shapes = reads.kind === "request" && "parameters" in reads.parameters ? reads.parameters.parameters : [];
      return shapes
        .filter((shape) => shape.name === expr.name)
        .flatMap((shape) => declaredAt(shape.declared, "the parameter is declared here"));
    }
    case "body":
      return reads.kind === "request" && "type" in reads.body ? declaredAt(reads.body.declared, "the body is declared here") : [];
    case "field":
      return origins(expr.object, place);
    case "param":
    case "env": {
      const meaning = place.names.lookup({ kind: "name", name: expr.name, span: expr.span });
      return meaning === undefined || meaning.kind === "broken" ? [] : declaredAt(meaning.declared, `\`${expr.name}\` is declared here`);
    }
    default:
      return [];
  }
}

export function declaredAt(span: Related["span"] | undefined, message: string): readonly Related[] {
  return span === undefined ? [] : [{ span, message }];
}
