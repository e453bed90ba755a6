/**
 * An IAM document that an authorizer returned, read as strictly as one that is written into a program: what AWS would refuse, or what is not
 * known here, is no document. It belongs to its caller, so it names none.
 */
import { CONDITION_OPERATORS, type PolicyCondition, type PolicyDocument, type PolicyStatement } from "../../../runtime/contract/iam.ts";
import { parseAddress } from "../address.ts";
import type { Json } from "../json.ts";
import { isRecord, isText } from "../values.ts";
import { instantOf, numberOf } from "./condition-values.ts";

type Version = PolicyDocument["version"];

export function readReturned(json: Json | undefined): PolicyDocument | undefined {
  if (!isRecord(json) || !hasOnly(json, ["Version", "Id", "Statement"])) return undefined;
  const { Version: version = "2008-10-17", Id: id = "", Statement: written } = json;
  if ((version !== "2008-10-17" && version !== "2012-10-17") || !isText(id)) return undefined;
  const statements = all(listed(written).map((statement) => readStatement(statement, version)));
  const sids = (statements ?? []).flatMap(({ sid }) => sid ?? []);
  return statements && new Set(sids).size === sids.length ? { version, statements } : undefined;
}

function hasOnly(members: object, names: readonly string[]): boolean {
  return Object.keys(members).every((name) => names.includes(name));
}

function listed(json: Json | undefined): readonly (Json | undefined)[] {
  return Array.isArray(json) ? json : [json];
}

/** None of them may be missing, and there must be one. */
function all<Item>(items: readonly (Item | undefined)[]): readonly Item[] | undefined {
  const found = items.filter((item) => item !== undefined);
  return found.length > 0 && found.length === items.length ? found : undefined;
}

function readStatement(json: Json | undefined, version: Version): PolicyStatement | undefined {
  const known = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];
  if (!isRecord(json) || !hasOnly(json, known)) return undefined;
  const { Sid: sid = "", Effect: effect, Condition: condition = {} } = json;
  if (!isText(sid) || !/^[A-Za-z0-9]*$/.test(sid) || (effect !== "Allow" && effect !== "Deny")) return undefined;
  const actions = readNames(json["Action"], json["NotAction"], isAction);
  const resources = readNames(json["Resource"], json["NotResource"], (text) => isResource(text, version));
  const conditions = readConditions(condition, version);
  if (!actions || !resources || !conditions) return undefined;
  return { ...(sid === "" ? {} : { sid }), effect: effect === "Allow" ? "allow" : "deny", actions, resources, conditions };
}

/** Exactly one of both forms. */
function readNames(
  plain: Json | undefined,
  negated: Json | undefined,
  isName: (text: string) => boolean,
): PolicyStatement["actions"] | undefined {
  if ((plain === undefined) === (negated === undefined)) return undefined;
  const items = all(listed(plain ?? negated).map((item) => (isText(item) && isName(item) ? item : undefined)));
  return items && { not: plain === undefined, items };
}

function isAction(text: string): boolean {
  return text === "*" || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(text);
}

const VARIABLE = /^\$\{(?:[*?$]|[^\s,'${}:]+:[^,'${}]+(?:,\s*'[^'}]*')?\s*)\}$/;

function hasSoundVariables(text: string, version: Version): boolean {
  const written = text.match(/\$\{[^}]*\}?/g) ?? [];
  return written.every((one) => version === "2012-10-17" && VARIABLE.test(one));
}

function isResource(text: string, version: Version): boolean {
  if (text === "*") return true;
  const parts = text.replace(/\$\{[^}]*\}?/g, "x").split(":");
  const [arn, partition = "", , region = "", account = ""] = parts;
  return (
    hasSoundVariables(text, version) &&
    !/[\s\p{Cc}]/u.test(parts.join(":")) &&
    arn === "arn" &&
    parts.length >= 6 &&
    !text.split(":").slice(0, 5).join(":").includes("${") &&
    /^[a-z*?-]+$/.test(partition) &&
    /^[a-z0-9*?-]*$/.test(region) &&
    /^(|aws|[0-9]{12}|[0-9]*[*?][0-9*?]*)$/.test(account)
  );
}

function readConditions(json: Json, version: Version): readonly PolicyCondition[] | undefined {
  if (!isRecord(json)) return undefined;
  const conditions = Object.entries(json).map(([operator, block]) => readBlock(operator, block, version));
  return conditions.every((one) => one !== undefined) ? conditions.flatMap((one) => one ?? []) : undefined;
}

function readBlock(written: string, block: Json, version: Version): readonly PolicyCondition[] | undefined {
  const [, set, bare = "", suffix] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/s.exec(written) ?? [];
  const operator = CONDITION_OPERATORS.find((known) => known === bare);
  if (!isRecord(block) || !operator || (operator === "Null" && (set !== undefined || suffix !== undefined))) return undefined;
  const quantifier = set === undefined ? {} : { quantifier: set === "ForAllValues:" ? ("all" as const) : ("any" as const) };
  const conditions = Object.entries(block).map(([key, json]): PolicyCondition | undefined => {
    const values = all(listed(json).map((value) => readValue(operator, value, version)));
    const isKey = /^[A-Za-z0-9.-]+:[^\s*?${}](?:[^\p{Cc}*?${}]*[^\s*?${}])?$/u.test(key);
    return values && isKey ? { operator, ifExists: suffix !== undefined, ...quantifier, key: key.toLowerCase(), values } : undefined;
  });
  return conditions.every((one) => one !== undefined) ? conditions.flatMap((one) => one ?? []) : undefined;
}

function readValue(operator: PolicyCondition["operator"], json: Json | undefined, version: Version): string | undefined {
  const text = isText(json) ? json : typeof json === "number" || typeof json === "boolean" ? String(json) : undefined;
  return text !== undefined && isValue(operator, text, version) ? text : undefined;
}

function isValue(operator: string, text: string, version: Version): boolean {
  if (operator.startsWith("String")) return hasSoundVariables(text, version);
  if (operator.startsWith("Arn")) return hasSoundVariables(text, version) && isArn(text.replace(/\$\{[^}]*\}?/g, "x"));
  if (operator.startsWith("Numeric")) return numberOf(text) !== undefined;
  if (operator.startsWith("Date")) return instantOf(text) !== undefined;
  if (operator.endsWith("IpAddress")) return isAddressBlock(text);
  if (operator === "BinaryEquals") return btoa(atobOr(text)) === text;
  return text === "true" || text === "false";
}

function isArn(text: string): boolean {
  const [arn, partition, service, ...rest] = text.split(":");
  return text === "*" || (arn === "arn" && partition !== "" && service !== "" && rest.length >= 3);
}

function isAddressBlock(text: string): boolean {
  const [first = "", prefix = "0", ...more] = text.split("/");
  const longest = first.includes(":") ? 128 : 32;
  return parseAddress(first) !== undefined && more.length === 0 && /^(0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= longest;
}

/** Something else where it is no base64. */
function atobOr(text: string): string {
  try {
    return atob(text);
  } catch {
    return "\u0000";
  }
}
