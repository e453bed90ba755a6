/** What expressions read of a request, of its caller and of the stage, as TypeScript. */
import type { EntryFact, Expr } from "../model/expression.ts";
import type { Type } from "../model/types.ts";
import { code, joined, literal, type Code } from "./code.ts";
import { indexIn, type Surroundings } from "./surroundings.ts";
import { bareType } from "../model/bare-type.ts";

type FactOp =
  | "clientIp"
  | "method"
  | "path"
  | "host"
  | "header"
  | "headers"
  | "query"
  | "queries"
  | "pathParam"
  | "now"
  | "entryFact"
  | "timeOfDay"
  | "weekday"
  | "principalId"
  | "principalField"
  | "body"
  | "answerBody"
  | "stage";

/** `value` says parts; given by `expression.ts`, of which this is a part. */
export function requestFact(fact: Expr & { readonly op: FactOp }, at: Surroundings, value: (expr: Expr, at: Surroundings) => Code): Code {
  const { use, pool, bound } = at;
  switch (fact.op) {
    case "stage":
      return code`${bound}.stage`;
    case "clientIp":
      return code`call.clientText`;
    case "method":
      return code`call.method`;
    case "path":
      return code`call.request.path`;
    case "host":
      return code`call.request.host`;
    case "header":
      return code`${use("headerValue")}(call, ${pool.text(fact.name)})`;
    case "headers":
      return code`${use("allHeaders")}(call, ${pool.text(fact.name)})`;
    case "query":
      return code`${use("queryValue")}(call, ${pool.text(fact.name)})`;
    case "queries":
      return code`${use("allQueries")}(call, ${pool.text(fact.name)})`;
    case "pathParam":
      return code`${use("parameter")}(call, ${pool.text(fact.name)})`;
    case "now":
      return code`call.now`;
    case "body":
      return code`call.body`;
    case "answerBody":
      return code`call.answer`;
    case "entryFact":
      return entryFact(fact.fact);
    case "timeOfDay":
    case "weekday":
      return code`${use(fact.op)}(call, ${value(fact.zone, at)})`;
    case "principalId":
      if (fact.of === undefined) return code`${use("principalId")}(call)`;
      return code`${use("idOf")}(call, ${literal(indexIn(at.identities, fact.of))})`;
    case "principalField":
      return scalarForm(claims(fact.name, fact.identities, at), fact.type, at);
  }
}

function entryFact(fact: EntryFact): Code {
  switch (fact) {
    case "name":
      return code`call.entry?.name`;
    case "vpce":
      return code`call.entry?.vpce`;
    case "vpc":
      return code`call.entry?.vpc`;
    case "vpcIp":
      return code`call.entry?.vpcIp`;
  }
}

/** No caller is let in with two of these, so at most one is there. */
function claims(name: string, identities: readonly string[], at: Surroundings): Code {
  if (identities.length === 0) return code`undefined`;
  const field = at.pool.text(name);
  const each = identities.map((identity) => code`${at.use("claim")}(call, ${literal(indexIn(at.identities, identity))}, ${field})`);
  return each.length === 1 ? joined(each, " ?? ") : code`(${joined(each, " ?? ")})`;
}

/** Addresses and UUIDs come from others in several spellings. */
export function scalarForm(given: Code, type: Type, at: Surroundings): Code {
  const { kind } = bareType(type);
  return kind === "ip" ? code`${at.use("canonicalIp")}(${given})` : kind === "uuid" ? code`${at.use("canonicalUuid")}(${given})` : given;
}
