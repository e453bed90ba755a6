/**
 * What must be so for a statement to apply, said in a way that can be looked up: an *anchor*. Promises: a request to which
 * the statement applies has one of the anchor's marks; nothing else. The best anchor is the one whose marks the fewest
 * statements share.
 */
import type { PolicyCondition, PolicyDocument, PolicyStatement } from "../../contract/iam.ts";
import { readBlock } from "./address-tree.ts";
import { nameOf, wholeResources } from "./statement.ts";
import { readArnTemplates, readTemplate, type Template } from "./template.ts";

export type Anchor = {
  readonly place: Place;
  /** Names, values, literals or blocks, each once: one for each thing that the statement lists. */
  readonly marks: readonly string[];
};
/** Where a mark is looked for. `value` and `literal`: among the values of a condition key, or within them. */
export type Place =
  | { readonly kind: "caller" }
  | { readonly kind: "resource" }
  | { readonly kind: "resourceLiteral" }
  | { readonly kind: "value" | "folded" | "valueLiteral" | "address"; readonly key: string };

export function placeName(place: Place): string {
  return "key" in place ? `${place.kind} ${place.key}` : place.kind;
}

/** An anchor of literals may be made with any literal of each pattern; `choices` has them all. */
export type AnchorChoice = { readonly place: Place; readonly choices: readonly (readonly string[])[] };

/** All that could serve. Empty: the statement has to be asked each time. */
export function anchorsOf(statement: PolicyStatement, version: PolicyDocument["version"], api: string): readonly AnchorChoice[] {
  const found = [...callerAnchors(statement), ...resourceAnchors(statement, version, api)];
  for (const condition of statement.conditions) found.push(...conditionAnchors(condition, version));
  return found.filter(({ choices }) => choices.every((literals) => literals.length > 0));
}

function callerAnchors({ principals }: PolicyStatement): readonly AnchorChoice[] {
  if (principals === undefined || principals.not || principals.items.some(({ kind }) => kind === "anyone")) return [];
  return [{ place: { kind: "caller" }, choices: principals.items.map((item) => [nameOf(item)]) }];
}

function resourceAnchors({ resources }: PolicyStatement, version: PolicyDocument["version"], api: string): readonly AnchorChoice[] {
  if (resources.not) return [];
  const written = wholeResources(resources, api);
  const patterns = written.map((item) => readArnTemplates(item, version));
  const literal = patterns.map((parts) => parts?.map(({ fixed }) => fixed?.literal));
  if (literal.every((parts) => parts !== undefined && parts.every((part) => part !== undefined))) {
    return [{ place: { kind: "resource" }, choices: literal.map((parts) => [(parts ?? []).join(":")]) }];
  }
  return [{ place: { kind: "resourceLiteral" }, choices: patterns.map((parts) => literalsOf(parts?.[5])) }];
}

/** Only where an absent key, or one with no value that fits, makes the condition false. */
function conditionAnchors(condition: PolicyCondition, version: PolicyDocument["version"]): readonly AnchorChoice[] {
  const { operator, ifExists, quantifier, key, values } = condition;
  if (ifExists || quantifier === "all") return [];
  switch (operator) {
    case "StringEquals":
      return [{ place: { kind: "value", key }, choices: values.map((value) => whole(readTemplate(value, version, false))) }];
    case "StringEqualsIgnoreCase": {
      const choices = values.map((value) => whole(readTemplate(value, version, false)).map((text) => text.toLowerCase()));
      return [{ place: { kind: "folded", key }, choices }];
    }
    case "BinaryEquals":
      return [{ place: { kind: "value", key }, choices: values.map((value) => [value]) }];
    case "StringLike":
      return [{ place: { kind: "valueLiteral", key }, choices: values.map((value) => literalsOf(readTemplate(value, version, true))) }];
    case "ArnLike":
    case "ArnEquals":
      return [{ place: { kind: "valueLiteral", key }, choices: values.map((value) => literalsOf(readArnTemplates(value, version)?.[5])) }];
    case "IpAddress":
      return [{ place: { kind: "address", key }, choices: values.map((value) => (isNarrow(value) ? [value] : [])) }];
    default:
      return [];
  }
}

function whole({ fixed }: Template): readonly string[] {
  return fixed?.literal === undefined ? [] : [fixed.literal];
}

/** The runs of plain characters, each of which every text that fits must have. */
function literalsOf(template: Template | undefined): readonly string[] {
  const slots = template?.fixed?.units ?? (template !== undefined && "slots" in template ? template.slots : []);
  const runs = [""];
  for (const slot of slots) {
    if (typeof slot === "number" && slot >= 0) runs[runs.length - 1] += String.fromCharCode(slot);
    else runs.push("");
  }
  return [...new Set(runs.filter((run) => run !== ""))];
}

/** The whole address space is no mark. */
function isNarrow(block: string): boolean {
  return (readBlock(block)?.prefix ?? 0) > 0;
}
