/** What every answer of a gateway has, whoever writes it: put on outcomes, and told to hosts for the refusals that are theirs. */
import type { Answer, HeaderField, Outcome } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { CompressData, EveryAnswerData } from "../contract/table-data.ts";
import type { Bound } from "../kernel/call.ts";
import type { LateShaping, Shaping } from "../kernel/shaping.ts";
import { compressPlan } from "./compress.ts";
import { CORS_FIELDS } from "../contract/cors-fields.ts";
import { answerPreflight, type Cors, grantedTo, originOf } from "./cors.ts";
import { dressed, replaced, withFields } from "./every-answer.ts";
import { origins } from "./origins.ts";

export function shaping(bound: Bound, late: LateShaping, problems: string[]): Shaping {
  const { cors, everyAnswer } = bound.data;
  const routes = bound.routes.all();
  const levels = (cors?.levels ?? []).map((data, at): Cors => ({ data, isOrigin: origins(late.cors[at], problems) }));
  const ofRoute = new Map(routes.map((route) => [route.key, route.cors]));
  const place = new Map(routes.map((route, at) => [route.key, everyAnswer?.routes[at]]));
  const corsOf = (route: string | undefined): Cors | undefined => {
    const level = route === undefined ? cors?.gateway : ofRoute.get(route);
    return level === undefined ? undefined : levels[level];
  };
  const saidOf = (route: string | undefined): EveryAnswerData => {
    const set = route === undefined ? everyAnswer?.gateway : place.get(route);
    return everyAnswer?.sets[set ?? -1] ?? nothing;
  };
  return {
    names: ({ cors: level }, origin) => level !== undefined && levels[level]?.isOrigin(origin) === true,
    preflight: (question) => answerPreflight(levels, bound.data, question),
    finished: (outcome, request) => {
      const { rawHeaders } = request;
      const { decision, answer } = outcome;
      const { always, refusals, compress } = saidOf(decision.route);
      const isRefusal = decision.effect === "deny" && answer.kind === "local";
      const said = withFields(isRefusal ? dressed(answer, decision.cause, refusals) : answer, always);
      const found = corsOf(decision.route);
      const read = found === undefined ? said : withCors(said, decision.cause, found, originOf(rawHeaders));
      return {
        ...outcome,
        answer: compress === undefined ? read : compressed(read, compress, request, decision),
      };
    },
    onFault: (fault, answer, rawHeaders, outcome) => {
      const route = outcome?.decision.route;
      const { always, refusals } = saidOf(route);
      const said = dressed(answer, fault, refusals);
      const found = corsOf(route);
      const granted = found === undefined ? [] : [...grantedTo(originOf(rawHeaders), found), ...varying(found)];
      return { ...said, headers: [...replaced(said.headers, always), ...granted] };
    },
  };
}

const nothing: EveryAnswerData = { always: [], refusals: [] };

function withCors(answer: Answer, cause: Outcome["decision"]["cause"], cors: Cors, origin: string | undefined): Answer {
  const granted = grantedTo(origin, cors);
  const added = varying(cors);
  if (answer.kind !== "local") {
    const said = CORS_FIELDS.map((name) => [name, granted.flatMap(([other, value]) => (other === name ? [value] : []))] as const);
    const responseHeaders = [...answer.responseHeaders, ...said];
    return added.length === 0
      ? { ...answer, responseHeaders }
      : { ...answer, responseHeaders, addedHeaders: [...(answer.addedHeaders ?? []), ...added] };
  }
  const own = cause === "preflight" ? answer.headers : answer.headers.filter(([name]) => !CORS_FIELDS.includes(name));
  return { ...answer, headers: [...own, ...granted, ...added] };
}

/** Refusals pass as they are. Answers to HEAD have nothing to compress; what is told of them varies all the same. */
function compressed(answer: Answer, data: CompressData, { method, rawHeaders }: GatewayRequest, decision: Outcome["decision"]): Answer {
  const isOwn = answer.kind === "local";
  if (answer.kind === "websocket" || decision.effect === "deny" || (isOwn && answer.body === "")) return answer;
  const plan = method === "HEAD" ? undefined : compressPlan(data, rawHeaders, decision.principal !== undefined);
  const compress = plan === undefined ? {} : { compress: plan };
  const varies: HeaderField = ["vary", "Accept-Encoding"];
  if (isOwn) return { ...answer, headers: [...answer.headers, varies], ...compress };
  return { ...answer, addedHeaders: [...(answer.addedHeaders ?? []), varies], ...compress };
}

/** Answers to other origins are others. */
function varying({ data }: Cors): readonly HeaderField[] {
  return data.isAny ? [] : [["vary", "Origin"]];
}
