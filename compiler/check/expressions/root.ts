/** What the request, the route and the deployment say under a name of the language: `method`, `client.ip`, `tag.data`. */
import type { Member, NameNode } from "../../../grammar/ast.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { EntryFact, Expr, ExprBody } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { didYouMean } from "../did-you-mean.ts";
import { type Context, poison, refuse, STRING } from "./context.ts";
import { declaredAt } from "./describe.ts";
import { noAnswerBody } from "./mapping.diagnostics.ts";
import { incompleteRoot, noBody, noEntries, noParameters, noStages, unknownFact, unknownWord } from "./name.diagnostics.ts";
import { inferPrincipalMember } from "./principal.ts";
import { type Known, unreadable } from "./readable.ts";

/** Names that mean something only with what follows them. */
export const ROOT_EXAMPLES: ReadonlyMap<string, string> = new Map([
  ["client", "client.ip"],
  ["principal", "principal.id"],
  ["params", "params.id"],
  ["tag", "tag.team"],
  ["route", "route.api"],
  ["response", "response.body"],
  ["entry", "entry.vpce"],
  ["time", "time.now"],
  ["header", 'header("X-Name")'],
  ["headers", 'headers("X-Name")'],
  ["query", 'query("name")'],
  ["queries", 'queries("name")'],
  ["concat", 'concat("a", "b")'],
]);

