/**
 * Typed expressions. Total: each has a value for every request. An operand that is absent at run time (an optional that
 * its guard has already excluded) makes a comparison, membership or `matches` false; it never throws.
 */
import type { Span } from "../../grammar/source/span.ts";
import type { Type, Value } from "./types.ts";

export type EntryFact = "name" | "vpce" | "vpc" | "vpcIp";

export type Expr = { readonly type: Type; readonly span: Span } & ExprBody;

export type ExprBody =
  | { readonly op: "const"; readonly value: Value }
  /** Bound when the gateway starts. */
  | { readonly op: "env"; readonly name: string }
  | { readonly op: "stage" }
  | { readonly op: "stageValue"; readonly values: Readonly<Record<string, Expr>> }
  /** A parameter of the policy that the expression stands in. */
  | { readonly op: "param"; readonly name: string }
  /** What the request says. `clientIp` after the walk over trusted proxies; `method` after HEAD = GET; `path` canonical, without query. */
  | { readonly op: "clientIp" | "method" | "path" | "host" }
  /** The one value of a field (`String?`), and all of them (`List<String>`). Header names are lower-case here. */
  | { readonly op: "header" | "headers" | "query" | "queries"; readonly name: string }
  | { readonly op: "pathParam"; readonly name: string }
  | { readonly op: "now" }
  /** `zone` is a constant, or a parameter of the policy around: the name of an IANA time zone that this compiler knows. */
  | { readonly op: "timeOfDay"; readonly zone: Expr }
  /** `"mon"` to `"sun"` */
  | { readonly op: "weekday"; readonly zone: Expr }
  /** Known for each route at compile time. `tag` is absent when no level sets it. */
  | { readonly op: "tag"; readonly name: string }
  | { readonly op: "routeFact"; readonly fact: "api" | "version" | "path" }
  /** The door that the request came by, absent at the gateway's own; `vpce`, `vpc` and `vpcIp` at VPC endpoints only. */
  | { readonly op: "entryFact"; readonly fact: EntryFact }
  | { readonly op: "isKnown" }
  | { readonly op: "isIdentity"; readonly identity: string }
  /** `of`: of this identity, where the caller has several. */
  | { readonly op: "principalId"; readonly of?: string }
  /** A typed claim or field; absent when the principal is none of `identities` or did not bring it. `of`: the one identity that the source names. */
  | { readonly op: "principalField"; readonly name: string; readonly identities: readonly string[]; readonly of?: string }
  /**
   * The numbers of the statements of an IAM document that apply to the call: of those that ask about the caller, or of all others.
   * `headers`: fields that are read as one value.
   */
  | { readonly op: "applyingStatements"; readonly document: number; readonly asksCaller: boolean; readonly headers: readonly string[] }
  /**
   * Whether AWS would let the call in: the document as resource policy, the caller's own policies, and the table for how callers are known.
   * `orDenied`: or some policy denies it in so many words, which a rule of its own says then.
   */
  | { readonly op: "awsAllows"; readonly document: number; readonly headers: readonly string[]; readonly orDenied: boolean }
  /** The same where rules stand for the resource policy, and allow the call or say nothing of it. */
  | { readonly op: "awsTable"; readonly allows: boolean; readonly orDenied: boolean }
  | { readonly op: "body" }
  /** The body of the backend's answer, where that is mapped. */
  | { readonly op: "answerBody" }
  | { readonly op: "field"; readonly object: Expr; readonly name: string }
  | { readonly op: "not"; readonly operand: Expr }
  | { readonly op: "and" | "or"; readonly operands: readonly Expr[] }
  | { readonly op: "if"; readonly condition: Expr; readonly then: Expr; readonly otherwise: Expr }
  | { readonly op: "compare"; readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">="; readonly left: Expr; readonly right: Expr }
  /** `collection` is a set, list, range or network (of which the element is an Ip). */
  | { readonly op: "in"; readonly element: Expr; readonly collection: Expr }
  | { readonly op: "matches"; readonly subject: Expr; readonly pattern: string }
  | { readonly op: "has"; readonly operand: Expr }
  | { readonly op: "coalesce"; readonly left: Expr; readonly right: Expr }
  | { readonly op: "startsWith" | "endsWith" | "contains"; readonly subject: Expr; readonly part: Expr }
  /** ASCII letters only. */
  | { readonly op: "lower"; readonly subject: Expr }
  /** Of a String in Unicode code points, of a List, Set or Map in elements. */
  | { readonly op: "sizeOf"; readonly subject: Expr }
  /** The one canonical text of an Int, Decimal, Bool, Ip, Uuid, Time (RFC 3339), Method. */
  | { readonly op: "text"; readonly subject: Expr }
  | { readonly op: "concat"; readonly parts: readonly Expr[] }
  | { readonly op: "list"; readonly items: readonly Expr[] }
  /** In mappings only, as the next two. Of a field with an optional type the record has no member where its value is absent. */
  | { readonly op: "record"; readonly fields: Readonly<Record<string, Expr>> }
  /** A list of what `value` comes to for each element of a list or set. Elements are numbered by how deep they are nested. */
  | { readonly op: "each"; readonly collection: Expr; readonly item: number; readonly value: Expr }
  | { readonly op: "item"; readonly item: number; readonly name: string }
  | { readonly op: "range"; readonly low: Expr; readonly high: Expr }
  | { readonly op: "network"; readonly name: string }
  | { readonly op: "networkAlgebra"; readonly operator: "+" | "-" | "&"; readonly left: Expr; readonly right: Expr };
