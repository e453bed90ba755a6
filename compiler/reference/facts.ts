/** Expressions without parts: constants, and what the start, the route, the request and the caller say. */
import type { Expr } from "../model/expression.ts";
import type { Value } from "../model/types.ts";
import { applyingStatements } from "./iam/applying-statements.ts";
import { awsAllows } from "./iam/aws-allows.ts";
import { valueOf, valuesOf } from "./fields.ts";
import type { AddressTest } from "./membership.ts";
import type { Scene } from "./scene.ts";
import { tagOf } from "./tag.ts";
import { canonicalConstant } from "./texts.ts";
import { own } from "./values.ts";

export function fact(expr: Extract<Expr, { readonly op: FactOp }>, scene: Scene): Value | AddressTest | undefined {
  const { request, route, callers = [] } = scene;
  switch (expr.op) {
    case "const":
      return canonicalConstant(expr.value, expr.type);
    case "env":
      return scene.variables[expr.name];
    case "network":
      return scene.networks.find((network) => network.name === expr.name)?.addresses;
    case "stage":
      return scene.stage;
    case "clientIp":
      return request?.client;
    case "method":
      return scene.method;
    case "path":
      return request?.path;
    case "host":
      return request?.host;
    case "header":
      return request && valueOf(request.fields, expr.name);
    case "headers":
      return request && valuesOf(request.fields, expr.name);
    case "query":
      return request?.query.find((field) => field.name === expr.name)?.value;
    case "queries":
      return request?.query.filter((field) => field.name === expr.name).flatMap((field) => field.value ?? []);
    case "pathParam":
      return request && own(request.parameters, expr.name);
    case "now":
      return request?.now;
    case "tag":
      return tagOf(expr.name, scene);
    case "routeFact":
      return route?.[expr.fact];
    case "entryFact":
      return scene.entry?.[expr.fact];
    case "isKnown":
      return callers.length > 0;
    case "isIdentity":
      return callers.some(({ identity }) => identity === expr.identity);
    case "principalId":
      return callers.find(({ identity }) => expr.of === undefined || identity === expr.of)?.id;
    case "principalField": {
      const caller = callers.find(({ identity }) => expr.identities.includes(identity));
      return caller && own(caller.claims, expr.name);
    }
    case "applyingStatements":
      return applyingStatements(expr, scene);
    case "awsAllows":
    case "awsTable":
      return awsAllows(expr, scene);
    case "body":
      return scene.body;
    case "answerBody":
      return scene.answer;
    case "item":
      return scene.items?.[expr.item];
  }
}

export type FactOp =
  | "const"
  | "env"
  | "network"
  | "stage"
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
  | "tag"
  | "routeFact"
  | "entryFact"
  | "isKnown"
  | "isIdentity"
  | "principalId"
  | "principalField"
  | "applyingStatements"
  | "awsAllows"
  | "awsTable"
  | "body"
  | "answerBody"
  | "item";
