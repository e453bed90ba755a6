/** One statement of a policy document. Promises: what AWS would refuse is reported at its place, and then there is no statement. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Listed, NamedPrincipal, PolicyStatement } from "../../../../runtime/contract/iam.ts";
import type { DataEntry, DataNode } from "../../../yaml/data-node.ts";
import type { PolicyKind, StatementPlaces } from "../../../model/iam.ts";
import { type PlacedCondition, readConditions } from "./conditions.ts";
import { entriesOf, found, type Reading, type TextData, textsOf } from "./elements.ts";
import { warnOfConditions, warnOfNotPrincipal } from "./foot-guns.ts";
import { elementForm, elementsExclude, misplacedPrincipal, missingElement, notPrincipalAllows, policyName } from "./iam.diagnostics.ts";
import { checkAction, checkResource, readPrincipals } from "./names.ts";

export type PlacedStatement = { readonly statement: PolicyStatement; readonly places: StatementPlaces };

const ELEMENTS = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"] as const;
type Entries = ReadonlyMap<string, DataEntry>;

/** Undefined after a finding. */
export function readStatement(node: DataNode, isListed: boolean, reading: Reading): PlacedStatement | undefined {
  if (node.kind !== "map") {
    const expected =
      'an object such as `{ "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*" }`';
    reading.report(finding(elementForm, node.span, { element: "Statement", found: found(node), expected }));
    return undefined;
  }
  const entries = entriesOf(node, ELEMENTS, "a statement", reading.report);
  const sid = readSid(entries.get("Sid"), reading);
  const effect = readEffect(entries.get("Effect"), node, reading);
  const principals = readWho(entries, node, effect, reading);
  const actions = readNames(entries, ["Action", "NotAction"], node, checkAction, reading);
  const resources = readNames(entries, ["Resource", "NotResource"], node, checkResource, reading);
  const written = entries.get("Condition");
  const conditions = written === undefined ? [] : readConditions(written.value, reading);
  const isWhole = node.entries.every(({ key }) => ELEMENTS.some((known) => known === key));
  if (
    !isWhole ||
    sid === false ||
    effect === undefined ||
    principals === undefined ||
    actions === undefined ||
    resources === undefined ||
    conditions === undefined
  ) {
    return undefined;
  }
  if (written !== undefined) warnOfConditions(effect, conditions, written.value.span, reading);
  return {
    statement: {
      ...(sid === undefined ? {} : { sid }),
      effect,
      ...(principals === "nobody" ? {} : { principals }),
      actions: namesOf(actions),
      resources: namesOf(resources),
      conditions: conditions.map((placed) => placed.condition),
    },
    places: placesOf({ span: node.span, isListed }, entries, resources, conditions),
  };
}

function placesOf(
  whole: Pick<StatementPlaces, "span" | "isListed">,
  entries: Entries,
  resources: Named,
  conditions: readonly PlacedCondition[],
): StatementPlaces {
  const principals = entries.get("Principal") ?? entries.get("NotPrincipal");
  return {
    ...whole,
    ...(principals === undefined ? {} : { principals: principals.value.span }),
    resources: resources.items.map(({ span }) => span),
    conditions: conditions.map(({ keySpan }) => keySpan),
  };
}

/** False after a finding. */
function readSid(entry: DataEntry | undefined, { kind, report }: Reading): string | undefined | false {
  if (entry === undefined) return undefined;
  const { value } = entry;
  if (value.kind !== "text") {
    report(finding(elementForm, value.span, { element: "Sid", found: found(value), expected: "a text" }));
    return false;
  }
  if (value.value === "") return undefined;
  const form = kind === "identity" ? /^[A-Za-z0-9]+$/ : /^[A-Za-z0-9 _-]+$/;
  if (form.test(value.value)) return value.value;
  const why = kind === "identity" ? "it has letters and digits only" : "it has letters, digits, spaces, `-` and `_` only";
  report(finding(policyName, value.span, { element: "`Sid`", written: value.value, why, help: "write it as in `AllowOffice`" }));
  return false;
}

function readEffect(entry: DataEntry | undefined, node: DataNode, { report }: Reading): "allow" | "deny" | undefined {
  if (entry === undefined) {
    report(finding(missingElement, node.span, { element: "an `Effect`", where: "a statement" }));
    return undefined;
  }
  const { value } = entry;
  if (value.kind === "text" && value.value === "Allow") return "allow";
  if (value.kind === "text" && value.value === "Deny") return "deny";
  report(
    finding(elementForm, value.span, {
      element: "Effect",
      found: found(value),
      expected: '`"Allow"` or `"Deny"`, in exactly this writing',
    }),
  );
  return undefined;
}

const OWNERS: Readonly<Record<PolicyKind, string>> = {
  resource: "a resource policy",
  endpoint: "an endpoint policy",
  identity: "the policy of a caller",
};

/** `nobody` where the kind of document names none; undefined after a finding. */
function readWho(
  entries: Entries,
  node: DataNode,
  effect: "allow" | "deny" | undefined,
  reading: Reading,
): Listed<NamedPrincipal> | "nobody" | undefined {
  const { kind, report } = reading;
  const [listed, excepted] = [entries.get("Principal"), entries.get("NotPrincipal")];
  const entry = listed ?? excepted;
  if (kind === "identity") {
    if (entry === undefined) return "nobody";
    report(finding(misplacedPrincipal, entry.keySpan, { element: entry.key, kind: OWNERS[kind] }));
    return undefined;
  }
  if (entry === undefined) {
    report(finding(missingElement, node.span, { element: "a `Principal`", where: `a statement of ${OWNERS[kind]}` }));
    return undefined;
  }
  if (listed !== undefined && excepted !== undefined) {
    report(finding(elementsExclude, excepted.keySpan, { one: "Principal", other: "NotPrincipal" }));
    return undefined;
  }
  if (excepted !== undefined && effect === "allow") {
    report(finding(notPrincipalAllows, excepted.keySpan, {}));
    return undefined;
  }
  const items = readPrincipals(entry.key, entry.value, reading);
  if (items === undefined) return undefined;
  if (excepted !== undefined) warnOfNotPrincipal(items, excepted.value.span, reading);
  return { not: excepted !== undefined, items };
}

type Named = { readonly not: boolean; readonly items: readonly TextData[] };

function readNames(
  entries: Entries,
  [plain, negated]: readonly [string, string],
  node: DataNode,
  check: (text: TextData, reading: Reading) => boolean,
  reading: Reading,
): Named | undefined {
  const [listed, excepted] = [entries.get(plain), entries.get(negated)];
  const entry = listed ?? excepted;
  if (entry === undefined) {
    reading.report(finding(missingElement, node.span, { element: `\`${plain}\` or \`${negated}\``, where: "a statement" }));
    return undefined;
  }
  if (listed !== undefined && excepted !== undefined) {
    reading.report(finding(elementsExclude, excepted.keySpan, { one: plain, other: negated }));
    return undefined;
  }
  const items = textsOf(entry.key, entry.value, "a text, or a list of texts that is not empty", reading.report);
  const sound = items?.filter((item) => check(item, reading));
  return items !== undefined && sound?.length === items.length ? { not: listed === undefined, items } : undefined;
}

function namesOf({ not, items }: Named): Listed<string> {
  return { not, items: items.map(({ value }) => value) };
}
