/** The types that exist without a declaration, by name. */
import type { ScalarKind, Type } from "../../model/types.ts";

type NamedKind = ScalarKind | "bool" | "int" | "decimal" | "string" | "network" | "regex";

export const BUILT_IN_NAMES: Readonly<Record<NamedKind, string>> = {
  bool: "Bool",
  int: "Int",
  decimal: "Decimal",
  string: "String",
  duration: "Duration",
  rate: "Rate",
  size: "Size",
  percent: "Percent",
  time: "Time",
  timeOfDay: "TimeOfDay",
  ip: "Ip",
  network: "Network",
  method: "Method",
  status: "Status",
  url: "Url",
  arn: "Arn",
  accountId: "AccountId",
  uuid: "Uuid",
  regex: "Regex",
};

/**
 * The name of an IANA time zone: a built-in newtype, so that the stages behind see a String. INVARIANT: only literals and parameters
 * of policies are ever of this type, so that no request and no deployment brings a zone that does not exist.
 */
export const ZONE: Type = { kind: "newtype", name: "Zone", base: { kind: "string" } };

export const BUILT_IN_TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ...Object.entries(BUILT_IN_NAMES).map(([kind, name]): [string, Type] => [name, { kind: kind as NamedKind }]),
  ["Zone", ZONE],
]);

/** Names that take types: `List<T>`. */
export const COLLECTIONS: ReadonlyMap<string, "list" | "set" | "map"> = new Map([
  ["List", "list"],
  ["Set", "set"],
  ["Map", "map"],
]);

/** Scalars are what a newtype can be made of. */
export function isScalar(type: Type): boolean {
  switch (type.kind) {
    case "literals":
    case "set":
    case "list":
    case "map":
    case "record":
    case "newtype":
    case "optional":
    case "range":
    case "network":
    case "regex":
    case "secret":
    case "principal":
    case "poison":
      return false;
    case "bool":
    case "int":
    case "decimal":
    case "string":
    default:
      return true;
  }
}

/** What a value of the type is made of: newtypes open, optionals closed. */
export function baseOf(type: Type): Type {
  return type.kind === "newtype" ? type.base : type;
}
