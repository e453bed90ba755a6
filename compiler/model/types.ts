/**
 * The types of GWL's values. A type is a plain value; two types are the same when they print the same.
 * Newtypes are nominal: `OrderId` is a String, but an `OrderId` is not a `UserId`.
 */
export type Type =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly min?: number; readonly max?: number }
  | { readonly kind: "decimal"; readonly min?: number; readonly max?: number }
  | { readonly kind: "string"; readonly minLength?: number; readonly maxLength?: number; readonly pattern?: string }
  | { readonly kind: ScalarKind }
  | { readonly kind: "literals"; readonly values: readonly (string | number)[] }
  | { readonly kind: "set"; readonly element: Type; readonly minSize?: number; readonly maxSize?: number }
  | { readonly kind: "list"; readonly element: Type; readonly minSize?: number; readonly maxSize?: number }
  | { readonly kind: "map"; readonly element: Type; readonly minSize?: number; readonly maxSize?: number }
  | { readonly kind: "record"; readonly fields: readonly Field[] }
  | { readonly kind: "newtype"; readonly name: string; readonly base: Type }
  | { readonly kind: "optional"; readonly type: Type }
  | { readonly kind: "range"; readonly element: Type }
  | { readonly kind: "network" }
  | { readonly kind: "regex" }
  | { readonly kind: "secret" }
  /** The caller; `identities` are those it may be at this place. */
  | { readonly kind: "principal"; readonly identities: readonly string[] }
  /** After a finding: fits everything and causes no second finding. */
  | { readonly kind: "poison" };

export type ScalarKind =
  | "duration"
  | "rate"
  | "size"
  | "percent"
  | "time"
  | "timeOfDay"
  | "ip"
  | "method"
  | "status"
  | "url"
  | "arn"
  | "accountId"
  | "uuid";

export type Field = { readonly name: string; readonly type: Type };

/**
 * A value that the compiler knows; JSON, read by its type:
 *
 * | type | value |
 * |---|---|
 * | bool, string, literals, url, arn, uuid | itself |
 * | int, decimal, status | number |
 * | method | `"GET"` |
 * | accountId | string of 12 digits |
 * | duration | milliseconds |
 * | rate | `[count, seconds]` |
 * | size | bytes |
 * | percent | 0 to 100 |
 * | time | milliseconds since 1970 UTC |
 * | timeOfDay | seconds since midnight |
 * | ip | canonical text (RFC 5952; an IPv4-mapped IPv6 address as its IPv4 form) |
 * | network | array of canonical CIDR texts |
 * | regex | pattern, always used with the flags `u` |
 * | set, list | array |
 * | record, map | object |
 * | range | `[low, high]`, both included |
 */
export type Value = boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
