/**
 * A policy document that comes while the gateway runs, as an authorizer returns it. Promises: strict; what is not wholly
 * understood gives no document, and whoever gets none must refuse. Takes the JSON value: its text was read strictly before.
 */
import {
  CONDITION_OPERATORS,
  type Listed,
  type NamedPrincipal,
  type PolicyCondition,
  type PolicyDocument,
  type PolicyStatement,
} from "../../contract/iam.ts";
import { isSoundValue } from "./condition-values.ts";
import type { DocumentKind } from "./document-kind.ts";
import { isAction, isResource, readPrincipal } from "./names.ts";

export function readDocument(value: unknown, kind: DocumentKind): PolicyDocument | undefined {
  const members = membersOf(value, ["Version", "Id", "Statement"]);
  if (members === undefined) return undefined;
  const { Version: version = "2008-10-17", Id: id = "", Statement: written } = members;
  if ((version !== "2008-10-17" && version !== "2012-10-17") || typeof id !== "string") return undefined;
  const statements = eachOf(written, (item) => readStatement(item, kind, version));
  if (statements === undefined) return undefined;
  const sids = statements.flatMap(({ sid }) => sid ?? []);
  return new Set(sids).size === sids.length ? { version, statements } : undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** An object with no other members than these. */
function membersOf(value: unknown, known: readonly string[] | undefined): Members | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if (known !== undefined && !Object.keys(value).every((name) => known.includes(name))) return undefined;
  return value as Members;
}

/** One, or a list of them that is not empty; all must be read. */
function eachOf<Item>(value: unknown, read: (item: unknown) => Item | undefined): readonly Item[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const found = items.map(read).filter((item) => item !== undefined);
  return found.length === items.length && found.length > 0 ? found : undefined;
}

const elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

function readStatement(value: unknown, kind: DocumentKind, version: PolicyDocument["version"]): PolicyStatement | undefined {
  const members = membersOf(value, elements);
  const effect = members?.["Effect"] === "Allow" ? "allow" : members?.["Effect"] === "Deny" ? "deny" : undefined;
  if (members === undefined || effect === undefined) return undefined;
  const sid = readSid(members["Sid"], kind);
  const principals = readWho(members, kind, effect);
  const actions = listedOf(members, "Action", "NotAction", (item) => (isAction(item, kind) ? item : undefined));
  const resources = listedOf(members, "Resource", "NotResource", (item) => (isResource(item, kind, version) ? item : undefined));
  const conditions = members["Condition"] === undefined ? [] : readConditions(members["Condition"], version);
  if (sid === false || principals === undefined || actions === undefined || resources === undefined || conditions === undefined)
    return undefined;
  return {
    ...(sid === undefined ? {} : { sid }),
    effect,
    ...(principals === "nobody" ? {} : { principals }),
    actions,
    resources,
    conditions,
  };
}

function readSid(value: unknown, { belongs }: DocumentKind): string | undefined | false {
  if (value === undefined || value === "") return undefined;
  const form = belongs ? /^[A-Za-z0-9]+$/ : /^[A-Za-z0-9 _-]+$/;
  return typeof value === "string" && form.test(value) ? value : false;
}

function readWho(members: Members, { belongs }: DocumentKind, effect: "allow" | "deny"): Listed<NamedPrincipal> | "nobody" | undefined {
  const { Principal: listed, NotPrincipal: excepted } = members;
  if (belongs) return listed === undefined && excepted === undefined ? "nobody" : undefined;
  if ((listed === undefined) === (excepted === undefined) || (excepted !== undefined && effect === "allow")) return undefined;
  const not = listed === undefined;
  const written = not ? excepted : listed;
  if (written === "*") return { not, items: [{ kind: "anyone" }] };
  const kinds = membersOf(written, ["AWS", "Service", "Federated", "CanonicalUser"]);
  if (kinds === undefined) return undefined;
  const items: NamedPrincipal[] = [];
  for (const kind of ["AWS", "Service", "Federated", "CanonicalUser"] as const) {
    if (kinds[kind] === undefined) continue;
    const read = eachOf(kinds[kind], (item) => (typeof item === "string" ? readPrincipal(kind, item) : undefined));
    if (read === undefined) return undefined;
    items.push(...read);
  }
  return items.length === 0 ? undefined : { not, items };
}

function listedOf(
  members: Members,
  plain: string,
  negated: string,
  read: (item: string) => string | undefined,
): Listed<string> | undefined {
  const not = members[plain] === undefined;
  if (not === (members[negated] === undefined)) return undefined;
  const items = eachOf(members[not ? negated : plain], (item) => (typeof item === "string" ? read(item) : undefined));
  return items && { not, items };
}

function readConditions(value: unknown, version: PolicyDocument["version"]): readonly PolicyCondition[] | undefined {
  const blocks = membersOf(value, undefined);
  if (blocks === undefined) return undefined;
  const conditions: PolicyCondition[] = [];
  for (const [written, block] of Object.entries(blocks)) {
    const form = readOperator(written);
    const keys = membersOf(block, undefined);
    if (form === undefined || keys === undefined) return undefined;
    for (const [key, listed] of Object.entries(keys)) {
      const values = eachOf(listed, (item) => readValue(form, item, version));
      if (values === undefined || !/^[A-Za-z0-9.-]+:[^\s*?${}](?:[^\p{Cc}*?${}]*[^\s*?${}])?$/u.test(key)) return undefined;
      conditions.push({ ...form, key: key.toLowerCase(), values });
    }
  }
  return conditions;
}

type OperatorForm = Pick<PolicyCondition, "operator" | "ifExists" | "quantifier">;

function readOperator(written: string): OperatorForm | undefined {
  const quantifier = written.startsWith("ForAllValues:") ? "all" : written.startsWith("ForAnyValue:") ? "any" : undefined;
  const bare = quantifier === undefined ? written : written.slice(written.indexOf(":") + 1);
  const ifExists = bare.endsWith("IfExists");
  const name = ifExists ? bare.slice(0, -"IfExists".length) : bare;
  const operator = CONDITION_OPERATORS.find((known) => known === name);
  if (operator === undefined || (operator === "Null" && (ifExists || quantifier !== undefined))) return undefined;
  return quantifier === undefined ? { operator, ifExists } : { operator, ifExists, quantifier };
}

function readValue({ operator }: OperatorForm, value: unknown, version: PolicyDocument["version"]): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const text = String(value);
  return isSoundValue(operator, text, version) ? text : undefined;
}
