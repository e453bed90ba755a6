/** What is under the cursor, in words. Promises: the innermost thing that there is something to say about. */
import type { Setting, Statement } from "../../grammar/ast.ts";
import type { Span, SyntaxNode } from "../../grammar/index.ts";
import { printType } from "../../compiler/check/types/print-type.ts";
import type { SettingShape } from "../../compiler/constructs/setting-shape.ts";
import type { Hover } from "./answers.ts";
import { claimsOf, textOfKey } from "./claims.ts";
import { targetAt } from "./target.ts";
import { describeDeclaration } from "./describe-declaration.ts";
import { formsAt } from "./describe-kind.ts";
import { holds, nodesAt } from "./name-at.ts";
import type { Spot } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { describeAccess } from "./describe-access.ts";
import { type FileView, rangeOf, type Workspace } from "./workspace.ts";
import { constructOf, describeWord, withinOf } from "./words.ts";

export async function hover(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<Hover | undefined> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return undefined;
  const nodes = nodesAt(seen.tree, offset);
  const found =
    (await describeTarget(seen, offset)) ??
    describeSetting(seen, nodes, offset) ??
    (await describeStatement(seen, nodes, offset)) ??
    describeExpression(seen, nodes) ??
    describeForms(nodes, offset);
  return found && { range: rangeOf(seen.view, found.span), markdown: found.markdown };
}

type Described = { readonly span: Span; readonly markdown: string };

async function describeTarget(seen: FileView, offset: number): Promise<Described | undefined> {
  const target = targetAt(seen, offset);
  switch (target?.kind) {
    case undefined:
      return undefined;
    case "declaration": {
      const { declaration, span } = target;
      const program = declaration.kind === "network" ? (await seen.whole()).program : undefined;
      return { span, markdown: describeDeclaration(declaration, seen.quick, program) };
    }
    case "claim":
      return { span: target.span, markdown: describeClaim(seen, target.name, target.identities) };
    case "field":
    case "parameter":
    case "pathParameter": {
      const what = `a ${target.kind === "field" ? "field of a record" : target.kind === "parameter" ? "parameter of the policy" : "parameter of the path"}`;
      return { span: target.span, markdown: `\`\`\`gwl\n${annotated(seen, target.declared)}\n\`\`\`\n\n${what}` };
    }
  }
}

function describeClaim({ quick }: FileView, name: string, identities: readonly string[]): string {
  const lines = identities.flatMap((identity) => {
    const owner = quick.bound.declarations.find((one) => one.kind === "identity" && one.name.name === identity);
    const claim = owner && claimsOf(owner).find((one) => textOfKey(one.alias ?? one.key) === name);
    const text = quick.bound.loaded.files.find((one) => one.file === owner?.file)?.source.text;
    return claim === undefined || text === undefined ? [] : [`${identity}: ${text.slice(claim.span.start, claim.span.end)}`];
  });
  return `\`\`\`gwl\n${lines.join("\n")}\n\`\`\`\n\nwhat the token of the caller says`;
}

/** `name: Type` as written. */
function annotated({ quick }: FileView, declared: Span): string {
  const text = quick.bound.loaded.files.find((one) => one.file === declared.file)?.source.text.slice(declared.start) ?? "";
  return /^[^,)}\n]*/.exec(text)?.[0].trim() ?? "";
}

function describeSetting({ check }: FileView, nodes: readonly SyntaxNode[], offset: number): Described | undefined {
  const entry = nodes.findLast((node): node is Setting | Statement => node.kind === "setting" || node.kind === "statement");
  const block = nodes.findLast((node) => node.kind === "block" && node.entries.some((inner) => inner === entry));
  const known = block?.kind === "block" ? check.settings.get(block) : undefined;
  const key = entry?.kind === "setting" ? entry.key : entry?.word;
  if (known === undefined || key === undefined || !holds(key.span, offset)) return undefined;
  const name = textOfKey(key);
  const shape = Object.hasOwn(known.shapes, name) ? known.shapes[name] : undefined;
  return shape && { span: key.span, markdown: describeShape(name, shape, known.owner) };
}

export function describeShape(name: string, shape: SettingShape, owner: string): string {
  const form = shape.form === "block" ? `${name} { ... }` : shape.form === "phrase" ? `${name}: ...` : `${name}: ${printType(shape.type)}`;
  const without = shape.required ? "must be given" : shape.byDefault === undefined ? "may be left out" : `without it: ${shape.byDefault}`;
  return `\`\`\`gwl\n${form}\n\`\`\`\n\n\`${name}\` of ${owner} is ${shape.doc}; ${without}`;
}

async function describeStatement(seen: FileView, nodes: readonly SyntaxNode[], offset: number): Promise<Described | undefined> {
  const at = nodes.findLastIndex((node) => node.kind === "statement");
  const statement = nodes[at];
  if (statement?.kind !== "statement") return undefined;
  const access = await describeAccess(seen, statement, offset);
  const { span } = statement.word;
  if (!holds(span, offset)) return access === undefined ? undefined : access;
  const construct = constructOf(statement.word.name, withinOf(nodes.slice(0, at), seen.check));
  if (construct === undefined) return access;
  const words = describeWord(construct);
  return { span, markdown: access === undefined ? words : `${access.markdown}\n\n---\n\n${words}` };
}

function describeForms(nodes: readonly SyntaxNode[], offset: number): Described | undefined {
  const forms = formsAt(nodes, offset);
  return forms && { span: forms.span, markdown: `\`\`\`gwl\n${forms.written.join("\n")}\n\`\`\`\n\n${forms.what}` };
}

function describeExpression({ check, source }: FileView, nodes: readonly SyntaxNode[]): Described | undefined {
  for (const node of nodes.toReversed()) {
    const expr = check.types.get(node as Parameters<typeof check.types.get>[0]);
    if (expr === undefined) continue;
    // A longer expression is not what the cursor is on.
    if (node.kind !== "name" && node.kind !== "member" && node.kind !== "call" && node !== nodes.at(-1)) return undefined;
    if (expr.type.kind === "poison") return undefined;
    const text = source.text.slice(node.span.start, node.span.end).replace(/\s+/g, " ");
    return { span: node.span, markdown: `\`\`\`gwl\n${text}: ${printType(expr.type)}\n\`\`\`` };
  }
  return undefined;
}
