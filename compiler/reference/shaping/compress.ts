/** Which coding an answer may have (D227): one that the client takes, on a route that says so, and not in what is answered to somebody or refused. */
import type { ContentCoding, Outcome } from "../../../runtime/contract/gateway.ts";
import type { GatewayRequest } from "../../../runtime/contract/request.ts";
import type { BoundProgram } from "../bound-program.ts";
import { lowerAscii, pairsOf, trimBlanks } from "../fields.ts";

export function withCompression({ routes, gateway }: BoundProgram, { method, rawHeaders }: GatewayRequest, outcome: Outcome): Outcome {
  const { decision, answer } = outcome;
  const placed = routes.find(({ route }) => route.key === decision.route);
  const said = (placed ? placed.levels : [gateway]).flatMap(({ compress }) => compress ?? []).at(-1);
  const isAnswer = decision.effect === "allow" && decision.cause !== "preflight";
  const isPackable = answer.kind === "local" ? answer.body.length > 0 : answer.kind !== "websocket";
  if (said === undefined || said === "none" || answer.kind === "websocket" || !isAnswer || !isPackable) return outcome;
  const named = (name: string): readonly string[] =>
    pairsOf(rawHeaders)
      .filter(([field]) => lowerAscii(field) === name)
      .map(([, value]) => value);
  const isPersonal = decision.principal !== undefined || [...named("cookie"), ...named("authorization")].length > 0;
  const weigh = weights(named("accept-encoding"));
  const [best] = said.codings.toSorted((left, right) => weigh(right) - weigh(left));
  const may = best !== undefined && weigh(best) > 0 && method !== "HEAD" && (said.isPersonal || !isPersonal);
  const varies = ["vary", "Accept-Encoding"] as const;
  const coded = may ? { compress: { coding: best, above: said.above } } : {};
  if (answer.kind === "local") return { ...outcome, answer: { ...answer, headers: [...answer.headers, varies], ...coded } };
  return { ...outcome, answer: { ...answer, addedHeaders: [...(answer.addedHeaders ?? []), varies], ...coded } };
}

/** What stands last about a coding counts; `*` speaks for those that are not named. */
function weights(fields: readonly string[]): (coding: ContentCoding) => number {
  const said = fields
    .flatMap((field) => field.split(","))
    .map((part) => part.split(";").map(trimBlanks))
    .flatMap(([name = "", ...parameters]) => {
      const [, weight = "1"] = parameters.map((parameter) => /^q=(.*)$/i.exec(parameter)).find((found) => found) ?? [];
      return name !== "" && /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/.test(weight)
        ? [{ name: lowerAscii(name), weight: Number(weight) }]
        : [];
    });
  const of = (wanted: string): number | undefined => said.findLast(({ name }) => name === wanted)?.weight;
  return (coding) => of(coding) ?? of("*") ?? 0;
}