/** What stands behind a root's `.`; what it is for `principal`, `params` and `tag` is declared by the program. */
export const ROOT_MEMBERS = {
  client: ["ip"],
  time: ["now", "of_day", "weekday"],
  route: ["api", "version", "path"],
  response: ["body"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Simple = { readonly body: ExprBody; readonly type: Type; readonly known: Known };
const SIMPLE: ReadonlyMap<string, Simple> = new Map<string, Simple>([
  ["method", { body: { op: "method" }, type: { kind: "method" }, known: "route" }],
  ["path", { body: { op: "path" }, type: STRING, known: "request" }],
  ["host", { body: { op: "host" }, type: STRING, known: "request" }],
]);

export const ROOT_NAMES: readonly string[] = [
  "client",
  "principal",
  "params",
  "tag",
  "route",
  "entry",
  "response",
  "time",
  "stage",
  "body",
  ...SIMPLE.keys(),
];

/** Undefined where `node` is no name of the language. */
export function readFact(node: NameNode, context: Context): Expr | undefined {
  const { name, span } = node;
  if (name === "stage") return unreadable(name, "start", span, context) ?? readStage(node, context);
  if (name === "body") return unreadable(name, "request", span, context) ?? readBody(node, context);
  if (name === "entry") return unreadable(name, "request", span, context) ?? readEntry(node, context);
  const simple = SIMPLE.get(name);
  return simple && (unreadable(name, simple.known, span, context) ?? { ...simple.body, type: simple.type, span });
}

function readStage({ span }: NameNode, context: Context): Expr {
  const { stages } = context.place;
  if (stages.length > 0) return { op: "stage", type: { kind: "literals", values: stages }, span };
  return refuse(context, noStages, span, {});
}

function readEntry({ span }: NameNode, context: Context): Expr {
  const values: Type = { kind: "literals", values: context.place.entries };
  return withoutEntries(span, context) ?? { op: "entryFact", fact: "name", type: { kind: "optional", type: values }, span };
}

function withoutEntries(span: Span, context: Context): Expr | undefined {
  return context.place.entries.length > 0 ? undefined : refuse(context, noEntries, span, {});
}

function readBody({ span }: NameNode, context: Context): Expr {
  const { reads } = context.place;
  if (reads.kind !== "request") return poison(span);
  if ("type" in reads.body) return { op: "body", type: reads.body.type, span };
  return refuse(context, noBody, span, { why: reads.body.missing }, declaredAt(reads.body.declared, "because of this"));
}

/** `ROOT.name`; undefined where `root` is no such name. INVARIANT: `root` means no declaration. */
export function inferRootMember(root: NameNode, node: Member, context: Context): Expr | undefined {
  const { name } = node.name;
  switch (root.name) {
    case "client":
      if (name !== "ip") return unknownIn(root, node, ROOT_MEMBERS.client, context);
      return unreadable("client.ip", "request", node.span, context) ?? { op: "clientIp", type: { kind: "ip" }, span: node.span };
    case "time":
      return inferTime(root, node, context);
    case "principal":
      return unreadable(`principal.${name}`, "request", node.span, context) ?? inferPrincipalMember(node, context);
    case "params":
      return unreadable(`params.${name}`, "request", node.span, context) ?? inferParameter(root, node, context);
    case "tag":
      return unreadable(`tag.${name}`, "route", node.span, context) ?? inferTag(node, context);
    case "entry":
      return unreadable(`entry.${name}`, "request", node.span, context) ?? inferEntry(root, node, context);
    case "response":
      return unreadable(`response.${name}`, "request", node.span, context) ?? inferResponse(root, node, context);
    case "route":
      return unreadable(`route.${name}`, "route", node.span, context) ?? inferRoute(root, node, context);
    default:
      return undefined;
  }
}

function unknownIn(root: NameNode, node: Member, known: readonly string[], context: Context): Expr {
  const { name } = node.name;
  return refuse(context, unknownFact, node.name.span, { root: root.name, name, meant: didYouMean(name, known), known });
}

function inferTime(root: NameNode, node: Member, context: Context): Expr {
  const { name } = node.name;
  if (name === "now")
    return unreadable("time.now", "request", node.span, context) ?? { op: "now", type: { kind: "time" }, span: node.span };
  if (name !== "of_day" && name !== "weekday") return unknownIn(root, node, ROOT_MEMBERS.time, context);
  return refuse(context, incompleteRoot, node.span, { name: `time.${name}`, example: `time.${name}("Europe/Berlin")` });
}

function inferParameter(root: NameNode, node: Member, context: Context): Expr {
  const { reads } = context.place;
  if (reads.kind !== "request") return poison(node.span);
  if ("missing" in reads.parameters) {
    const { missing, declared } = reads.parameters;
    return refuse(context, noParameters, node.span, { why: missing }, declaredAt(declared, "because of this"));
  }
  const shape = reads.parameters.parameters.find((parameter) => parameter.name === node.name.name);
  if (shape !== undefined) return { op: "pathParam", name: shape.name, type: shape.type, span: node.span };
  return unknownIn(
    root,
    node,
    reads.parameters.parameters.map((parameter) => parameter.name),
    context,
  );
}

function inferTag(node: Member, context: Context): Expr {
  const { name } = node.name;
  const { tags } = context.place;
  const tag = tags.find((known) => known.name === name);
  if (tag !== undefined) {
    context.place.mark?.("tag", node.name);
    const values: Type = { kind: "literals", values: tag.values };
    return { op: "tag", name, type: { kind: "optional", type: values }, span: node.span };
  }
  const known = tags.map((other) => other.name);
  return refuse(context, unknownWord, node.name.span, { what: "tag", name, meant: didYouMean(name, known), known });
}

const ENTRY_FACTS: ReadonlyMap<string, EntryFact> = new Map<string, EntryFact>([
  ["vpce", "vpce"],
  ["vpc", "vpc"],
  ["vpc_ip", "vpcIp"],
]);

/** There at VPC endpoints only. */
function inferEntry(root: NameNode, node: Member, context: Context): Expr {
  const fact = ENTRY_FACTS.get(node.name.name);
  if (fact === undefined) return unknownIn(root, node, [...ENTRY_FACTS.keys()], context);
  const type: Type = { kind: "optional", type: fact === "vpcIp" ? { kind: "ip" } : STRING };
  return withoutEntries(node.span, context) ?? { op: "entryFact", fact, type, span: node.span };
}

function inferResponse(root: NameNode, node: Member, context: Context): Expr {
  const { reads } = context.place;
  if (reads.kind !== "request") return poison(node.span);
  if (node.name.name !== "body") return unknownIn(root, node, ROOT_MEMBERS.response, context);
  const { answer = { missing: "it is there once the backend has answered, for `map response body`" } } = reads;
  if ("type" in answer) return { op: "answerBody", type: answer.type, span: node.span };
  return refuse(context, noAnswerBody, node.span, { why: answer.missing }, declaredAt(answer.declared, "because of this"));
}

/** Routes outside an api have neither name nor version of one. */
function inferRoute(root: NameNode, node: Member, context: Context): Expr {
  const { span } = node;
  switch (node.name.name) {
    case "api":
      return { op: "routeFact", fact: "api", type: { kind: "optional", type: { kind: "literals", values: context.place.apis } }, span };
    case "version":
      return { op: "routeFact", fact: "version", type: { kind: "optional", type: { kind: "int" } }, span };
    case "path":
      return { op: "routeFact", fact: "path", type: STRING, span };
    default:
      return unknownIn(root, node, ROOT_MEMBERS.route, context);
  }
}
