/**
 * Phrases and expressions as documents. Promises: read again they give the same tree. A line that the writer broke before `and`, `or`,
 * `implies`, `??`, `|`, `->`, `because`, `then` or `else` stays broken. Must not know blocks' entries (printer.ts hands in `block`).
 */
import {
  type Argument,
  type Binary,
  type Block,
  type Expression,
  type If,
  type List,
  type Literal,
  LITERAL_KINDS,
  type Phrase,
  type Term,
} from "./ast.ts";
import { between, type CommentCursor } from "./comment-cursor.ts";
import { concat, type Doc, group, hardLine, line, nest, softLine } from "./document.ts";

export type PhrasePrinter = { readonly cursor: CommentCursor; readonly block: (printer: PhrasePrinter, block: Block) => Doc };

/** Behind these a new line may begin with the operator. */
const BREAKS_BEFORE = new Set<string>(["and", "or", "implies", "??", "|"]);
/** These stand close. */
const TIGHT = new Set<string>([".."]);

export function printPhrase(printer: PhrasePrinter, phrase: Phrase): Doc {
  const parts: Doc[] = [];
  let previous: Term | undefined;
  for (const term of phrase.terms) {
    if (previous !== undefined) parts.push(gap(printer, previous, term));
    const startsReason = previous !== undefined && term.kind === "name" && term.name === "because";
    if (!startsReason) parts.push(printTerm(printer, term));
    else parts.push(group(concat(breakBefore(printer, previous?.span.end ?? 0, term.span.start), term.name)));
    previous = term;
  }
  return concat(...parts);
}

/** White space between two terms; before a reason it is the reason's. */
function gap(printer: PhrasePrinter, previous: Term, term: Term): Doc {
  if (term.kind === "name" && term.name === "because") return "";
  // Behind a number or a mark the colon keeps its distance: `::` would be an address.
  if (term.kind === "mark" && term.mark === ":") return between(printer.cursor, term.span.start, isWord(previous) ? "" : " ");
  const broken = term.kind === "mark" && term.mark === "->" && brokenBetween(printer, previous.span.end, term.span.start);
  return between(printer.cursor, term.span.start, broken ? nest(hardLine) : " ");
}

const isWord = (term: Term): boolean => term.kind === "name" || term.kind === "text";

function breakBefore(printer: PhrasePrinter, end: number, start: number): Doc {
  return nest(between(printer.cursor, start, brokenBetween(printer, end, start) ? hardLine : line));
}

function brokenBetween({ cursor }: PhrasePrinter, end: number, start: number): boolean {
  return cursor.rigid === 0 && cursor.source.text.slice(end, start).includes("\n");
}

function printTerm(printer: PhrasePrinter, term: Term): Doc {
  if (term.kind === "block") return printer.block(printer, term);
  return term.kind === "mark" ? term.mark : printExpression(printer, term);
}

export function printExpression(printer: PhrasePrinter, node: Expression): Doc {
  const { cursor } = printer;
  switch (node.kind) {
    case "name":
      return node.name;
    case "member": {
      // Right behind a number the dot would be the number's.
      const dot = LITERAL_KINDS.has(node.object.kind) ? " ." : ".";
      return concat(printExpression(printer, node.object), dot, between(cursor, node.name.span.start, ""), node.name.name);
    }
    case "call": {
      const callee = printExpression(printer, node.callee);
      return concat(callee, printArguments(printer, node.arguments, node.callee.span.end, node.span.end));
    }
    case "typeArguments":
      return concat(node.name.name, "<", ...commaSeparated(node.arguments.map((argument) => printPhrase(printer, argument))), ">");
    case "optional":
      return concat(printExpression(printer, node.type), "?");
    case "unary": {
      const space = between(cursor, node.operand.span.start, node.operator === "-" ? "" : " ");
      return concat(node.operator, space, printExpression(printer, node.operand));
    }
    case "binary":
      return printBinary(printer, node);
    case "is":
      return concat(printExpression(printer, node.subject), " is", between(cursor, node.name.span.start, " "), node.name.name);
    case "if":
      return printIf(printer, node);
    case "list":
      return printList(printer, node);
    case "paren": {
      const open = between(cursor, node.inner.span.start, "");
      return concat("(", open, printExpression(printer, node.inner), between(cursor, node.span.end, ""), ")");
    }
    case "record":
      return printer.block(printer, node.block);
    default:
      return printLiteral(node);
  }
}

