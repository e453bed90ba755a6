/**
 * Phrases and expressions of the parser's tree to those of the syntax tree. Promises: what is missing or astray is reported and left out.
 * Must not know: precedence (operators.ts), blocks' entries (ast-builder.ts).
 */
import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import type { Argument, Expression, Mark, NameNode, Phrase, Term } from "./ast.ts";
import { isInserted } from "./brackets.ts";
import { at, type BuildContext, report, span } from "./build-context.ts";
import type * as cst from "./cst.ts";
import { foundAt } from "./found.ts";
import { expressionTooLong } from "./lexical-errors.ts";
import { LIMITS } from "./limits.ts";
import { buildLiteral } from "./literal-builder.ts";
import { buildOperators, missing, type Operand, type Step } from "./operators.ts";
import { spanning, type Span } from "./source/span.ts";
import * as errors from "./syntax-errors.ts";
import * as t from "./tokens.ts";

/** `start` is where an empty phrase would stand. */
export function buildPhrase(context: BuildContext, { children }: cst.PhraseCstNode, start: number): Phrase {
  const terms = buildTerms(context, children.part ?? []);
  const [first, last] = [terms[0], terms.at(-1)];
  return { terms, span: first && last ? spanning(first.span, last.span) : span(context, start, start) };
}

type Part = NonNullable<cst.PhraseCstChildren["part"]>[number];
/** An operand of one token comes without a node. */
type ValueCst = IToken | cst.OperandCstNode | cst.BlockCstNode;
/** An expression as it is gathered: operands are still to be built. */
type Gathered = { readonly first: ValueCst; readonly steps: { readonly operator: IToken; right: ValueCst | undefined }[] };

/** Cuts the row of parts into terms: an operand that no operator waits for starts a new one. */
function buildTerms(context: BuildContext, parts: readonly Part[]): Term[] {
  const terms: Term[] = [];
  let gathered: Gathered | undefined;
  const flush = (): void => {
    const built = gathered && buildExpression(context, gathered);
    if (built !== undefined) terms.push(built);
    gathered = undefined;
  };
  for (const part of parts) {
    const waiting: Gathered["steps"][number] | undefined = gathered?.steps.at(-1);
    const isToken = "image" in part;
    if (isToken && OPERATORS.has(part.tokenType)) {
      if (gathered === undefined) report(context, errors.strayOperator, at(context, part), { written: part.image });
      else gathered.steps.push({ operator: part, right: undefined });
    } else if (isValue(part) && waiting !== undefined && waiting.right === undefined) waiting.right = part;
    else {
      flush();
      if (isToken && MARKS.has(part.tokenType)) terms.push({ kind: "mark", mark: part.image as Mark["mark"], span: at(context, part) });
      else if (isToken || part.name === "operand") gathered = { first: part, steps: [] };
      else if (part.name === "block") terms.push(context.block(context, part));
      else if (!makesOptional(context, part, terms)) stray(context, part);
    }
  }
  flush();
  return terms;
}

const MARKS = new Set<TokenType>([t.Colon, t.Assign, t.Arrow]);
const isValue = (part: Part): part is ValueCst => ("image" in part ? !MARKS.has(part.tokenType) : part.name !== "stray");

const OPERATORS = new Set<TokenType>([t.Is, ...t.TOKENS.filter((type) => type.CATEGORIES?.includes(t.BinaryOp))]);

/** `{ ... }?` is a type that may be absent, as `String?` is. */
function makesOptional(context: BuildContext, { children }: cst.StrayCstNode, terms: Term[]): boolean {
  const [sign] = children.token ?? [];
  const last = terms.at(-1);
  if (sign?.tokenType !== t.Maybe || last?.kind !== "block" || last.span.end !== sign.startOffset) return false;
  const type: Expression = { kind: "record", block: last, span: last.span };
  terms[terms.length - 1] = { kind: "optional", type, span: spanning(last.span, at(context, sign)) };
  return true;
}

