/** What every answer of a gateway has, whoever writes it: put on outcomes, and told to hosts for the refusals that are theirs. */
import type { Answer, HeaderField, Outcome } from "../contract/gateway.ts";
import type { Bound } from "../kernel/call.ts";
import type { LateShaping, Shaping } from "../kernel/shaping.ts";
import { answerPreflight, type Cors, corsFields, grantedTo, originOf } from "./cors.ts";
import { origins } from "./origins.ts";

export function shaping(bound: Bound, late: LateShaping, problems: string[]): Shaping {
  const { cors, routes, identities } = bound.data;
  const levels = (cors?.levels ?? []).map((data, at): Cors => ({ data, isOrigin: origins(late.cors[at], problems) }));
  const ofRoute = new Map(routes.map((route) => [route.key, route.cors]));
  const corsOf = (outcome: Outcome | undefined): Cors | undefined => {
    const route = outcome?.decision.route;
    const level = route === undefined ? cors?.gateway : ofRoute.get(route);
    return level === undefined ? undefined : levels[level];
  };
  return {
    preflight: (question) => answerPreflight(levels, identities, question),
    finished: (outcome, { rawHeaders }) => {
      const found = corsOf(outcome);
      return found === undefined ? outcome : { ...outcome, answer: withCors(outcome, found, originOf(rawHeaders)) };
    },
    onFault: (rawHeaders, outcome) => {
      const found = corsOf(outcome);
      return found === undefined ? [] : [...grantedTo(originOf(rawHeaders), found), ...varying(found)];
    },
  };
}

function withCors({ answer, decision }: Outcome, cors: Cors, origin: string | undefined): Answer {
  const granted = grantedTo(origin, cors);
  const added = varying(cors);
  if (answer.kind !== "local") {
    const said = corsFields.map((name) => [name, granted.flatMap(([other, value]) => (other === name ? [value] : []))] as const);
    const responseHeaders = [...answer.responseHeaders, ...said];
    return added.length === 0
      ? { ...answer, responseHeaders }
      : { ...answer, responseHeaders, addedHeaders: [...(answer.addedHeaders ?? []), ...added] };
  }
  const own = decision.cause === "preflight" ? answer.headers : answer.headers.filter(([name]) => !corsFields.includes(name));
  return { ...answer, headers: [...own, ...granted, ...added] };
}

/** Answers to other origins are others. */
function varying({ data }: Cors): readonly HeaderField[] {
  return data.isAny ? [] : [["vary", "Origin"]];
}
