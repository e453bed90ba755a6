/** `element in collection` as TypeScript, by what the collection is. Chooses among collections that depend on the stage or a condition. */
import { bareType } from "../model/bare-type.ts";
import type { Expr } from "../model/expression.ts";
import { canonicalConstant } from "./canonical-constant.ts";
import { code, literal, type Code } from "./code.ts";
import { byStage, ofStart, type Surroundings } from "./surroundings.ts";
import { hasSpellings, isComposite } from "./value-type.ts";

/** How parts are said; given by `expression.ts`, of which this is a part. */
export type Sayings = { readonly [Kind in "value" | "condition" | "canonical"]: (expr: Expr, at: Surroundings) => Code };

export function membership(element: Expr, collection: Expr, at: Surroundings, say: Sayings): Code {
  const inside = (part: Expr): Code => membership(element, part, at, say);
  switch (collection.op) {
    case "if":
      return code`(${say.condition(collection.condition, at)} ? ${inside(collection.then)} : ${inside(collection.otherwise)})`;
    case "stageValue":
      return byStage(collection.values, at, inside, literal(false));
    case "network":
    case "networkAlgebra":
      return inNetwork(element, collection, at, say);
    case "range":
      return inRange(element, collection.type, say.value(collection.low, at), say.value(collection.high, at), at, say);
    case "const":
      return inConstant(element, collection, at, say);
    default:
      return amongElements(element, collection, at, say);
  }
}

/** Element by element; the order and repeats of the collection itself do not matter. */
function amongElements(element: Expr, collection: Expr, at: Surroundings, say: Sayings): Code {
  const type = bareType(collection.type);
  const elements = type.kind === "set" || type.kind === "list" ? type.element : type;
  const inside = hasSpellings(elements) ? say.canonical(collection, at) : say.value(collection, at);
  return code`${at.use("isIn")}(${say.canonical(element, at)}, ${inside})`;
}

function inNetwork(element: Expr, network: Expr, at: Surroundings, say: Sayings): Code {
  const lone = network.op === "network" ? at.lone.get(network.name) : undefined;
  if (lone !== undefined) {
    if (element.op === "clientIp") return code`${at.use("clientInLone")}(call, ${literal(lone)})`;
    const networks = at.bound === ofStart ? code`bound.lone` : code`call.lone`;
    return code`${at.use("inLone")}(${networks}, ${say.value(element, at)}, ${literal(lone)})`;
  }
  const index = at.pool.network(at.classesOf(network));
  if (element.op === "clientIp") return code`${at.use("clientIn")}(call, ${index})`;
  return code`${at.use("inNetwork")}(${at.bound}, ${say.value(element, at)}, ${index})`;
}

function inConstant(element: Expr, collection: Expr & { readonly op: "const" }, at: Surroundings, say: Sayings): Code {
  const type = bareType(collection.type);
  if (type.kind === "network") return inNetwork(element, collection, at, say);
  if (type.kind === "range" && Array.isArray(collection.value)) {
    const [low, high] = collection.value;
    if (typeof low === "number" && typeof high === "number") return inRange(element, type, literal(low), literal(high), at, say);
  }
  const isPlain = (type.kind === "set" || type.kind === "list") && !isComposite(type.element);
  if (!isPlain) return amongElements(element, collection, at, say);
  return code`${at.use("isMember")}(${say.value(element, at)}, ${at.use("constantSet")}(${at.bound}, ${at.pool.value(canonicalConstant(collection.value, type))}))`;
}

function inRange(element: Expr, type: Expr["type"], low: Code, high: Code, at: Surroundings, say: Sayings): Code {
  const range = bareType(type);
  const isTimeOfDay = range.kind === "range" && bareType(range.element).kind === "timeOfDay";
  return code`${at.use(isTimeOfDay ? "betweenTimes" : "between")}(${say.value(element, at)}, ${low}, ${high})`;
}