function stray(context: BuildContext, { children }: cst.StrayCstNode): void {
  const [typed] = children.typeArguments ?? [];
  const [token] = children.token ?? [];
  if (typed !== undefined) report(context, errors.strayTypeArguments, at(context, typed.children.TypeOpen[0] as IToken), {});
  if (token !== undefined) report(context, errors.strayOperator, at(context, token), { written: token.image });
}

function buildExpression(context: BuildContext, { first, steps }: Gathered): Expression | undefined {
  if (steps.length === 0) {
    const operand = buildValue(context, first);
    return operand.nots.length === 0 ? operand.value : buildOperators(context, operand, []);
  }
  if (!withinLimit(context, steps.length, steps[0]?.operator)) return undefined;
  const operand = buildValue(context, first);
  const built = buildOperators(
    context,
    operand,
    steps.map((step) => buildStep(context, step)),
  );
  context.operators -= steps.length;
  return built;
}

function buildStep(context: BuildContext, { operator, right }: Gathered["steps"][number]): Step {
  const operand = right && buildValue(context, right);
  if (operator.tokenType !== t.Is) return { operator, operand, name: undefined };
  const isName = operand?.nots.length === 0 && operand.value?.kind === "name";
  return { operator, operand: undefined, name: isName ? operand.value : undefined };
}

function buildValue(context: BuildContext, value: ValueCst): Operand {
  if ("image" in value) return { nots: [], value: buildHead(context, value) };
  return value.name === "operand" ? buildOperand(context, value) : { nots: [], value: record(context, value) };
}

/** Adds to the operators on the way down; the caller takes them off again. */
function withinLimit(context: BuildContext, count: number, where: IToken | undefined): boolean {
  if (context.operators + count <= LIMITS.operators) {
    context.operators += count;
    return true;
  }
  report(context, expressionTooLong, where === undefined ? span(context, 0, 0) : at(context, where), {});
  return false;
}

const nameNode = (context: BuildContext, token: IToken): NameNode => ({ kind: "name", name: token.image, span: at(context, token) });

function record(context: BuildContext, cst: cst.BlockCstNode): Expression {
  const block = context.block(context, cst);
  return { kind: "record", block, span: block.span };
}

/** `not`s bind looser than comparisons and are handed on; `has` and signs bind right here. */
function buildOperand(context: BuildContext, cst: cst.OperandCstNode): Operand {
  if (cst.children.Prefix === undefined) return { nots: [], value: buildPrimary(context, cst) };
  const prefixes: IToken[] = [];
  let inner: cst.OperandCstNode | undefined = cst;
  while (inner?.children.Prefix !== undefined) {
    prefixes.push(...inner.children.Prefix);
    inner = inner.children.operand?.[0];
  }
  let value = inner && buildPrimary(context, inner);
  const tight = prefixes.findLastIndex((prefix) => prefix.tokenType === t.Not) + 1;
  for (const prefix of prefixes.slice(tight).toReversed()) {
    if (value === undefined) missing(context, prefix);
    else value = { kind: "unary", operator: prefix.image as "has" | "-", operand: value, span: spanning(at(context, prefix), value.span) };
  }
  return notsOf(context, prefixes.slice(0, tight), value);
}

/** `has` before a `not` has no value of its own to ask about. */
function notsOf(context: BuildContext, prefixes: readonly IToken[], value: Expression | undefined): Operand {
  const misplaced = prefixes.find((prefix) => prefix.tokenType !== t.Not);
  if (misplaced !== undefined) missing(context, misplaced);
  return { nots: prefixes.filter((prefix) => prefix.tokenType === t.Not), value };
}

function buildPrimary(context: BuildContext, { children }: cst.OperandCstNode): Expression | undefined {
  const head = children.head?.[0];
  const tail = children.tail;
  const value = head && buildHead(context, head);
  if (value === undefined || tail === undefined) return value;
  if (
    !withinLimit(
      context,
      tail.length,
      tail.find((part): part is IToken => "image" in part),
    )
  )
    return undefined;
  const built = buildTail(context, value, tail);
  context.operators -= tail.length;
  return built;
}

