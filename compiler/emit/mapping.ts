/** Records and lists that mappings make, as TypeScript. Names of members are in the tables: they are the user's; elements are named by number. */
import type { Expr } from "../model/expression.ts";
import { code, identifier, joined, type Code } from "./code.ts";
import { scalarForm } from "./request-fact.ts";
import type { Surroundings } from "./surroundings.ts";

type MappingOp = "record" | "each" | "item";

/** `value` says parts; given by `expression.ts`, of which this is a part. */
export function mapping(expr: Expr & { readonly op: MappingOp }, at: Surroundings, value: (expr: Expr, at: Surroundings) => Code): Code {
  const { use, pool, bound } = at;
  switch (expr.op) {
    case "record": {
      const fields = Object.entries(expr.fields);
      const members = fields.map(([name, one]) => code`[${use("text")}(${bound}, ${pool.text(name)}), ${value(one, at)}]`);
      return code`${use("recordOf")}(${joined(members, ", ")})`;
    }
    case "each":
      return code`${use("eachOf")}(${value(expr.collection, at)}, (${element(expr.item)}: unknown) => ${value(expr.value, at)})`;
    case "item":
      return scalarForm(element(expr.item), expr.type, at);
  }
}

function element(item: number): Code {
  return identifier("item", item);
}
