/** Typed expressions as a message names them, and where what they read was declared. */
import type { Related } from "../../../grammar/source/diagnostic.ts";
import type { Expr } from "../../model/expression.ts";
import type { Place } from "./place.ts";

/** The expression in backticks as a user would write it, or "this" where it is longer than a path of names. */
export function describe(expr: Expr): string {
  const text = written(expr);
  return text === undefined ? "this" : `\`${text}\``;
}

function written(expr: Expr): string | undefined {
  switch (expr.op) {
    case "env":
    case "param":
    case "network":
    case "item":
      return expr.name;
    case "header":
    case "headers":
      return `${expr.op}(${JSON.stringify(expr.name.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase()))})`;
    case "query":
    case "queries":
      return `${expr.op}(${JSON.stringify(expr.name)})`;
    case "tag":
      return `tag.${expr.name}`;
    case "routeFact":
      return `route.${expr.fact}`;
    case "entryFact":
      return expr.fact === "name" ? "entry" : expr.fact === "vpcIp" ? "entry.vpc_ip" : `entry.${expr.fact}`;
    case "pathParam":
      return `params.${expr.name}`;
    case "principalField":
      return `principal.${expr.of === undefined ? "" : `${expr.of}.`}${expr.name}`;
    case "principalId":
      return expr.of === undefined ? "principal.id" : `principal.${expr.of}.id`;
    case "body":
      return "body";
    case "answerBody":
      return "response.body";
    case "method":
    case "path":
    case "host":
    case "stage":
      return expr.op;
    case "clientIp":
      return "client.ip";
    case "now":
      return "time.now";
    case "field": {
      const object = written(expr.object);
      return object === undefined ? undefined : `${object}.${expr.name}`;
    }
    default:
      return undefined;
  }
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
