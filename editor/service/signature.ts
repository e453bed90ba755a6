/** What a policy or function takes, and where in it the cursor is. */
import { FUNCTION_NAMES } from "../../compiler/check/expressions/function-names.ts";
import { RESERVED_VALUES } from "../../compiler/bind/name-rules.ts";
import type { Signature } from "./answers.ts";
import type { Spot } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { situationAt } from "./situation.ts";
import { parametersOf } from "./target.ts";
import type { FileView, Workspace } from "./workspace.ts";

export async function signature(workspace: Workspace, { path, offset }: Spot, breath: Breath): Promise<Signature | undefined> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return undefined;
  const { open, entry } = situationAt(seen.source, offset);
  const call = open.findLast(({ bracket }) => bracket === "(");
  const callee = call?.head.at(-1)?.text;
  if (call === undefined || callee === undefined || open.at(-1) !== call) return undefined;
  const named = entry[1]?.text === ":" ? entry[0]?.text : undefined;
  return policySignature(seen, callee, call.commas, named) ?? functionSignature(callee, call.commas);
}

function policySignature(seen: FileView, name: string, commas: number, named: string | undefined): Signature | undefined {
  const policy = seen.quick.bound.declarations.find((one) => one.kind === "policy" && one.name.name === name);
  const text = seen.quick.bound.loaded.files.find(({ file }) => file === policy?.file)?.source.text;
  if (policy === undefined || text === undefined) return undefined;
  const written = parametersOf(policy.statement);
  const shown = written.map(({ span }) => text.slice(span.start, span.end).replace(/\s+/g, " "));
  const byName = written.findIndex((parameter) => parameter.name?.name === named);
  return {
    ...labelled(name, shown),
    ...(policy.statement.doc === undefined ? {} : { documentation: policy.statement.doc }),
    ...activeIn(shown.length, byName === -1 ? commas : byName),
  };
}

function functionSignature(name: string, commas: number): Signature | undefined {
  if (!FUNCTION_NAMES.some((known) => known === name)) return undefined;
  const shown = name === "concat" ? ["a: String", "b: String", "..."] : ["name: String"];
  const documentation = RESERVED_VALUES.get(name);
  return {
    ...labelled(name, shown),
    ...(documentation === undefined ? {} : { documentation }),
    ...activeIn(shown.length, name === "concat" ? Math.min(commas, 2) : commas),
  };
}

function labelled(name: string, shown: readonly string[]): Pick<Signature, "label" | "parameters"> {
  let start = name.length + 1;
  const parameters = shown.map((text) => {
    const place = { start, end: start + text.length };
    start = place.end + 2;
    return place;
  });
  return { label: `${name}(${shown.join(", ")})`, parameters };
}

const activeIn = (count: number, at: number): Pick<Signature, "active"> => (at < count ? { active: at } : {});
