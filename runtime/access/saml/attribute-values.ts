/** Attributes of an assertion as JSON of the declared types: all of SAML's values are texts. */
import type { ClaimData } from "../../contract/claim-data.ts";
import type { ValueType } from "../../contract/value-type.ts";
import type { Members } from "../claims.ts";

/** A text that is no value of its type stays a text, which then does not fit. Undefined where several values came for one. */
export function attributeMembers(declared: readonly ClaimData[], attributes: ReadonlyMap<string, readonly string[]>): Members | undefined {
  const members: [string, unknown][] = [];
  for (const { claim, type } of declared) {
    const texts = attributes.get(claim);
    const bare = bareType(type);
    if (texts === undefined) continue;
    if (bare.kind === "set" || bare.kind === "list") members.push([claim, texts.map((text) => valueOf(text, bareType(bare.element)))]);
    else if (texts.length > 1) return undefined;
    else members.push(...texts.map((text): [string, unknown] => [claim, valueOf(text, bare)]));
  }
  return Object.fromEntries(members);
}

function bareType(type: ValueType): ValueType {
  if (type.kind === "optional") return bareType(type.type);
  return type.kind === "newtype" ? bareType(type.base) : type;
}

function valueOf(text: string, type: ValueType): unknown {
  switch (type.kind) {
    case "bool":
      return text === "true" || text === "false" ? text === "true" : text;
    case "int":
      return /^(?:0|-?[1-9][0-9]{0,15})$/.test(text) ? Number(text) : text;
    case "literals":
      return type.values.find((value) => String(value) === text) ?? text;
    default:
      return text;
  }
}