type HeadCst = NonNullable<cst.OperandCstChildren["head"]>[number];
type TailCst = NonNullable<cst.OperandCstChildren["tail"]>[number];

function buildHead(context: BuildContext, head: HeadCst): Expression | undefined {
  if (!("name" in head)) return head.tokenType === t.Name ? nameNode(context, head) : buildLiteral(context, head);
  switch (head.name) {
    case "paren":
      return buildParen(context, head);
    case "list":
      return buildList(context, head);
    case "conditional":
      return buildConditional(context, head);
  }
}

function buildTail(context: BuildContext, head: Expression, tail: readonly TailCst[]): Expression {
  let value = head;
  for (let next = 0; next < tail.length; next++) {
    const part = tail[next] as TailCst;
    if ("name" in part) value = part.name === "callArguments" ? call(context, value, part) : typed(context, value, part);
    else if (part.tokenType === t.Maybe) value = { kind: "optional", type: value, span: spanning(value.span, at(context, part)) };
    else {
      const name = memberName(context, part, tail[next + 1]);
      if (name === undefined) continue;
      value = { kind: "member", object: value, name, span: spanning(value.span, name.span) };
      next++;
    }
  }
  return value;
}

/** The name behind a dot; a reserved word is taken for one, and reported. */
function memberName(context: BuildContext, dot: IToken, next: TailCst | undefined): NameNode | undefined {
  if (next !== undefined && !("name" in next)) {
    if (next.tokenType === t.Name) return nameNode(context, next);
    if (tokenMatcher(next, t.Reserved)) {
      report(context, errors.reservedWord, at(context, next), { word: next.image, place: "the name of a field" });
      return nameNode(context, next);
    }
  }
  const where = at(context, dot);
  report(context, errors.missingName, where, { after: ".", found: foundAt(context.source, where.end) });
  return undefined;
}

function call(context: BuildContext, callee: Expression, { children }: cst.CallArgumentsCstNode): Expression {
  const close = children.RoundClose[0] as IToken;
  quietIfOpen(context, close);
  const only = children.argument.length === 1;
  const built = children.argument.map((argument, index) => buildArgument(context, argument, separatorBefore(children, index)));
  const values = built.filter(
    (argument, index) => argument.value.terms.length > 0 || isMissing(context, argument, only || isLast(built, index)),
  );
  return { kind: "call", callee, arguments: values, span: spanning(callee.span, at(context, close)) };
}

/** Always false, so that the argument is left out; reported unless it is the nothing of `f()` or behind a last comma. */
function isMissing(context: BuildContext, { name, value }: Argument, allowed: boolean): boolean {
  if (name !== undefined || !allowed) report(context, errors.missingItem, value.span, { found: foundAt(context.source, value.span.end) });
  return false;
}

const isLast = (items: readonly unknown[], index: number): boolean => index === items.length - 1;

function separatorBefore(children: { CallOpen: IToken[]; Comma?: IToken[] }, index: number): IToken {
  return (index === 0 ? children.CallOpen[0] : children.Comma?.[index - 1]) as IToken;
}

function buildArgument(context: BuildContext, { children }: cst.ArgumentCstNode, before: IToken): Argument {
  const name = children.Name?.[0] && nameNode(context, children.Name[0]);
  const start = children.Colon?.[0] ?? before;
  const value = buildPhrase(context, children.phrase[0] as cst.PhraseCstNode, at(context, start).end);
  return { ...(name ? { name } : {}), value, span: name ? spanning(name.span, value.span) : value.span };
}

