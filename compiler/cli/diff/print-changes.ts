/** What a change opens and closes, for people: a line for each, a request that shows it, and who decides that in each version. */
import type { Outcome } from "../../../runtime/contract/gateway.ts";
import { callOfRoute } from "../../../runtime/contract/route-key.ts";
import type { ChangeGroup } from "../../diff/change-groups.ts";
import type { MadeCall } from "../../diff/call-of.ts";
import type { Unlike } from "../../diff/unlike-parts.ts";
import { shellWord } from "../shell-words.ts";
import { sitesOf } from "../rule-places.ts";
import type { Terminal } from "../terminal.ts";
import type { PlacedVersion } from "./placed-version.ts";

export type Versions = { readonly before: PlacedVersion; readonly after: PlacedVersion };

const INDENT = " ".repeat(11);

export function printChanges(groups: readonly ChangeGroup[], unlike: readonly Unlike[], versions: Versions, terminal: Terminal): void {
  const { out, style } = terminal;
  for (const group of groups) {
    const isOpening = group.kind === "opens";
    const word = group.witness === undefined ? `may ${group.kind.slice(0, -1)}` : group.kind;
    out(`${style(isOpening ? "red" : "yellow", word.padEnd(INDENT.length))}${style("bold", routeWords(group))}  ${accessWords(group)}\n`);
    const { witness, undecided } = group;
    if (undecided !== undefined) out(`${INDENT}could not be decided: ${undecided}\n`);
    if (witness === undefined) continue;
    out(`${INDENT}${explainCommand(witness)}\n`);
    out(`${INDENT}${style("dim", "before:")} ${decisionWords(witness.before, versions.before)}\n`);
    out(`${INDENT}${style("dim", "after: ")} ${decisionWords(witness.after, versions.after)}\n`);
  }
  for (const { what, mayOpen } of unlike)
    out(`${mayOpen ? style("red", "may open".padEnd(INDENT.length)) : "differs".padEnd(INDENT.length)}${what}\n`);
  out(`${summary(groups, unlike)}\n`);
}

/** The route of the new version, and how it came to these calls. */
export function routeWords({ before, after }: Pick<ChangeGroup, "before" | "after">): string {
  if (after === undefined) return `${before ?? ""} (the route is gone)`;
  if (before === undefined) return `${after} (new)`;
  return shapeOf(before) === shapeOf(after) ? after : `${after} (before: ${before})`;
}

/** What parameters are called does not matter. */
function shapeOf(key: string): string {
  return callOfRoute(key).replaceAll(/\{[^:}]*/g, "{");
}

export function accessWords({ callers, from, conditions, stages, doors }: ChangeGroup): string {
  const who = callers.map((caller) => (caller.length === 0 ? "anybody without credentials" : caller.join(" and "))).join(" or ");
  const any = conditions.any.map((one) => `\`${one}\``).join(" or ");
  const more = conditions.isWhole ? "" : " or more";
  return [
    who,
    from === "" ? "" : ` ${from}`,
    doors === undefined ? "" : `, by ${doors.join(" or ")}`,
    stages === undefined ? "" : `, in ${stages.join(" and ")}`,
    any === "" ? "" : `, if ${any}${more}`,
  ].join("");
}

/** What a person may copy. */
export function explainCommand({ request, environment }: MadeCall): string {
  const option = (name: string, value: string): string => ` --${name} ${shellWord(value)}`;
  return [
    ...Object.entries(environment).map(([name, value]) => `${name}=${shellWord(value)} `),
    `gwl explain "${request.method} ${request.target}"`,
    option("from", request.from),
    request.via === undefined ? "" : option("via", request.via),
    ...request.as.map(({ identity, claims }) => `${option("as", identity)}${option("claims", JSON.stringify(claims))}`),
    ...request.headers.map(([name, value]) => option("header", `${name}: ${value}`)),
    request.body === undefined ? "" : option("body", JSON.stringify(request.body)),
    request.at === undefined ? "" : option("at", new Date(request.at).toISOString()),
    request.stage === undefined ? "" : option("stage", request.stage),
  ].join("");
}

function decisionWords({ decision, answer }: Outcome, { placeRule }: PlacedVersion): string {
  const status = answer.kind === "local" ? ` (${answer.status})` : "";
  const rules = decision.rules.map((key) => {
    const { label, at, through } = placeRule(sitesOf(key));
    return `${label}  ${at}${through.map((step) => ` through ${step.label}  ${step.at}`).join("")}`;
  });
  const by = rules.length === 0 ? "" : ` by ${rules.join("; ")}`;
  if (decision.effect === "allow") return `allowed${status}${by}`;
  if (decision.cause === "rule") return `denied${status}${by}`;
  if (decision.cause === "default") return `denied${status} by default: no rule allows it`;
  return `refused${status}: ${decision.cause.replaceAll("-", " ")}`;
}

function summary(groups: readonly ChangeGroup[], unlike: readonly Unlike[]): string {
  const count = (isWanted: (group: ChangeGroup) => boolean): number => groups.filter(isWanted).length;
  const opens = count(({ kind, witness }) => kind === "opens" && witness !== undefined);
  const closes = count(({ kind, witness }) => kind === "closes" && witness !== undefined);
  const open = count(({ witness }) => witness === undefined) + unlike.filter(({ mayOpen }) => mayOpen).length;
  if (opens + closes + open === 0) return "nothing opens, nothing closes";
  const parts = [
    opens === 0 ? "nothing opens" : `${opens} open${opens === 1 ? "s" : ""}`,
    closes === 0 ? "nothing closes" : `${closes} close${closes === 1 ? "s" : ""}`,
    ...(open === 0 ? [] : [`${open} could not be decided`]),
  ];
  return parts.join(", ");
}
