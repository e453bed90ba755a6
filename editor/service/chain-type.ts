/** The type of a row of names with dots, such as `principal.tenant`, where the text around it need not be finished. */
import { METHOD_NAMES } from "../../compiler/check/expressions/method-names.ts";
import { ROOT_MEMBERS } from "../../compiler/check/expressions/root.ts";
import { baseOf } from "../../compiler/check/types/built-in-types.ts";
import type { Reads, Shape } from "../../compiler/check/expressions/place.ts";
import type { Type } from "../../compiler/model/types.ts";
import { acceptedIdentities, meetsSeveral } from "./accepted.ts";
import type { CompletionPlace } from "./completion-place.ts";
import type { Piece } from "./situation.ts";

const STRING: Type = { kind: "string" };

/** The names at the end of `pieces`, up to a dot or the end: `["principal", "tenant"]`. */
export function chainAt(pieces: readonly Piece[]): readonly string[] {
  const names: string[] = [];
  let at = pieces.at(-1)?.text === "." ? pieces.length - 2 : pieces.length - 1;
  for (; at >= 0; at -= 2) {
    const name = pieces[at]?.text ?? "";
    if (!/^[A-Za-z_]/.test(name)) break;
    names.unshift(name);
    if (pieces[at - 1]?.text !== ".") break;
  }
  return names;
}

export function chainType(place: CompletionPlace, names: readonly string[]): Type | undefined {
  const [root, ...rest] = names;
  if (root === undefined) return undefined;
  const [member] = rest;
  const start = member === undefined ? undefined : membersOfRoot(place, root, []).find(({ name }) => name === member)?.type;
  if (start !== undefined) return fieldType(start, rest.slice(1));
  const own = rootType(place, root);
  return own && fieldType(own, rest);
}

function fieldType(type: Type, names: readonly string[]): Type | undefined {
  let current: Type | undefined = type;
  for (const name of names) current = current && membersOf(current).find((member) => member.name === name)?.type;
  return current;
}

function rootType({ around, seen }: CompletionPlace, name: string): Type | undefined {
  const parameter = around?.parameters.find((one) => one.name === name);
  if (parameter !== undefined) return parameter.type;
  const declaration = seen.quick.bound.scopes.get(seen.file)?.visible.value.get(name);
  if (declaration?.kind === "let") {
    const value = declaration.statement.phrase.terms.at(-1);
    return value === undefined || value.kind === "mark" || value.kind === "block"
      ? undefined
      : seen.quick.files.get(declaration.file)?.types.get(value)?.type;
  }
  if (name === "body") return around && bodyOf(around.reads);
  if (name === "method") return { kind: "method" };
  if (name === "stage") return { kind: "literals", values: [...seen.quick.bound.stages.keys()] };
  return name === "path" || name === "host" ? STRING : undefined;
}

const bodyOf = (reads: Reads): Type | undefined => (reads.kind === "request" && "type" in reads.body ? reads.body.type : undefined);

/** What stands behind `root.`; `narrowed` are identities that the line has asked for. */
export function membersOfRoot(place: CompletionPlace, root: string, narrowed: readonly string[]): readonly Shape[] {
  const { around, seen } = place;
  const { shapes, bound } = seen.quick;
  switch (root) {
    case "principal":
      return membersOfPrincipal(place, narrowed);
    case "params":
      return around?.reads.kind === "request" && "parameters" in around.reads.parameters ? around.reads.parameters.parameters : [];
    case "tag":
      return shapes.tags.map(({ name, values, declared }) => ({ name, type: { kind: "literals", values }, ...(declared && { declared }) }));
    case "client":
      return ROOT_MEMBERS.client.map((name) => ({ name, type: { kind: "ip" } }));
    case "route": {
      const apis = bound.declarations.flatMap(({ kind, name }) => (kind === "api" ? [name.name] : []));
      const types: Readonly<Record<string, Type>> = { api: { kind: "literals", values: apis }, version: { kind: "int" } };
      return ROOT_MEMBERS.route.map((name) => ({ name, type: types[name] ?? STRING }));
    }
    case "time":
      return ROOT_MEMBERS.time.map((name) => ({
        name,
        type: name === "now" ? { kind: "time" } : name === "of_day" ? { kind: "timeOfDay" } : STRING,
      }));
    default:
      return [];
  }
}

/** Claims; of a caller with several identities also these, each with its own. */
function membersOfPrincipal({ around, seen }: CompletionPlace, narrowed: readonly string[]): readonly Shape[] {
  const accepted = acceptedIdentities(around?.reads);
  const possible = seen.quick.shapes.identities.filter(({ name }) => accepted === undefined || accepted.includes(name));
  const asked = possible.filter(({ name }) => narrowed.includes(name));
  const own = meetsSeveral(around?.reads)
    ? possible.map(({ name, fields }): Shape => ({ name, type: { kind: "record", fields: [{ name: "id", type: STRING }, ...fields] } }))
    : [];
  return [{ name: "id", type: STRING }, ...(asked.length > 0 ? asked : possible).flatMap(({ fields }) => fields), ...own];
}

/** Fields, and `size`. */
export function membersOf(type: Type): readonly Shape[] {
  const base = baseOf(type.kind === "optional" ? type.type : type);
  const fields = base.kind === "record" ? base.fields : [];
  return isSized(base) ? [...fields, { name: "size", type: { kind: "int" } }] : fields;
}

export const isSized = (type: Type): boolean =>
  type.kind === "list" || type.kind === "set" || type.kind === "map" || type.kind === "string" || type.kind === "literals";

export function methodsOf(type: Type): readonly string[] {
  const base = baseOf(type.kind === "optional" ? type.type : type);
  if (base.kind === "string" || base.kind === "literals" || base.kind === "url") return METHOD_NAMES;
  return base.kind === "record" || base.kind === "list" || base.kind === "set" || base.kind === "map" ? [] : ["text"];
}
