/**
 * The types of values that come from outside (claims, path parameters), as JSON data that the compiler writes and the
 * runtime reads. Mirrors the language's types where these have values at run time.
 */
export type ValueType =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly min?: number; readonly max?: number }
  | { readonly kind: "decimal"; readonly min?: number; readonly max?: number }
  /** Lengths in code points. `pattern` is searched for, with the flag `u`; the compiler has shown that it is linear. */
  | { readonly kind: "string"; readonly minLength?: number; readonly maxLength?: number; readonly pattern?: string }
  | { readonly kind: ScalarValueKind }
  | { readonly kind: "literals"; readonly values: readonly (string | number)[] }
  /** Arrays; those of a set do not repeat an element. */
  | { readonly kind: "set" | "list"; readonly element: ValueType; readonly minSize?: number; readonly maxSize?: number }
  /** Objects with any keys, and objects with these members and no others. */
  | { readonly kind: "map"; readonly element: ValueType; readonly minSize?: number; readonly maxSize?: number }
  | { readonly kind: "record"; readonly fields: readonly ValueField[] }
  | { readonly kind: "newtype"; readonly name: string; readonly base: ValueType }
  /** Only as the type of a member or claim: it may be absent, never null. */
  | { readonly kind: "optional"; readonly type: ValueType };

export type ScalarValueKind =
  /** Milliseconds; `[count, seconds]`; bytes; 0 to 100; milliseconds since 1970; seconds since midnight. */
  | "duration"
  | "rate"
  | "size"
  | "percent"
  | "time"
  | "timeOfDay"
  /** Text. */
  | "ip"
  | "method"
  | "url"
  | "arn"
  | "accountId"
  | "uuid"
  /** A number, 100 to 599. */
  | "status";

export type ValueField = { readonly name: string; readonly type: ValueType };
