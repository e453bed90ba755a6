/** A private api has a door that lets somebody in, and a door is there for something (D170). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Entry, Identity, Program } from "../../model/program.ts";
import { certificateNeverShown, entryAdmitsNothing, privateUnreachable, unheardEndpoint } from "./doors.diagnostics.ts";
import { knownValue } from "./known-value.ts";
import { factsOf, statedBy, type StatedRule, type Survey } from "./rules-in-force.ts";

export function checkDoors(survey: Survey): readonly Diagnostic[] {
  const { entries } = survey.program;
  const allows = entries.map((entry) => statedBy(entry.access, entry, survey).filter(({ rule }) => rule.effect === "allow"));
  return [
    ...entries.flatMap((entry, at) => (allows[at]?.length === 0 && !leadsToOthers(entry, entries) ? [admitsNothing(entry)] : [])),
    ...entries.flatMap((entry) => unheard(entry, entries)),
    ...survey.program.identities.flatMap((identity) => neverShown(identity, entries)),
    ...unreachableApis(survey, allows.flat()),
  ];
}

function admitsNothing({ name, span }: Entry): Diagnostic {
  return finding(entryAdmitsNothing, span, { name });
}

function leadsToOthers({ name }: Entry, entries: readonly Entry[]): boolean {
  return entries.some(({ door }) => door.kind === "endpoint" && door.via === name);
}

/** The id of an endpoint comes in a PROXY header. */
function unheard({ name, door, span }: Entry, entries: Program["entries"]): readonly Diagnostic[] {
  const listener = door.kind === "endpoint" ? entries.find((other) => other.name === door.via) : undefined;
  if (listener === undefined || (listener.door.kind === "listener" && listener.door.balancers.length > 0)) return [];
  const isEndpoint = listener.door.kind === "endpoint";
  return [finding(unheardEndpoint, span, { name, via: listener.name, isEndpoint }, [{ span: listener.span, message: "declared here" }])];
}

function neverShown(identity: Identity, entries: Program["entries"]): readonly Diagnostic[] {
  const entry = identity.kind === "mtls" ? entries.find(({ name }) => name === identity.entry) : undefined;
  if (entry === undefined || (entry.door.kind === "listener" && entry.door.mtls !== undefined)) return [];
  const holes = { identity: identity.name, entry: entry.name };
  return [finding(certificateNeverShown, identity.span, holes, [{ span: entry.span, message: "declared here" }])];
}

/** Of each private api the first route that no entry lets anybody call. */
function unreachableApis(survey: Survey, allows: readonly StatedRule[]): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const placed of survey.routes) {
    const { api, route } = placed;
    if (api?.isPrivate !== true || found.has(api.name)) continue;
    const calls = factsOf(placed, "anybody");
    if (allows.some(({ when }) => calls.some((facts) => mayHold(knownValue(when, facts))))) continue;
    const related = [{ span: route.span, message: "this route, for one" }];
    found.set(api.name, finding(privateUnreachable, api.span, { api: api.name, hasEntries: survey.program.entries.length > 0 }, related));
  }
  return [...found.values()];
}

function mayHold(known: ReturnType<typeof knownValue>): boolean {
  return known.kind === "unknown" || (known.kind === "value" && known.value === true);
}
