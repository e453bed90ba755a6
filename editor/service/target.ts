/**
 * What a place in a source names: a declaration, a claim of identities, a field of a record, a parameter of a policy, or one of a path. Promises: the same target from
 * its declaration and from each use.
 */
import type { Argument, Member, Setting, Statement, TextNode } from "../../grammar/ast.ts";
import type { Span, SyntaxNode } from "../../grammar/index.ts";
import { visit } from "../../grammar/index.ts";
import type { Declaration } from "../../compiler/bind/declaration.ts";
import { claimName, claimsOf, textOfKey } from "./claims.ts";
import { declarationAt, holds, nodesAt } from "./name-at.ts";
import type { Quick } from "./program-view.ts";
import { fieldRead } from "./record-fields.ts";
import type { FileView } from "./workspace.ts";

export type Target =
  | { readonly kind: "declaration"; readonly declaration: Declaration; readonly span: Span }
  /** `identities` that have it; `declared` in the same order. */
  | {
      readonly kind: "claim";
      readonly name: string;
      readonly identities: readonly string[];
      readonly declared: readonly Span[];
      readonly span: Span;
    }
  /** Of a record type; `type`: where the field's own type stands. */
  | { readonly kind: "field"; readonly name: string; readonly declared: Span; readonly type: Span; readonly span: Span }
  /** `within`: the policy. */
  | { readonly kind: "parameter"; readonly name: string; readonly declared: Span; readonly within: Statement; readonly span: Span }
  /** `within`: the api, group or route whose path has it. */
  | { readonly kind: "pathParameter"; readonly name: string; readonly declared: Span; readonly within: Statement; readonly span: Span };

export function targetAt(seen: FileView, offset: number): Target | undefined {
  const named = declarationAt(seen, offset);
  if (named !== undefined) return { kind: "declaration", ...named };
  const nodes = nodesAt(seen.tree, offset);
  const statements = nodes.filter((node) => node.kind === "statement");
  return (
    usedAt(seen, nodes, statements) ??
    parameterDeclaredAt(statements, offset) ??
    claimDeclaredAt(seen, nodes, statements[0]) ??
    fieldDeclaredAt(nodes, statements[0]) ??
    pathParameterAt(seen, statements, offset)
  );
}

function usedAt(seen: FileView, nodes: readonly SyntaxNode[], statements: readonly Statement[]): Target | undefined {
  const name = nodes.findLast((node) => node.kind === "name");
  if (name === undefined) return undefined;
  const span = name.span;
  const member = nodes.findLast((node): node is Member => node.kind === "member" && node.name === name);
  const expr = seen.check.types.get(member ?? name);
  switch (expr?.op) {
    case "principalField":
      return claimTarget(seen.quick, expr.name, expr.identities, span);
    case "field": {
      const field = member && fieldRead(seen, member);
      return field && fieldTarget(field, span);
    }
    case "param": {
      const policy = statements[0];
      const declared = policy && parametersOf(policy).find((argument) => argument.name?.name === expr.name)?.name;
      return policy && declared && { kind: "parameter", name: expr.name, declared: declared.span, within: policy, span };
    }
    case "pathParam":
      return pathParameter(seen, statements, expr.name, span);
    default:
      return undefined;
  }
}

function fieldTarget(field: Setting, span: Span): Target {
  const key = claimName(field);
  return { kind: "field", name: textOfKey(key), declared: key.span, type: field.value.span, span };
}

/** Keys in a type are fields of it, those of records within it too. */
function fieldDeclaredAt(nodes: readonly SyntaxNode[], statement: Statement | undefined): Target | undefined {
  if (statement?.word.name !== "type") return undefined;
  const setting = nodes.findLast((node): node is Setting => node.kind === "setting");
  const key = setting && claimName(setting);
  return setting && key && nodes.some((node) => node === key) ? fieldTarget(setting, key.span) : undefined;
}

/** The parameters in the head of a policy. */
export function parametersOf({ phrase: { terms } }: Statement): readonly Argument[] {
  const [first] = terms;
  return first?.kind === "call" ? first.arguments : [];
}

function parameterDeclaredAt([statement]: readonly Statement[], offset: number): Target | undefined {
  if (statement?.word.name !== "policy") return undefined;
  const name = parametersOf(statement).find((argument) => argument.name !== undefined && holds(argument.name.span, offset))?.name;
  return name && { kind: "parameter", name: name.name, declared: name.span, within: statement, span: name.span };
}

