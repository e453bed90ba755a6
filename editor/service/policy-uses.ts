/** Where policies apply, who uses them and whom they use. */
import type { Statement } from "../../grammar/ast.ts";
import { allLevels } from "../../compiler/model/placed-route.ts";
import type { Program, SiteId } from "../../compiler/model/program.ts";
import type { CallItem, CallLink, DocumentSymbol } from "./answers.ts";
import { nodesAt, usesOf } from "./name-at.ts";
import type { Range, Spot } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { ruleReach } from "./rule-reach.ts";
import { symbolOf } from "./symbols.ts";
import { targetAt } from "./target.ts";
import { type FileView, rangeOf, type Workspace } from "./workspace.ts";

/** Routes that a policy holds for; undefined rules have none. */
export async function implementation(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<readonly Range[]> {
  const seen = await workspace.file(path, breath);
  const target = seen && targetAt(seen, offset);
  if (seen === undefined || target?.kind !== "declaration" || target.declaration.kind !== "policy") return [];
  const { program, ir } = await seen.whole();
  if (ir === undefined) return [];
  const routes = new Set(sitesOfPolicy(program, target.declaration.name.name).flatMap((site) => ruleReach(ir).routesOf(site)));
  return [...routes].map(({ span }) => rangeOf(seen.view, span));
}

function sitesOfPolicy(program: Program, name: string): readonly SiteId[] {
  const statements = [
    ...program.policies.flatMap((policy) => policy.statements),
    ...allLevels(program.gateway).flatMap(({ access }) => access),
  ];
  return statements.flatMap((one) => ((one.kind === "use" || one.kind === "apply") && one.policy === name ? [one.site] : []));
}

export async function callItem(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<CallItem | undefined> {
  const seen = await workspace.file(path, breath);
  const target = seen && targetAt(seen, offset);
  if (seen === undefined) return undefined;
  if (target?.kind === "declaration" && target.declaration.kind === "policy") {
    const declared = await workspace.fileIn(seen.view, rangeOf(seen.view, target.declaration.name.span).path, breath);
    const symbol = declared && symbolOf(declared, target.declaration.statement);
    return symbol && itemOf(symbol);
  }
  return ownerAt(seen, offset)?.item;
}

const itemOf = ({ name, detail, kind, range, selection }: DocumentSymbol): CallItem => ({
  name,
  ...(detail === undefined ? {} : { detail }),
  kind,
  range,
  selection,
});

/** The innermost statement around the cursor that can use policies. */
function ownerAt(seen: FileView, offset: number): { readonly item: CallItem; readonly statement: Statement } | undefined {
  const statements = nodesAt(seen.tree, offset).filter((node) => node.kind === "statement");
  for (const statement of statements.toReversed()) {
    const symbol = symbolOf(seen, statement);
    if (symbol !== undefined && symbol.kind !== "statement") return { item: itemOf(symbol), statement };
  }
  return undefined;
}

export async function incomingCalls(workspace: Workspace, { path, start }: Range, breath: Breath): Promise<readonly CallLink[]> {
  const seen = await workspace.file(path, breath);
  const target = seen && targetAt(seen, start);
  if (seen === undefined || target?.kind !== "declaration" || target.declaration.kind !== "policy") return [];
  const links = new Map<string, { item: CallItem; at: Range[] }>();
  for (const span of usesOf(seen.quick, target.declaration)) {
    const at = rangeOf(seen.view, span);
    const user = await workspace.fileIn(seen.view, at.path, breath);
    const owner = user && ownerAt(user, span.start);
    // What an import names is used elsewhere.
    if (owner === undefined) continue;
    const key = `${owner.item.selection.path} ${owner.item.selection.start}`;
    const link = links.get(key) ?? { item: owner.item, at: [] };
    link.at.push(at);
    links.set(key, link);
  }
  return [...links.values()];
}

export async function outgoingCalls(workspace: Workspace, { path, start }: Range, breath: Breath): Promise<readonly CallLink[]> {
  const seen = await workspace.file(path, breath);
  const owner = seen && ownerAt(seen, start);
  if (seen === undefined || owner === undefined) return [];
  const links = new Map<string, { item: CallItem; at: Range[] }>();
  for (const { name, declaration } of seen.check.uses) {
    const isInside = name.span.start >= owner.statement.span.start && name.span.end <= owner.statement.span.end;
    if (declaration.kind !== "policy" || !isInside) continue;
    const item = await callItem(workspace, { path, offset: name.span.start }, breath);
    if (item === undefined) continue;
    const key = `${item.selection.path} ${item.selection.start}`;
    const link = links.get(key) ?? { item, at: [] };
    if (!link.at.some((one) => one.start === name.span.start)) link.at.push(rangeOf(seen.view, name.span));
    links.set(key, link);
  }
  return [...links.values()];
}
