/** One request with all that was asked on the way. Promises: it is the very evaluation that answers requests, with somebody listening. */
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../runtime/contract/request.ts";
import type { Configuration, World } from "../../runtime/contract/world.ts";
import type { Program, SiteId } from "../model/program.ts";
import type { BoundProgram } from "./bound-program.ts";
import { canonicalRequest } from "./canonical-request.ts";
import { bindProgram } from "./configuration.ts";
import type { EffectiveRule } from "./effective-rules.ts";
import { matchRoute } from "./match-route.ts";
import { nearRoutes, type NearRoute } from "./near-routes.ts";
import { decide } from "./phases.ts";
import type { PlacedRoute } from "./placed-route.ts";
import type { PhaseName } from "./recorder.ts";

export type Trace = {
  /** In order, as far as the request came. */
  readonly phases: readonly PhaseTrace[];
  /** Effective rules of the route that no phase came to ask. */
  readonly notAsked: readonly RuleTrace[];
  /** Only where no route took the request. */
  readonly missed?: Missed;
};
/** What would have taken the request, had it been another in one thing. */
export type Missed =
  | { readonly what: "routes"; readonly routes: readonly NearRoute[] }
  | { readonly what: "hosts"; readonly hosts: readonly string[] }
  | { readonly what: "versions"; readonly versions: readonly string[]; readonly by: string };
export type PhaseTrace = { readonly name: PhaseName; readonly happened: string; readonly rules: readonly RuleTrace[] };
export type RuleTrace = {
  readonly key: string;
  /** Outermost first; `Program.sites` has their places and words. */
  readonly sites: readonly SiteId[];
  readonly effect: "allow" | "deny" | "require";
  readonly because?: string;
  readonly condition: "true" | "false" | "not asked";
  /** Whether it is one of the determining rules. */
  readonly decided: boolean;
};
export type Explanation = { readonly outcome: Outcome; readonly trace: Trace } | { readonly problems: readonly string[] };

export async function explainRequest(
  program: Program,
  configuration: Configuration,
  request: GatewayRequest,
  world: World,
): Promise<Explanation> {
  const binding = bindProgram(program, configuration);
  if ("problems" in binding) return binding;
  const phases: { readonly name: PhaseName; readonly happened: string }[] = [];
  const answers: { readonly phase: PhaseName; readonly rule: EffectiveRule; readonly isTrue: boolean }[] = [];
  let effective: readonly EffectiveRule[] = [];
  const outcome = await decide(binding.program, request, world, {
    phase: (name, happened) => void phases.push({ name, happened }),
    found: (rules) => void (effective = rules),
    asked: (phase, rule, isTrue) => void answers.push({ phase, rule, isTrue }),
  });

  const trace = (rule: EffectiveRule, condition: RuleTrace["condition"]): RuleTrace => {
    const { key, sites, effect, because } = rule;
    const decided = outcome.decision.rules.includes(key);
    return { key, sites, effect, ...(because === undefined ? {} : { because }), condition, decided };
  };
  const askedIn = (name: PhaseName): readonly RuleTrace[] =>
    answers.filter(({ phase }) => phase === name).map(({ rule, isTrue }) => trace(rule, isTrue ? "true" : "false"));
  const { route } = outcome.decision;
  const strangers =
    route === undefined
      ? []
      : policiesOfStrangers(
          program,
          binding.program.routes.find(({ route: { key } }) => key === route),
        );
  const notAsked = effective
    .filter(
      (rule) => !answers.some((answer) => answer.rule === rule) && !rule.brought.some(({ policy }) => strangers.includes(policy.name)),
    )
    .map((rule) => trace(rule, "not asked"));
  const missed = missedBy(binding.program, request, outcome);
  const asked = phases.map((phase) => ({ ...phase, rules: askedIn(phase.name) }));
  return { outcome, trace: { phases: asked, notAsked, ...(missed && { missed }) } };
}

function missedBy(
  { routes, requestRules }: BoundProgram,
  raw: GatewayRequest,
  { decision: { cause, route } }: Outcome,
): Missed | undefined {
  if (cause === "unknown-host") return { what: "hosts", hosts: requestRules.hosts };
  const request = route === undefined ? canonicalRequest(raw, requestRules) : undefined;
  if (request === undefined || typeof request === "string" || request.path === undefined) return undefined;
  if (cause === "no-route" || cause === "method-not-allowed") return { what: "routes", routes: nearRoutes(routes, request) };
  const match = matchRoute(routes, request.method, request.path, request.fields);
  if (!("cause" in match) || match.versions === undefined) return undefined;
  return { what: "versions", versions: match.versions, by: match.vary.map(([, name]) => name).join(", ") };
}

/** What IAM policies say of callers who sign is asked nowhere where none of them is let in: it is not left out by chance. */
function policiesOfStrangers({ identities }: Program, placed: PlacedRoute | undefined): readonly string[] {
  const accepted = placed?.accept.flat() ?? [];
  return identities.flatMap((identity) => {
    if (identity.kind !== "sigv4" || accepted.includes(identity.name)) return [];
    return [...identity.access.denied, ...identity.access.required].map(({ policy }) => policy);
  });
}
