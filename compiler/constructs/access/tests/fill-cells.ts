/**
 * Puts the cells of a row where a request names their columns, before anything is checked: so a cell takes on the type that is
 * expected there, and what is wrong with it is said at the cell. An empty cell leaves out the setting that is nothing but it.
 */
import type { Argument, Block, Entry, Expression, Phrase, Term } from "../../../../grammar/ast.ts";

/** Gives the cell of a column and remembers that the column is used; undefined for other names. */
export type Cells = (name: string) => Phrase | undefined;

export function fillTerms(terms: readonly Term[], cells: Cells): readonly Term[] {
  return terms.flatMap((term): readonly Term[] => {
    if (term.kind === "name") return cells(term.name)?.terms ?? [term];
    if (term.kind === "block") return [fillBlock(term, cells)];
    return [term.kind === "mark" ? term : fillExpression(term, cells)];
  });
}

function fillBlock(block: Block, cells: Cells): Block {
  return { ...block, entries: block.entries.flatMap((entry) => fillEntry(entry, cells)) };
}

function fillEntry(entry: Entry, cells: Cells): readonly Entry[] {
  if (entry.kind !== "setting") return [entry];
  const value = fillPhrase(entry.value, cells);
  return value.terms.length === 0 && entry.value.terms.length > 0 ? [] : [{ ...entry, value }];
}

function fillPhrase(phrase: Phrase, cells: Cells): Phrase {
  return { ...phrase, terms: fillTerms(phrase.terms, cells) };
}

function fillExpression(node: Expression, cells: Cells): Expression {
  const fill = (part: Expression): Expression => fillExpression(part, cells);
  switch (node.kind) {
    case "name":
      return cellValue(cells(node.name)) ?? node;
    case "list":
      return { ...node, items: node.items.map(fill) };
    case "paren":
      return { ...node, inner: fill(node.inner) };
    case "unary":
      return { ...node, operand: fill(node.operand) };
    case "binary":
      return { ...node, left: fill(node.left), right: fill(node.right) };
    case "if":
      return { ...node, condition: fill(node.condition), then: fill(node.then), otherwise: fill(node.otherwise) };
    case "member":
      return { ...node, object: fill(node.object) };
    case "call":
      return {
        ...node,
        callee: node.callee.kind === "member" ? fill(node.callee) : node.callee,
        arguments: node.arguments.map((given) => fillArgument(given, cells)),
      };
    case "record":
      return { ...node, block: fillBlock(node.block, cells) };
    default:
      return node;
  }
}

function fillArgument(argument: Argument, cells: Cells): Argument {
  return { ...argument, value: fillPhrase(argument.value, cells) };
}

/** A cell as part of an expression; undefined where it is empty or more than one term. */
function cellValue(cell: Phrase | undefined): Expression | undefined {
  const [first, ...more] = cell?.terms ?? [];
  if (first === undefined || first.kind === "mark" || more.length > 0) return undefined;
  return first.kind === "block" ? { kind: "record", block: first, span: first.span } : first;
}
