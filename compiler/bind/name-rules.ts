/** Which names may be declared at all. Knows kinds of declarations, not their meaning. */
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import { BUILT_IN_TYPES, COLLECTIONS } from "../check/types/built-in-types.ts";
import { nameStyle, reservedName } from "./bind.diagnostics.ts";
import { ARTICLE_OF, type Declaration, type DeclarationKind, NAMESPACE_OF } from "./declaration.ts";

/** How names of a kind begin; constants, environment and secrets are free. */
const STYLE: Readonly<Record<DeclarationKind, "upper" | "lower" | "free">> = {
  let: "free",
  env: "free",
  secret: "free",
  network: "lower",
  type: "upper",
  identity: "upper",
  backend: "lower",
  tag: "lower",
  policy: "lower",
  plan: "lower",
  store: "lower",
  entry: "lower",
  api: "lower",
};

/** What expressions read of a request and of the program, by name. */
export const RESERVED_VALUES: ReadonlyMap<string, string> = new Map([
  ["client", "the client, as in `client.ip`"],
  ["method", "the method of the request"],
  ["path", "the path of the request"],
  ["host", "the host of the request"],
  ["stage", "the stage that the gateway runs in"],
  ["tag", "the tags of the route, as in `tag.data`"],
  ["route", "facts about the route, as in `route.api`"],
  ["params", "the parameters of the path, as in `params.id`"],
  ["principal", "the caller"],
  ["body", "the body of the request"],
  ["response", "the answer of the backend, as in `response.body`"],
  ["entry", "the entry that the request came by, as in `entry == internal`"],
  ["time", "the time, as in `time.now`"],
  ["header", 'a field of the request, as in `header("X-Name")`'],
  ["headers", 'the fields of a name, as in `headers("X-Name")`'],
  ["query", 'a value of the query, as in `query("name")`'],
  ["queries", 'the values of a name in the query, as in `queries("name")`'],
  ["concat", "the function that joins texts"],
]);

/** `Rest` is the rest of a path, `KeyStore` the type of secrets that a later edition brings. */
const RESERVED_TYPES: ReadonlySet<string> = new Set([...BUILT_IN_TYPES.keys(), ...COLLECTIONS.keys(), "Rest", "KeyStore"]);

export function checkName(declaration: Declaration): readonly Diagnostic[] {
  const { kind, name } = declaration;
  const what = ARTICLE_OF[kind];
  const reads = reservedMeaning(declaration);
  if (reads !== undefined) return [finding(reservedName, name.span, { name: name.name, reads })];
  const style = STYLE[kind];
  if (style === "free" || isStyle(name.name, style)) return [];
  return [finding(nameStyle, name.span, { name: name.name, what, style, better: inStyle(name.name, style) })];
}

function reservedMeaning({ kind, name }: Declaration): string | undefined {
  if (NAMESPACE_OF[kind] === "value") return RESERVED_VALUES.get(name.name);
  return NAMESPACE_OF[kind] === "type" && RESERVED_TYPES.has(name.name) ? "a type that exists already" : undefined;
}

function isStyle(name: string, style: "upper" | "lower"): boolean {
  return style === "upper" ? /^[A-Z]/.test(name) : /^[a-z]/.test(name);
}

function inStyle(name: string, style: "upper" | "lower"): string {
  const plain = name.replace(/^_+/, "");
  return style === "upper" ? plain.slice(0, 1).toUpperCase() + plain.slice(1) : plain.slice(0, 1).toLowerCase() + plain.slice(1);
}