function claimDeclaredAt(seen: FileView, nodes: readonly SyntaxNode[], statement: Statement | undefined): Target | undefined {
  const owner = seen.quick.bound.declarations.find((one) => one.statement === statement && one.kind === "identity");
  const setting = nodes.findLast((node): node is Setting => node.kind === "setting");
  const key = setting && claimName(setting);
  if (owner === undefined || key === undefined || !claimsOf(owner).some((claim) => claim === setting)) return undefined;
  if (!nodes.some((node) => node === key || node === setting?.key)) return undefined;
  return { kind: "claim", name: textOfKey(key), identities: [owner.name.name], declared: [key.span], span: key.span };
}

function claimTarget(quick: Quick, name: string, identities: readonly string[], span: Span): Target {
  const owners = quick.bound.declarations.filter((one) => one.kind === "identity" && identities.includes(one.name.name));
  const declared = owners.flatMap((owner) => {
    const claim = claimsOf(owner).find((one) => textOfKey(claimName(one)) === name);
    return claim === undefined ? [] : [claimName(claim).span];
  });
  return { kind: "claim", name, identities, declared, span };
}

function pathParameterAt(seen: FileView, statements: readonly Statement[], offset: number): Target | undefined {
  const statement = statements.at(-1);
  const text = statement?.phrase.terms.find((term): term is TextNode => term.kind === "text" && holds(term.span, offset));
  if (statement === undefined || text === undefined) return undefined;
  const found = pathParameters(seen, text).find(({ span }) => holds(span, offset));
  return found && { kind: "pathParameter", name: found.name, declared: found.span, within: statement, span: found.span };
}

function pathParameter(seen: FileView, statements: readonly Statement[], name: string, span: Span): Target | undefined {
  for (const statement of statements) {
    const texts = statement.phrase.terms.filter((term) => term.kind === "text");
    const found = texts.flatMap((text) => pathParameters(seen, text)).find((parameter) => parameter.name === name);
    if (found !== undefined) return { kind: "pathParameter", name, declared: found.span, within: statement, span };
  }
  return undefined;
}

/** `{name: Type}` in a text, as written. */
function pathParameters({ source, file }: FileView, text: TextNode): readonly { readonly name: string; readonly span: Span }[] {
  const written = source.text.slice(text.span.start, text.span.end);
  return [...written.matchAll(/\{\s*([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => {
    const [whole, name = ""] = match;
    const start = text.span.start + match.index + whole.length - name.length;
    return { name, span: { file, start, end: start + name.length } };
  });
}

/** Uses of a target, its declarations left out. */
export function usesOfTarget(quick: Quick, target: Exclude<Target, { kind: "declaration" }>): readonly Span[] {
  const found: Span[] = [];
  for (const [file, { types, tree }] of quick.files) {
    for (const [node, expr] of types) {
      const name = node.kind === "member" ? node.name : node;
      if (name.kind !== "name") continue;
      if (target.kind === "field") {
        if (expr.op !== "field" || expr.name !== target.name || node.kind !== "member") continue;
        const field = fieldRead({ quick, tree, file }, node);
        const key = field && claimName(field).span;
        if (key?.file === target.declared.file && key.start === target.declared.start) found.push(name.span);
      } else if (target.kind === "claim") {
        const isIt =
          expr.op === "principalField" && expr.name === target.name && expr.identities.some((one) => target.identities.includes(one));
        if (isIt) found.push(name.span);
      } else if (expr.op === (target.kind === "parameter" ? "param" : "pathParam") && "name" in expr && expr.name === target.name) {
        const { span } = target.within;
        if (span.file === name.span.file && span.start <= name.span.start && name.span.end <= span.end) found.push(name.span);
      }
    }
  }
  return target.kind === "parameter" ? [...found, ...namedArguments(quick, target)] : found;
}

/** `group(name: "support")` names the parameter as well. */
function namedArguments(quick: Quick, target: Extract<Target, { kind: "parameter" }>): readonly Span[] {
  const policy = quick.bound.declarations.find((one) => one.statement === target.within);
  const found: Span[] = [];
  for (const { tree, uses } of quick.files.values()) {
    const callees = new Set(
      uses.filter(({ declaration }) => declaration.name === policy?.name || sameName(declaration, policy)).map(({ name }) => name),
    );
    if (callees.size === 0) continue;
    visit(tree, (node) => {
      if (node.kind !== "call" || node.callee.kind !== "name" || !callees.has(node.callee)) return;
      for (const { name } of node.arguments) if (name?.name === target.name) found.push(name.span);
    });
  }
  return found;
}

function sameName(a: Declaration, b: Declaration | undefined): boolean {
  return b !== undefined && a.kind === b.kind && a.name.name === b.name.name && a.file === b.file;
}
