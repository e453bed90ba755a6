/**
 * What people write out of habit, and how GWL says it: the next step for a word or form of another language. Promises: only advice; what is
 * refused is refused without it.
 */
import type { Entry, Expression, Term } from "../../grammar/ast.ts";
import { isExpression } from "./terms.ts";

const STATEMENTS: Readonly<Record<string, string>> = {
  const: "a constant is written `let NAME = VALUE`",
  var: "a constant is written `let NAME = VALUE`",
  def: "rules that are used in several places are a `policy NAME(...) { ... }`",
  function: "rules that are used in several places are a `policy NAME(...) { ... }`",
  func: "rules that are used in several places are a `policy NAME(...) { ... }`",
  rule: "a rule is a line `allow when ...`, `deny when ...` or `require ...`; several make a `policy NAME { ... }`",
  if: "a rule is written `allow when CONDITION` or `deny when CONDITION`",
  include: 'files are taken in with `import "./FILE.gwl"`, names with `import { NAME } from "./FILE.gwl"`',
  from: 'names are taken in with `import { NAME } from "./FILE.gwl"`',
  server: "where the gateway listens is said by `gateway NAME { ... }`, where calls go by `backend NAME = http { ... }`",
  upstream: "where calls go is said by `backend NAME = http { ... }`",
  service: "where calls go is said by `backend NAME = http { ... }`",
  cluster: "where calls go is said by `backend NAME = http { ... }`",
  route: 'a route starts with its method: `GET "/path" -> BACKEND { ... }`',
  location: 'a route starts with its method: `GET "/path" -> BACKEND { ... }`',
  endpoint: 'a route starts with its method: `GET "/path" -> BACKEND { ... }`',
  cidr: "addresses are gathered in `network NAME { CIDR, ... }`",
  acl: "addresses are gathered in `network NAME { CIDR, ... }`",
  auth: "who may call is declared with `identity NAME = jwt { ... }` and taken with `accept NAME`",
  authenticate: "who may call is declared with `identity NAME = jwt { ... }` and taken with `accept NAME`",
  permit: "what lets calls in is `allow when CONDITION`",
  grant: "what lets calls in is `allow when CONDITION`",
  forbid: "what refuses calls is `deny when CONDITION`",
  block: "what refuses calls is `deny when CONDITION`",
  reject: "what refuses calls is `deny when CONDITION`",
  return: "an answer of the gateway itself is `respond STATUS`",
  header: 'a header is set with `set header "X-Name" = VALUE`, in answers with `set response header "X-Name" = VALUE`',
  open: 'what is open to everybody says `public because "..."`',
};

/** For a line that starts with a word that no statement starts with. */
export function statementAdvice(word: string): string | undefined {
  return Object.hasOwn(STATEMENTS, word.toLowerCase()) ? STATEMENTS[word.toLowerCase()] : undefined;
}

/** For a line without a word in front. */
export function itemAdvice(entry: Exclude<Entry, { kind: "statement" }>, isWord: (name: string) => boolean): string | undefined {
  if (entry.kind === "row") return undefined;
  if (entry.kind === "setting") {
    const name = entry.key.kind === "name" ? entry.key.name : entry.key.value;
    return isWord(name) ? `a line that starts with \`${name}\` has no \`:\` behind it` : undefined;
  }
  const [first] = entry.value.terms;
  if (first?.kind === "block") return "no braces stand around a file: it is a row of declarations such as `gateway NAME { ... }`";
  if (first?.kind === "call" && first.callee.kind === "name" && isWord(first.callee.name))
    return `no parentheses stand behind \`${first.callee.name}\`: write what it takes as it is, behind a blank`;
  return first?.kind === "text" || first?.kind === "int"
    ? "a comma ends a statement: what belongs to the line before stands there without it; the literals of a type have `|` between them"
    : undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  unless: "what must not hold is written `when not (...)`",
  if: "a condition stands behind `when`",
  contains: '`contains` is a method: `path.contains("x")`; whether a collection holds a value is asked with `value in collection`',
  starts_with: '`starts_with` is a method: `path.starts_with("/x")`',
  ends_with: '`ends_with` is a method: `path.ends_with(".x")`',
  like: "a text is matched with `matches /.../`",
  equals: "values are compared with `==` and `!=`",
  eq: "values are compared with `==` and `!=`",
  ne: "values are compared with `==` and `!=`",
};

/** For a term behind what was complete; `hasCondition` says whether the statement takes one. */
export function continuationAdvice(term: Term | undefined, hasCondition: boolean): string | undefined {
  if (term === undefined || !hasCondition) return undefined;
  switch (term.kind) {
    case "mark":
      return term.mark === "=" ? "values are compared with `==`" : undefined;
    case "name":
      return Object.hasOwn(WORDS, term.name) ? WORDS[term.name] : undefined;
    case "unary":
      return term.operator === "not" ? "`not` stands before the whole, as in `not (client.ip in office)`" : undefined;
    case "list":
      return 'nothing is looked up with `[ ]`: write `header("X-Name")`, `query("name")`, or `x.name` for a field';
    case "binary":
      return continuationAdvice(term.left, hasCondition);
    default:
      return undefined;
  }
}

/** `our-office`, where a name is needed. */
export function nameAdvice(term: Term | undefined): string | undefined {
  if (term?.kind === "text") return "names stand without quotes";
  const parts = term?.kind === "binary" && term.operator === "-" ? [term.left, term.right] : [];
  const names = parts.flatMap((part) => (part.kind === "name" ? [part.name] : []));
  return names.length === 2 ? `names have letters, digits and \`_\`: \`${names.join("_")}\`` : undefined;
}

/** The operator that a value is missing before, where `term` starts with a word that the phrase wants: `when == "/"`. */
export function operatorBehind(term: Term | undefined, word: string): Extract<Expression, { kind: "binary" }> | undefined {
  let operator: Extract<Expression, { kind: "binary" }> | undefined;
  let first = isExpression(term) ? term : undefined;
  while (first?.kind === "binary") {
    operator = first;
    first = first.left;
  }
  return first?.kind === "name" && first.name === word ? operator : undefined;
}
