/**
 * `mode aws`, and a list of who may call without a deny: in one account one side is enough (Table A), so callers whose own policies allow get
 * in whatever the list says.
 */
import { type Diagnostic, finding } from "../../../../grammar/source/diagnostic.ts";
import type { PolicyFile } from "../../../model/iam.ts";
import type { SigV4Caller } from "../../../model/principals.ts";
import type { Survey } from "../rules-in-force.ts";
import { allowListRestrictsNobody } from "./documents.diagnostics.ts";
import { type PlacedDocument, placedDocuments } from "./placed-documents.ts";

export function checkAllowLists(survey: Survey): readonly Diagnostic[] {
  return placedDocuments(survey).flatMap((placed) => {
    const { file, isAws } = placed;
    const { statements } = file.document;
    const listed = statements.findIndex(({ conditions }) => conditions.length > 0);
    const span = file.places[listed]?.conditions[0];
    if (!isAws || span === undefined || statements.some(({ effect }) => effect === "deny")) return [];
    const caller = ownCaller(placed, survey);
    if (caller === undefined) return [];
    const related = [{ span: caller.span, message: "its own policies are enough" }];
    const found = finding(allowListRestrictsNobody, span, { caller: caller.name, account: caller.account }, related);
    return [withDeny(found, file)];
  });
}

/** Somebody of the API's account whose own policies may allow a call; where the start brings the account, of any. */
function ownCaller({ routes }: PlacedDocument, { program }: Survey): SigV4Caller | undefined {
  const accepted = new Set(routes.flatMap(({ accept }) => accept.flat()));
  const account = program.gateway?.arn?.account;
  const isOwn = (caller: SigV4Caller): boolean => account?.op !== "const" || account.value === caller.account;
  return program.identities
    .flatMap((identity) => (identity.kind === "sigv4" && accepted.has(identity.name) ? identity.callers : []))
    .find((caller) => caller.policies.identity.length > 0 && isOwn(caller));
}

const NEGATED: Readonly<Record<string, string>> = {
  StringEquals: "StringNotEquals",
  StringEqualsIgnoreCase: "StringNotEqualsIgnoreCase",
  StringLike: "StringNotLike",
  NumericEquals: "NumericNotEquals",
  DateEquals: "DateNotEquals",
  IpAddress: "NotIpAddress",
  ArnEquals: "ArnNotEquals",
  ArnLike: "ArnNotLike",
};

/** One statement with one condition has one deny that says the same from the other side. */
function withDeny(found: Diagnostic, { document: { statements }, places }: PolicyFile): Diagnostic {
  const [only] = statements;
  const place = places[0];
  const denied = statements.length === 1 && only !== undefined ? denyOf(only) : undefined;
  if (denied === undefined || place === undefined) return found;
  const before = { ...place.span, end: place.span.start };
  const after = { ...place.span, start: place.span.end };
  const edits = place.isListed
    ? [{ span: after, text: `, ${denied}` }]
    : [
        { span: before, text: "[" },
        { span: after, text: `, ${denied}]` },
      ];
  return { ...found, fixes: [{ title: "deny all others", edits }] };
}

type Statement = PolicyFile["document"]["statements"][number];

function denyOf({ actions, resources, conditions }: Statement): string | undefined {
  const [condition] = conditions;
  const operator = condition && NEGATED[condition.operator];
  if (condition === undefined || conditions.length > 1 || operator === undefined) return undefined;
  if (condition.ifExists || condition.quantifier !== undefined) return undefined;
  return JSON.stringify({
    Effect: "Deny",
    Principal: "*",
    [actions.not ? "NotAction" : "Action"]: actions.items,
    [resources.not ? "NotResource" : "Resource"]: resources.items,
    Condition: { [operator]: { [condition.key]: condition.values } },
  });
}
