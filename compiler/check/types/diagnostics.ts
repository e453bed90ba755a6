/** GWL21xx: types as written. */
import { defineError } from "../../../grammar/source/diagnostic.ts";

export const typeExpected = defineError<{ hint: string | undefined }>({
  code: "GWL2101",
  name: "type-expected",
  message: () => "a type is expected here",
  help: ({ hint }) =>
    hint ??
    'types start with an upper-case letter, as in `String`, `Int 1..5`, `List<OrderId>`; or are records `{ name: Type }` or literals `"a" | "b"`',
});
export const unknownType = defineError<{ name: string; meant: string | undefined }>({
  code: "GWL2102",
  role: "missed",
  name: "unknown-type",
  message: (h) => `there is no type \`${h.name}\``,
  label: (h) => (h.meant === undefined ? "not declared in this file and not imported" : `did you mean \`${h.meant}\`?`),
  help: (h) =>
    h.meant === undefined
      ? `declare it with \`type ${h.name} = ...\`, or import it`
      : `write \`${h.meant}\`, or declare \`type ${h.name} = ...\``,
});
export const wrongTypeArguments = defineError<{ name: string; takes: string; example: string }>({
  code: "GWL2103",
  name: "wrong-type-arguments",
  message: (h) => `\`${h.name}\` takes ${h.takes}`,
  help: (h) => `write \`${h.example}\``,
});
export const wrongConstraint = defineError<{ constraint: string; type: string; allowed: string }>({
  code: "GWL2104",
  name: "wrong-constraint",
  message: (h) => `\`${h.type}\` cannot be constrained by \`${h.constraint}\``,
  help: (h) => h.allowed,
});
export const unknownConstraint = defineError<{ meant: string | undefined; hint: string | undefined }>({
  code: "GWL2105",
  role: "unread",
  name: "unknown-constraint",
  message: () => "this is no part of a type",
  label: (h) => (h.meant === undefined ? "not understood" : `did you mean \`${h.meant}\`?`),
  help: (h) => h.hint ?? "constraints are `1..5` on numbers, `min N`, `max N` and `matches /.../` on texts, `size 1..5` on collections",
});
export const repeatedConstraint = defineError<{ constraint: string }>({
  code: "GWL2106",
  name: "repeated-constraint",
  message: (h) => `\`${h.constraint}\` is said twice`,
  help: () => "keep one of the two",
});
export const emptyRange = defineError<{ low: string; high: string }>({
  code: "GWL2107",
  name: "empty-range",
  message: (h) => `nothing lies in \`${h.low}..${h.high}\``,
  label: (h) => `${h.low} comes after ${h.high}`,
  help: (h) => `both ends belong to a range: \`${h.high}..${h.low}\``,
});
export const literalExpected = defineError<{ what: string; example: string }>({
  code: "GWL2108",
  name: "literal-expected",
  message: (h) => `${h.what} is expected here`,
  help: (h) => `as in \`${h.example}\``,
});
export const wrongUnion = defineError({
  code: "GWL2109",
  name: "wrong-union",
  message: () => "a union lists literals, all texts or all whole numbers",
  help: () => 'as in `"EUR" | "USD"`; for a value that may be of several types, use a record with optional fields',
});
export const repeatedLiteral = defineError<{ written: string }>({
  code: "GWL2110",
  name: "repeated-literal",
  message: (h) => `\`${h.written}\` is listed twice`,
  help: () => "leave one of them out",
});
export const repeatedOptional = defineError({
  code: "GWL2111",
  name: "repeated-optional",
  message: () => "this type is optional already",
  help: () => "one `?` is enough: a value is there or not",
});
export const optionalElement = defineError<{ collection: string }>({
  code: "GWL2112",
  name: "optional-element",
  message: (h) => `the elements of a ${h.collection} cannot be optional`,
  help: () => "leave the `?` out: what is not there is not in the collection",
});
export const wrongSetElement = defineError<{ type: string }>({
  code: "GWL2113",
  name: "wrong-set-element",
  message: (h) => `a Set cannot hold \`${h.type}\``,
  help: () => "sets hold scalars, which can be compared; use a List",
});
export const repeatedField = defineError<{ name: string }>({
  code: "GWL2114",
  name: "repeated-field",
  message: (h) => `the record has \`${h.name}\` twice`,
  label: () => "here again",
  help: () => "give each field a name of its own",
});
export const wrongField = defineError<{ hint: string | undefined }>({
  code: "GWL2115",
  role: "unread",
  name: "wrong-field",
  message: () => "this is no field of a record type",
  help: (h) => h.hint ?? "fields are written `name: Type`, one a line or parted by commas",
});
export const forbiddenField = defineError({
  code: "GWL2116",
  name: "forbidden-field",
  message: () => "no field may be called `__proto__`",
  label: () => "many programs give this name a power of its own",
  help: () => "choose another name; bodies with this member are refused in any case",
});
export const typeCycle = defineError<{ path: readonly string[] }>({
  code: "GWL2117",
  name: "type-cycle",
  message: (h) => `\`${h.path[0] ?? ""}\` holds itself`,
  label: (h) => [...h.path, h.path[0] ?? ""].map((name) => `\`${name}\``).join(" holds "),
  help: () => "types are finite: give the depth that you need, a type for each level",
});
export const optionalDeclaration = defineError<{ name: string }>({
  code: "GWL2118",
  name: "optional-declaration",
  message: (h) => `\`${h.name}\` cannot be optional as a whole`,
  help: (h) => `leave the \`?\` out here and write \`${h.name}?\` where a value may be absent`,
});
export const typeChainTooLong = defineError<{ name: string; most: number }>({
  code: "GWL2120",
  name: "type-chain-too-long",
  message: (h) => `more than ${h.most} types stand between \`${h.name}\` and what it is made of`,
  help: () => "let fewer types name each other",
});
export const typeTooLarge = defineError({
  code: "GWL2119",
  name: "type-too-large",
  message: () => "this type is too large: written out, it has more than 10,000 parts or more than 64 levels",
  help: () => "let fewer records hold each other",
});
/** `written`: the type as it should be. */
export const misplacedOptional = defineError<{ written: string }>({
  code: "GWL2121",
  role: "unread",
  name: "misplaced-optional",
  message: () => "`?` stands behind a constraint",
  help: (h) => `it touches the type that may be absent, before what constrains it: \`${h.written}\``,
});
