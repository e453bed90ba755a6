/** A place with some of everything, as a route of a shop has it. */
import type { Expr } from "../../../compiler/model/expression.ts";
import type { Type } from "../../../compiler/model/types.ts";
import type { IdentityShape, Meaning, Place, Reads, TagShape } from "../../../compiler/check/expressions/place.ts";
import type { RegexProver } from "../../../compiler/check/literals/regex-prover.ts";
import { ZONE } from "../../../compiler/check/types/built-in-types.ts";
import type { Span } from "../../../grammar/source/span.ts";

export const STRING: Type = { kind: "string" };
const INT: Type = { kind: "int" };
export const optional = (type: Type): Type => ({ kind: "optional", type });
export const at = (start: number): Span => ({ file: "declared.gwl", start, end: start + 1 });
const ORDER_ID: Type = { kind: "newtype", name: "OrderId", base: { kind: "string", pattern: "^ord_[0-9]+$" } };
const USER_ID: Type = { kind: "newtype", name: "UserId", base: STRING };

const IDENTITIES: readonly IdentityShape[] = [
  {
    name: "Customer",
    declared: at(10),
    fields: [
      { name: "tenant", type: optional(STRING), declared: at(11) },
      { name: "groups", type: { kind: "set", element: STRING }, declared: at(12) },
      { name: "mfa", type: { kind: "bool" } },
      { name: "region", type: STRING },
      { name: "level", type: INT },
    ],
  },
  {
    name: "Partner",
    declared: at(20),
    fields: [
      { name: "org", type: STRING },
      { name: "region", type: STRING },
      { name: "level", type: STRING },
      { name: "user", type: USER_ID },
    ],
  },
  { name: "Legacy", declared: at(30), fields: [] },
];

const TAGS: readonly TagShape[] = [{ name: "data", values: ["public", "internal", "pii"], declared: at(40) }];

const BODY: Type = {
  kind: "record",
  fields: [
    { name: "amount", type: { kind: "int", min: 1, max: 999 } },
    { name: "share", type: { kind: "decimal" } },
    { name: "currency", type: { kind: "literals", values: ["EUR", "USD"] } },
    { name: "note", type: optional(STRING) },
    { name: "flag", type: optional({ kind: "bool" }) },
    { name: "lines", type: { kind: "list", element: { kind: "record", fields: [{ name: "sku", type: STRING }] } } },
    { name: "codes", type: { kind: "list", element: INT } },
    { name: "names", type: { kind: "map", element: STRING } },
    { name: "address", type: optional({ kind: "record", fields: [{ name: "zip", type: optional(STRING) }] }) },
    { name: "order", type: ORDER_ID },
    { name: "ref", type: { kind: "uuid" } },
    { name: "due", type: { kind: "time" } },
    { name: "wait", type: { kind: "duration" } },
    { name: "weight", type: { kind: "size" } },
    { name: "rate", type: { kind: "rate" } },
    { name: "discount", type: { kind: "percent" } },
    { name: "status", type: { kind: "status" } },
    { name: "home", type: { kind: "url" } },
    { name: "role", type: { kind: "arn" } },
    { name: "account", type: { kind: "accountId" } },
  ],
};

const constant = (value: Extract<Expr, { op: "const" }>["value"], type: Type): Meaning => ({
  kind: "constant",
  value: { op: "const", value, type, span: at(50) },
  declared: at(50),
});

const MEANINGS: Readonly<Record<string, Meaning>> = {
  LARGE: constant(100, INT),
  NAME: constant("x-name", STRING),
  CITY: constant("Europe/Berlin", STRING),
  BROKEN: { kind: "broken" },
  LIMIT: { kind: "env", type: INT, declared: at(51) },
  ISSUER: { kind: "env", type: { kind: "url" }, declared: at(52) },
  KEY: { kind: "secret", declared: at(53) },
  office: { kind: "network", declared: at(54) },
  vpn: { kind: "network" },
  group: { kind: "param", type: STRING, declared: at(55) },
  zone: { kind: "param", type: ZONE },
  net: { kind: "param", type: { kind: "network" } },
  orders: { kind: "other", what: "a backend", declared: at(56) },
};

const REQUEST: Reads = {
  kind: "request",
  principal: { callers: [["Customer"], ["Partner"]] },
  body: { type: BODY, declared: at(60) },
  parameters: {
    parameters: [
      { name: "id", type: ORDER_ID, declared: at(61) },
      { name: "year", type: { kind: "int", min: 2000, max: 2100 } },
    ],
  },
};

/** Says of every pattern that it is linear, as patterns are not what is tested here. */
export const trusting: RegexProver = () => ({ kind: "linear" });

export const SHOP: Place = {
  reads: REQUEST,
  names: { lookup: ({ name }) => (Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined), names: () => Object.keys(MEANINGS) },
  stages: ["dev", "prod"],
  apis: ["admin", "orders"],
  entries: ["internal"],
  tags: TAGS,
  identities: IDENTITIES,
  proveLinear: trusting,
};

export const CONSTANT: Place = { ...SHOP, reads: { kind: "nothing", what: "a constant" } };
export const SELECTOR: Place = { ...SHOP, reads: { kind: "selector" } };
export const PUBLIC: Place = {
  ...SHOP,
  reads: {
    ...REQUEST,
    principal: { missing: "this route is `public`", declared: at(70) },
    body: { missing: "this route has no `body` type" },
    parameters: { missing: "a policy is used by many routes" },
  },
};
