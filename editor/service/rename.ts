/** A new name for what is under the cursor, in all files. Promises: refuses a name that cannot be written or would mean something else already. */
import { RESERVED_WORDS } from "../../grammar/reserved-words.ts";
import { ARTICLE_OF, type Declaration, NAMESPACE_OF } from "../../compiler/bind/declaration.ts";
import { checkName, RESERVED_VALUES } from "../../compiler/bind/name-rules.ts";
import type { Renameable, Renaming } from "./answers.ts";
import { references } from "./navigation.ts";
import type { Spot } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { parametersOf, type Target, targetAt } from "./target.ts";
import { type FileView, rangeOf, type Workspace } from "./workspace.ts";

export async function renameable(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<Renameable | undefined> {
  const seen = await workspace.file(path, breath);
  const target = seen && targetAt(seen, offset);
  if (seen === undefined || target === undefined || target.kind === "claim" || target.kind === "field") return undefined;
  return { range: rangeOf(seen.view, target.span), name: nameOf(target) };
}

export async function rename(workspace: Workspace, spot: Spot, name: string, breath: Breath): Promise<Renaming> {
  const seen = await workspace.file(spot.path, breath);
  const target = seen && targetAt(seen, spot.offset);
  if (seen === undefined || target === undefined) return refuse("there is no name here that could be changed");
  if (target.kind === "claim") return refuse("a claim is named by the token; give it another name here with `as`");
  if (target.kind === "field") return refuse("a field is named by those who send it");
  if (name === nameOf(target)) return { ok: true, edits: [] };
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return refuse(`\`${name}\` is no name: names have letters, digits and \`_\`, and start with no digit`);
  if (RESERVED_WORDS.has(name)) return refuse(`\`${name}\` is a word of the language`);
  const why = target.kind === "declaration" ? wrongName(seen, target.declaration, name) : wrongParameter(seen, target, name);
  if (why !== undefined) return refuse(why);
  const places = await references(workspace, spot, true, breath);
  return { ok: true, edits: places.map((place) => ({ ...place, text: name })) };
}

const refuse = (why: string): Renaming => ({ ok: false, why });

function nameOf(target: Target): string {
  return target.kind === "declaration" ? target.declaration.name.name : target.name;
}

function wrongName({ quick }: FileView, declaration: Declaration, name: string): string | undefined {
  const [problem] = checkName({ ...declaration, name: { ...declaration.name, name } });
  if (problem !== undefined) return `${problem.message}; ${problem.help ?? ""}`;
  const namespace = NAMESPACE_OF[declaration.kind];
  const clash = quick.bound.declarations.find(
    (one) => NAMESPACE_OF[one.kind] === namespace && one.name.name === name && one !== declaration,
  );
  if (clash !== undefined) return `\`${name}\` is already the name of ${ARTICLE_OF[clash.kind]} in \`${clash.file}\``;
  const policy = namespace === "value" ? policyWithParameter(quick.bound.declarations, name) : undefined;
  return policy && `the policy \`${policy}\` has a parameter \`${name}\`, which would stand before it there`;
}

function policyWithParameter(declarations: readonly Declaration[], name: string): string | undefined {
  return declarations.find((one) => one.kind === "policy" && parametersOf(one.statement).some((parameter) => parameter.name?.name === name))
    ?.name.name;
}

function wrongParameter(
  seen: FileView,
  target: Extract<Target, { kind: "parameter" | "pathParameter" }>,
  name: string,
): string | undefined {
  if (target.kind === "pathParameter") {
    const path = seen.source.text.slice(target.within.span.start, target.within.span.end);
    return new RegExp(`\\{\\s*${name}\\b`).test(path) ? `a path below has a parameter \`${name}\` already` : undefined;
  }
  const reads = RESERVED_VALUES.get(name);
  if (reads !== undefined) return `\`${name}\` means ${reads} in every rule`;
  if (parametersOf(target.within).some((parameter) => parameter.name?.name === name))
    return `the policy has a parameter \`${name}\` already`;
  const visible = seen.quick.bound.scopes.get(target.within.span.file)?.visible.value.get(name);
  return visible && `\`${name}\` is ${ARTICLE_OF[visible.kind]} that the rules of this policy may mean`;
}
