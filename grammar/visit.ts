/** Walks the syntax tree. Promises: children in the order of the text, phrases and arguments looked through. Must not know what words mean. */
import type { Entry, FileNode, Phrase, Term } from "./ast.ts";

export type SyntaxNode = FileNode | Entry | Term;

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case "file":
    case "block":
      return node.entries;
    case "setting":
      return [node.key, ...(node.alias ? [node.alias] : []), ...node.value.terms];
    case "statement":
      return [node.word, ...node.phrase.terms];
    case "item":
      return node.value.terms;
    case "row":
      return termsOf(node.cells);
    case "member":
      return [node.object, node.name];
    case "call":
      return [node.callee, ...node.arguments.flatMap((argument) => [...(argument.name ? [argument.name] : []), ...argument.value.terms])];
    case "typeArguments":
      return [node.name, ...termsOf(node.arguments)];
    case "optional":
      return [node.type];
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "is":
      return [node.subject, node.name];
    case "if":
      return [node.condition, node.then, node.otherwise];
    case "list":
      return node.items;
    case "paren":
      return [node.inner];
    case "record":
      return [node.block];
    case "mark":
    case "name":
    case "text":
    case "int":
    case "decimal":
    case "duration":
    case "rate":
    case "size":
    case "percent":
    case "timeOfDay":
    case "time":
    case "ip":
    case "cidr":
    case "regex":
    case "bool":
      return [];
  }
}

const termsOf = (phrases: readonly Phrase[]): readonly Term[] => phrases.flatMap((phrase) => phrase.terms);

/** Calls `enter` for `root` and all below it, parents first. Where `enter` gives false, what is below is left out. Uses no call stack. */
export function visit(root: SyntaxNode, enter: (node: SyntaxNode) => boolean | undefined | void): void {
  const pending: SyntaxNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (enter(node) === false) continue;
    const children = childrenOf(node);
    for (let at = children.length - 1; at >= 0; at--) pending.push(children[at] as SyntaxNode);
  }
}
