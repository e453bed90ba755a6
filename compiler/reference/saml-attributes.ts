/** The attributes of an assertion, which are texts, as JSON of the declared types (D135). */
import type { Claim } from "../model/program.ts";
import type { Type } from "../model/types.ts";
import type { Json } from "./json.ts";
import { childrenNamed, textOf, type Xml } from "./saml-xml.ts";

/** Undefined where an attribute stands there twice, has no name, holds elements, or has several values where one is declared. */
export function attributeJson(root: Xml, claims: readonly Claim[]): { readonly [name: string]: Json } | undefined {
  const attributes = childrenNamed(root, "AttributeStatement").flatMap((statement) => childrenNamed(statement, "Attribute"));
  const named = attributes.map((one) => [one.attributes["Name"] ?? "", childrenNamed(one, "AttributeValue").map(textOf)] as const);
  if (named.some(([name, values]) => name === "" || values.includes(undefined))) return undefined;
  if (new Set(named.map(([name]) => name)).size < named.length) return undefined;
  const read = claims.map(({ claim, type }) => {
    const texts = named.find(([name]) => name === claim)?.[1]?.map((text) => text ?? "");
    return [claim, texts === undefined ? [] : jsonOf(texts, type)] as const;
  });
  if (read.some(([, values]) => values === undefined)) return undefined;
  return Object.fromEntries(read.flatMap(([name, values]) => (values ?? []).map((value) => [name, value])));
}

/** One value or none; undefined: too many. */
function jsonOf(texts: readonly string[], type: Type): readonly Json[] | undefined {
  switch (type.kind) {
    case "optional":
      return jsonOf(texts, type.type);
    case "newtype":
      return jsonOf(texts, type.base);
    case "set":
    case "list":
      return [texts.map((text) => scalar(text, type.element))];
    default:
      return texts.length > 1 ? undefined : texts.map((text) => scalar(text, type));
  }
}

function scalar(text: string, type: Type): Json {
  if (type.kind === "newtype") return scalar(text, type.base);
  if (type.kind === "bool" && (text === "true" || text === "false")) return text === "true";
  if (type.kind === "int" && /^(0|-?[1-9]\d{0,15})$/.test(text)) return Number(text);
  return type.kind === "literals" ? (type.values.find((value) => `${value}` === text) ?? text) : text;
}