function typed(context: BuildContext, head: Expression, { children }: cst.TypeArgumentsCstNode): Expression {
  const [open, close] = [children.TypeOpen[0] as IToken, children.TypeClose[0] as IToken];
  quietIfOpen(context, close);
  const values = children.phrase.map((phrase) => buildPhrase(context, phrase, at(context, open).end));
  const empty = values.find((value) => value.terms.length === 0);
  if (empty !== undefined) report(context, errors.missingItem, empty.span, { found: foundAt(context.source, empty.span.end) });
  if (head.kind === "name") return { kind: "typeArguments", name: head, arguments: values, span: spanning(head.span, at(context, close)) };
  report(context, errors.strayTypeArguments, at(context, open), {});
  return head;
}

/** A bracket whose end had to be guessed has been reported: what is wrong inside is mostly its echo. */
function quietIfOpen(context: BuildContext, close: IToken): void {
  if (isInserted(close)) context.quiet = true;
}

function buildParen(context: BuildContext, { children }: cst.ParenCstNode): Expression | undefined {
  const [open, close] = [children.Open[0] as IToken, children.RoundClose[0] as IToken];
  quietIfOpen(context, close);
  const [phrase] = children.phrase;
  const inner = phrase && single(context, phrase, at(context, open).end, "`)`");
  const [comma] = children.Comma ?? [];
  if (comma !== undefined) report(context, errors.missingSeparator, at(context, comma), { found: "`,`", close: "`)`" });
  return inner && { kind: "paren", inner, span: spanning(at(context, open), at(context, close)) };
}

function buildList(context: BuildContext, { children }: cst.ListCstNode): Expression {
  const [open, close] = [children.SquareOpen[0] as IToken, children.SquareClose[0] as IToken];
  quietIfOpen(context, close);
  const items: Expression[] = [];
  children.phrase.forEach((phrase, index) => {
    const start = at(context, (index === 0 ? open : children.Comma?.[index - 1]) as IToken).end;
    if (phrase.children.part === undefined && isLast(children.phrase, index)) return;
    const item = single(context, phrase, start, "`,` or `]`");
    if (item !== undefined) items.push(item);
  });
  return { kind: "list", items, span: spanning(at(context, open), at(context, close)) };
}

/** The one expression that a phrase in brackets must be. */
function single(context: BuildContext, cst: cst.PhraseCstNode, start: number, close: string): Expression | undefined {
  const { terms, span: where } = buildPhrase(context, cst, start);
  const [first, second] = terms;
  if (first === undefined) {
    report(context, errors.missingItem, where, { found: foundAt(context.source, where.end) });
    return undefined;
  }
  if (second !== undefined) {
    report(context, errors.missingSeparator, second.span, { found: foundAt(context.source, second.span.start), close });
  }
  if (first.kind === "mark") {
    report(context, errors.missingItem, first.span, { found: `\`${first.mark}\`` });
    return undefined;
  }
  return first.kind === "block" ? { kind: "record", block: first, span: first.span } : first;
}

function buildConditional(context: BuildContext, { children }: cst.ConditionalCstNode): Expression | undefined {
  const start = at(context, children.If[0] as IToken);
  const condition = choice(context, children.condition[0], children.If[0], "a condition after `if`", start);
  const then = choice(context, children.then?.[0], children.Then?.[0], "`then` and a value", condition?.span ?? start);
  const otherwise = choice(context, children.otherwise?.[0], children.Else?.[0], "`else` and a value", then?.span ?? start);
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  return { kind: "if", condition, then, otherwise, span: spanning(start, otherwise.span) };
}

/** `before` is what stands before the word that introduces this part. */
function choice(
  context: BuildContext,
  cst: cst.ChoiceCstNode | undefined,
  word: IToken | undefined,
  missing: string,
  before: Span,
): Expression | undefined {
  const [term] = buildTerms(context, cst?.children.part ?? []);
  if (term !== undefined && term.kind !== "mark") return term.kind === "block" ? { kind: "record", block: term, span: term.span } : term;
  const where = word === undefined ? before : at(context, word);
  const wanted = word !== undefined && word.tokenType !== t.If ? `a value after \`${word.image}\`` : missing;
  report(context, errors.incompleteConditional, where, { missing: wanted, found: foundAt(context.source, where.end) });
  return undefined;
}
