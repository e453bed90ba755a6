/**
 * Waist one: the shapes of GWL's syntax. They carry spans and text, no meaning: which words exist is not known here.
 *
 * A file is a list of entries. An entry is a *setting* (`name: value`), a *statement* (a word and what follows it on
 * the line), an *item* (a line that starts with anything but a lone word) or a *row* of a table. What follows a word is a *phrase*: terms side by side. A term is an expression, a
 * block, or one of the marks `:` `=` `->`. So `throttle 10/s burst 20 by client.ip` is the word `throttle` and a phrase
 * of five terms, and a new word of the language never touches the grammar.
 */
import type { Span } from "./source/span.ts";

export type FileNode = { readonly kind: "file"; readonly file: string; readonly entries: readonly Entry[]; readonly span: Span };

export type Entry = Setting | Statement | Item | Row;

/** `name: value`, `"quoted name" as name: value`. Settings in blocks; fields of records, record types, claims, tags. */
export type Setting = {
  readonly kind: "setting";
  readonly doc?: string;
  readonly key: NameNode | TextNode;
  readonly alias?: NameNode;
  readonly value: Phrase;
  readonly span: Span;
};

/** A line that starts with a word: a declaration, a rule, a route, any directive. The word is `word`, not in `phrase`. */
export type Statement = {
  readonly kind: "statement";
  /** The text of `///` comments right above, without the slashes. */
  readonly doc?: string;
  readonly word: NameNode;
  readonly phrase: Phrase;
  readonly span: Span;
};

/**
 * A line that starts with a value: `203.0.113.0/24` or `office - vpn` in a network, `route.api == admin and allowed implies ...` in an
 * invariant. A phrase whose first term is a lone name is a `Statement` instead, so the network `{ office, 10.0.0.0/8 }` holds a statement
 * with an empty phrase and an item.
 */
export type Item = { readonly kind: "item"; readonly doc?: string; readonly value: Phrase; readonly span: Span };

/** `| a | b |`: a row of a table; each cell is a phrase, which may be empty. */
export type Row = { readonly kind: "row"; readonly cells: readonly Phrase[]; readonly span: Span };

export type Phrase = { readonly terms: readonly Term[]; readonly span: Span };
export type Term = Expression | Block | Mark;

/** `{ ... }`: a body of declarations or settings, a record, a record type. */
export type Block = { readonly kind: "block"; readonly entries: readonly Entry[]; readonly span: Span };
export type Mark = { readonly kind: "mark"; readonly mark: ":" | "=" | "->"; readonly span: Span };

export type Expression =
  | NameNode
  | Literal
  | Member
  | Call
  | TypeArguments
  | Optional
  | Unary
  | Binary
  | Is
  | If
  | List
  | Paren
  | RecordNode;

export type NameNode = { readonly kind: "name"; readonly name: string; readonly span: Span };
/** `object.name` */
export type Member = { readonly kind: "member"; readonly object: Expression; readonly name: NameNode; readonly span: Span };
/** `callee(a, name: b)`; the parenthesis touches the callee. */
export type Call = { readonly kind: "call"; readonly callee: Expression; readonly arguments: readonly Argument[]; readonly span: Span };
/** In a declaration's head an argument is a parameter: `net: Network = office` is name, value [Network, =, office]. */
export type Argument = { readonly name?: NameNode; readonly value: Phrase; readonly span: Span };
/** `List<String>`; the bracket touches the name. */
export type TypeArguments = {
  readonly kind: "typeArguments";
  readonly name: NameNode;
  readonly arguments: readonly Phrase[];
  readonly span: Span;
};
/** `T?` */
export type Optional = { readonly kind: "optional"; readonly type: Expression; readonly span: Span };
export type Unary = { readonly kind: "unary"; readonly operator: "not" | "has" | "-"; readonly operand: Expression; readonly span: Span };
export type Binary = {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
};
/**
 * Loosest first: `implies`; `or`; `and`; (`not`); `== != < <= > >= in matches`, which do not chain; `??`; `|`; `+ - &`; `..`.
 * `implies` and `??` group to the right, the others to the left.
 *
 * `matches` right after a number, a type (a name with an upper-case first letter) or the `>` and `?` that end one is no operator but a name,
 * so that the constraints in `String max 40 matches /x/` stay terms of their phrase.
 * `-` with white space before it and a number touching it is that number's sign (`Int -5..5` has two terms), else the operator.
 */
export type BinaryOperator =
  | "implies"
  | "or"
  | "and"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "matches"
  | "??"
  | "|"
  | "+"
  | "-"
  | "&"
  | "..";
/** `principal is Customer`; binds like a comparison. */
export type Is = { readonly kind: "is"; readonly subject: Expression; readonly name: NameNode; readonly span: Span };
export type If = {
  readonly kind: "if";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
  readonly span: Span;
};
export type List = { readonly kind: "list"; readonly items: readonly Expression[]; readonly span: Span };
/** Kept, so that the printer gives back what was written and mixed `and`/`or` can be told apart. */
export type Paren = { readonly kind: "paren"; readonly inner: Expression; readonly span: Span };
/** A block where an expression must stand, as in `[{ a: 1 }]`. A block at the end of a phrase is a `Block` term instead. */
export type RecordNode = { readonly kind: "record"; readonly block: Block; readonly span: Span };

/** A string literal. `value` has its escapes decoded; `span` includes the quotes. */
export type TextNode = { readonly kind: "text"; readonly value: string; readonly span: Span };

/**
 * Literals keep the text as written: whether `203.0.113.7/24` is a good CIDR block is for the checker to say.
 *
 * | literal     | written                                               |
 * |-------------|-------------------------------------------------------|
 * | int         | `42`, `5_000_000`                                      |
 * | decimal     | `0.5`                                                  |
 * | duration    | `250ms`, `30s`, `5m`, `1h`, `7d`                       |
 * | rate        | `10/s`, `600/m`, `10_000/day`                          |
 * | size        | `512B`, `16KiB`, `1MiB`, `1GiB`                        |
 * | percent     | `5%`, `0.5%`                                           |
 * | timeOfDay   | `08:00`, `23:59:59`                                    |
 * | time        | `2026-01-31`, `2026-01-31T08:00:00Z`                   |
 * | ip          | `203.0.113.5`, `2001:db8::1`                           |
 * | cidr        | `203.0.113.0/24`, `2001:db8::/32`                      |
 * | regex       | `/^ord_[0-9]+$/` (text without the slashes, `\/` kept) |
 * | bool        | `true`, `false`                                        |
 */
export type Literal = TextNode | { readonly kind: LiteralKind; readonly text: string; readonly span: Span };
export type LiteralKind =
  | "int"
  | "decimal"
  | "duration"
  | "rate"
  | "size"
  | "percent"
  | "timeOfDay"
  | "time"
  | "ip"
  | "cidr"
  | "regex"
  | "bool";

export const LITERAL_KINDS: ReadonlySet<string> = new Set<LiteralKind>([
  "int",
  "decimal",
  "duration",
  "rate",
  "size",
  "percent",
  "timeOfDay",
  "time",
  "ip",
  "cidr",
  "regex",
  "bool",
]);
