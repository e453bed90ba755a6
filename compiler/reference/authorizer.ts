/**
 * Identities that ask somebody else who calls (D160): nobody is asked where a source is missing, and an answer is believed for a while for
 * the same sources. Knows nothing of who is asked.
 */
import type { AuthorizerSettings, RequestPart } from "../../runtime/contract/authorizer.ts";
import type { PolicyDocument, PolicyRequest } from "../../runtime/contract/iam.ts";
import type { World } from "../../runtime/contract/world.ts";
import type { Claim } from "../model/program.ts";
import { callerOf } from "./claims.ts";
import { valuesOf } from "./fields.ts";
import type { BoundIdentity, Presented, Unverified, Verified } from "./identity.ts";
import { requestKey } from "./iam/request-keys.ts";
import { readReturned } from "./iam/returned-document.ts";
import { verdictOf } from "./iam/verdict.ts";
import type { Json } from "./json.ts";
import type { Scene } from "./scene.ts";
import { isText } from "./values.ts";

/** Parts that are not there are not among them. */
export type Seen = readonly (readonly [part: RequestPart, value: string])[];
/** The policy that came with the caller is asked about each request anew. */
export type Answer = (Verified & { readonly policy?: PolicyDocument }) | Unverified;
export type Authorizer = {
  readonly name: string;
  readonly settings: AuthorizerSettings;
  readonly mayAsk: (scene: Scene) => boolean;
  readonly ask: (seen: Seen, sources: readonly string[], scene: Scene, world: World, now: number) => Promise<Answer>;
};

/** `by`: who gave the answer. */
type Remembered = { readonly by: World["ask"]; readonly sources: readonly string[]; readonly since: number; readonly answer: Answer };

export function bindAuthorizer({ name, settings, mayAsk, ask }: Authorizer): BoundIdentity {
  const remembered: Remembered[] = [];
  const verify = async ({ scene, now, world }: Presented): Promise<Answer> => {
    const parts = [...settings.source, ...settings.sees];
    const values = parts.map((part) => valuesIn(part, scene));
    if (values.some((all) => all === undefined || all.length > 1) || hasOddQuery(parts, scene)) return "invalid";
    const sources = values.slice(0, settings.source.length).map((all) => all?.[0] ?? "");
    if (sources.some((value) => value === "")) return "absent";
    if (settings.pattern !== undefined && !new RegExp(settings.pattern, "u").test(sources[0] ?? "")) return "invalid";
    if (!mayAsk(scene)) return "target-too-long";

    const latest = remembered.find((one) => one.by === world.ask && isSame(one.sources, sources));
    if (latest && latest.since <= now && now < latest.since + settings.cache) return permitted(latest.answer, scene);
    const seen = parts.flatMap((part, at) => values[at]?.map((value) => [part, value] as const) ?? []);
    const answer = await ask(seen, sources, scene, world, now);
    const isDecided = typeof answer === "object" || answer === "authorizer-denied";
    if (isDecided && settings.cache > 0) remembered.unshift({ by: world.ask, sources, since: now, answer });
    return permitted(answer, scene);
  };
  const isAuthorization = settings.source.some((part) => part.kind === "header" && part.name.toLowerCase() === "authorization");
  return { name, verify, challenge: () => (isAuthorization ? "Bearer" : "Token") };
}

function permitted(answer: Answer, scene: Scene): Answer {
  if (typeof answer === "string" || answer.policy === undefined) return answer;
  const request: PolicyRequest = {
    caller: { kind: "anonymous" },
    action: "execute-api:Invoke",
    resource: requestArn(scene),
    keys: (name) => requestKey(name, scene),
  };
  const { policy, ...verified } = answer;
  if (verdictOf(policy, request, scene.api).effect !== "allow") return "authorizer-denied";
  return { ...verified, caller: { ...verified.caller, policies: (asked, api) => ({ authorizer: verdictOf(policy, asked, api) }) } };
}

/** Undefined where the document is none, or names longer resources than AWS takes of an authorizer. */
export function returnedPolicy(json: Json | undefined): PolicyDocument | undefined {
  const document = readReturned(json);
  return document?.statements.every(({ resources }) => resources.items.every((item) => item.length <= 512)) ? document : undefined;
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.every((value, at) => value === right[at]);
}

/** Undefined where the bytes are no text. */
function valuesIn(part: RequestPart, { request, method, route, stage }: Scene): readonly string[] | undefined {
  switch (part.kind) {
    case "header":
      return valuesOf(request?.fields ?? [], part.name.toLowerCase());
    case "query": {
      const values = (request?.query ?? []).filter(({ name }) => name === part.name).map(({ value }) => value);
      return values.every(isText) ? values : undefined;
    }
    case "clientIp":
      return [request?.client ?? ""];
    case "host":
      return [request?.host ?? ""];
    case "method":
      return [method ?? ""];
    case "path":
      return [request?.path ?? ""];
    case "routePath":
      return [route?.path ?? ""];
    case "stage":
      return [stage ?? "$default"];
  }
}

/** A name that is no text might be any name (D44). */
function hasOddQuery(parts: readonly RequestPart[], { request }: Scene): boolean {
  return parts.some(({ kind }) => kind === "query") && (request?.query ?? []).some(({ name }) => name === undefined);
}

export function valueIn(seen: Seen, kind: RequestPart["kind"]): string | undefined {
  return seen.find(([part]) => part.kind === kind)?.[1];
}

/** Undefined where the settings name none of the kind; members in the order of the settings. */
export function namedIn(
  seen: Seen,
  { source, sees }: AuthorizerSettings,
  kind: "header" | "query",
  written: (name: string) => string = (name) => name,
): Readonly<Record<string, string>> | undefined {
  if (![...source, ...sees].some((part) => part.kind === kind)) return undefined;
  return Object.fromEntries(seen.flatMap(([part, value]) => (part.kind === kind ? [[written(part.name), value]] : [])));
}

/** The caller that an answer names, if what it says fits the declared types. */
export function answeredCaller(
  { name, claims }: { readonly name: string; readonly claims: readonly Claim[] },
  id: Json | undefined,
  members: { readonly [member: string]: Json },
): Answer {
  if (!isText(id) || id === "" || [...id].length > 256) return "authorizer-failed";
  return callerOf(name, id, claims, members) ?? "authorizer-failed";
}

export function requestArn({ api, stage, method, request }: Scene): string {
  return `${api}/${stage ?? "$default"}/${method ?? ""}${request?.path ?? ""}`;
}