const commaSeparated = (docs: readonly Doc[]): Doc[] => docs.flatMap((doc, index) => (index === 0 ? [doc] : [", ", doc]));

/** A row of one and the same operator breaks as a whole. */
function printBinary(printer: PhrasePrinter, node: Binary): Doc {
  if (!BREAKS_BEFORE.has(node.operator)) {
    const left = printExpression(printer, node.left);
    const space = TIGHT.has(node.operator) ? "" : " ";
    return concat(left, printOperator(printer, node, node.right, space, space), printExpression(printer, node.right));
  }
  const row = operatorRow(node);
  const broken = row.some((step) => brokenBetween(printer, step.left.span.end, step.operatorSpan.start));
  const operand = (side: Expression): Doc => printExpression(printer, side);
  const first = row[0];
  if (first === undefined) return "";
  const groupsRight = first.right === row[1];
  const parts = [operand(first.left)];
  for (const [index, step] of row.entries()) {
    const right = groupsRight && index < row.length - 1 ? (row[index + 1] as Binary).left : step.right;
    parts.push(nest(concat(printOperator(printer, step, right, broken ? hardLine : line, " "), operand(right))));
  }
  return group(concat(...parts));
}

function printOperator({ cursor }: PhrasePrinter, node: Binary, right: Expression, before: Doc, after: Doc): Doc {
  const start = between(cursor, node.operatorSpan.start, before);
  return concat(start, node.operator, between(cursor, right.span.start, after));
}

/** The operators of `a op b op c` from left to right, whichever way they group. */
function operatorRow(node: Binary): readonly Binary[] {
  const same = (side: Expression): side is Binary => side.kind === "binary" && side.operator === node.operator;
  const row = [node];
  for (let at = node; same(at.left); at = at.left) row.unshift(at.left);
  if (row.length === 1) for (let at = node; same(at.right); at = at.right) row.push(at.right);
  return row;
}

function printIf(printer: PhrasePrinter, node: If): Doc {
  const condition = concat("if", between(printer.cursor, node.condition.span.start, " "), printExpression(printer, node.condition));
  const before = breakBefore(printer, node.condition.span.end, node.then.span.start);
  const then = concat("then ", printExpression(printer, node.then));
  const beforeElse = breakBefore(printer, node.then.span.end, node.otherwise.span.start);
  return group(concat(condition, before, nest(then), beforeElse, nest(concat("else ", printExpression(printer, node.otherwise)))));
}

function printList(printer: PhrasePrinter, node: List): Doc {
  const items = node.items.map((item) => ({ start: item.span.start, print: () => printExpression(printer, item) }));
  return printSequence(printer, "[", items, "]", node.span.start, node.span.end);
}

function printArguments(printer: PhrasePrinter, list: readonly Argument[], start: number, end: number): Doc {
  const items = list.map((argument) => ({ start: argument.span.start, print: () => printArgument(printer, argument) }));
  return printSequence(printer, "(", items, ")", start, end);
}

function printArgument(printer: PhrasePrinter, { name, value }: Argument): Doc {
  if (name === undefined) return printPhrase(printer, value);
  return concat(name.name, ":", between(printer.cursor, value.span.start, " "), printPhrase(printer, value));
}

type Item = { readonly start: number; readonly print: () => Doc };

/** Items in brackets, all on one line or one a line, as when the writer broke after the opening bracket. */
function printSequence(printer: PhrasePrinter, open: string, items: readonly Item[], close: string, start: number, end: number): Doc {
  const first = items[0]?.start ?? end - 1;
  const broken = items.length > 0 && brokenBetween(printer, start, first);
  const edge = broken ? hardLine : softLine;
  const inner: Doc[] = [between(printer.cursor, first, edge)];
  for (const [index, item] of items.entries()) {
    if (index > 0) inner.push(",", between(printer.cursor, item.start, broken ? hardLine : line));
    inner.push(item.print());
  }
  return group(concat(open, nest(concat(...inner)), between(printer.cursor, end, edge), close));
}

/** Text is written anew; what a reader could not see goes as `\u{...}`. */
export function printLiteral(node: Literal): string {
  if (node.kind === "text") return `"${node.value.replace(UNSEEN, escaped)}"`;
  return node.kind === "regex" ? `/${node.text}/` : node.text;
}

const UNSEEN = /["\\]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" };
const escaped = (c: string): string => ESCAPES[c] ?? `\\u{${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
