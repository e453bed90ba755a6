/**
 * A started `introspect` identity: the authorization server is asked whether a token is active, and what it is good for (RFC 7662). Promises:
 * only `"active": true` in a whole answer lets pass; whatever else is not a plain no is no answer. An answer is kept by the whole token, no longer
 * than the program says, and never past the token's own end.
 */
import type { IntrospectData } from "../contract/identity-data.ts";
import type { Verification } from "../contract/verification.ts";
import type { Question, Reply, World } from "../contract/world.ts";
import { shown } from "../kernel/configuration.ts";
import { codePoints } from "../kernel/scalar-text.ts";
import type { IdentityBrought, RunningIdentity } from "../kernel/running-identity.ts";
import { answerCache, type Answered, type Recall } from "./authorizer/answer-cache.ts";
import { readObject } from "./authorizer/read-answer.ts";
import { bearerIdentity } from "./bearer-token.ts";
import { type Members, readClaims } from "./claims.ts";
import { isAskableUrl } from "./askable-url.ts";
import { introspectionQuestion } from "./introspection-question.ts";
import { isForUs, readTimes, timeFault } from "./token-claims.ts";
import { isMissingOr, lateTexts } from "./token-settings.ts";

/** What the server said of a token. */
type Told = Members | "inactive" | "unavailable";

/** RFC 6750 section 2.1. */
const tokenForm = /^[-A-Za-z0-9._~+/]+=*$/;
const longestToken = 8192;
/** Code points. */
const longestSubject = 256;

export function introspectIdentity(data: IntrospectData, brought: IdentityBrought, problems: string[]): RunningIdentity {
  const [url = ""] = lateTexts(brought, "url");
  if (!isMissingOr(isAskableUrl, brought, "url"))
    problems.push(
      `identity \`${data.name}\` asks at ${shown(url)}: expected an \`https\` URL without a query; \`http\` only on this machine`,
    );
  const [client = ""] = lateTexts(brought, "client");
  const [issuer] = lateTexts(brought, "issuer");
  const audience = lateTexts(brought, "audience");
  const secret = brought.secrets[data.secret] ?? "";
  const recallOf = recalls(data.cache);
  const judge = (told: Told, now: number): Verification => {
    if (told === "unavailable") return unavailable;
    return told === "inactive" ? refused("the token is not active") : readCaller(data, { issuer, audience }, told, now);
  };
  return bearerIdentity(data.headers[0], (token, world, now) => {
    if (token.length > longestToken || !tokenForm.test(token)) return refused("not a token");
    const question = introspectionQuestion({ url, client, secret, token, timeout: data.timeout });
    const told =
      data.cache === 0 ? ask(question, world).then(({ value }) => value) : recallOf(world)(token, now, () => ask(question, world));
    return told instanceof Promise ? told.then((value) => judge(value, now)) : judge(told, now);
  });
}

/** Answers belong to the world that gave them. */
function recalls(lifetime: number): (world: World) => Recall<Told> {
  const known = new WeakMap<World["ask"], Recall<Told>>();
  return ({ ask: by }) => {
    const recall = known.get(by) ?? answerCache<Told>(lifetime);
    known.set(by, recall);
    return recall;
  };
}

async function ask(question: Question, world: World): Promise<Answered<Told>> {
  try {
    const reply = await world.ask(question);
    const value = readTold(reply);
    return { value, keep: value !== "unavailable", size: reply.kind === "answer" ? reply.body.length : 0 };
  } catch {
    return { value: "unavailable", keep: false, size: 0 };
  }
}

function readTold(reply: Reply): Told {
  const answer = reply.kind === "answer" && reply.status === 200 ? readObject(reply.body) : undefined;
  if (answer?.["active"] === false) return "inactive";
  return answer?.["active"] === true ? answer : "unavailable";
}

type Expected = { readonly issuer: string | undefined; readonly audience: readonly string[] };

function readCaller(
  { name, leeway, subject, claims: declared }: IntrospectData,
  { issuer, audience }: Expected,
  told: Members,
  now: number,
): Verification {
  const type = told["token_type"];
  if (type !== undefined && !(typeof type === "string" && type.toLowerCase() === "bearer"))
    return refused("the token is not a bearer token");
  if (told["cnf"] !== undefined) return refused("the token is bound to a key of its owner");
  if (issuer !== undefined && told["iss"] !== issuer) return refused("another issuer");
  if (audience.length > 0 && !isForUs(told["aud"], audience)) return refused("another audience");
  const times = readTimes(told);
  const fault = typeof times === "string" ? times : timeFault(times, now, leeway);
  if (fault !== undefined) return refused(fault);
  const id = told[subject];
  if (typeof id !== "string" || id === "" || codePoints(id) > longestSubject) return refused(`no \`${subject}\` of 1 to 256 characters`);
  const claims = readClaims(declared, told);
  return typeof claims === "string" ? refused(claims) : { ok: true, principal: { identity: name, id, claims } };
}

const unavailable: Verification = { ok: false, cause: "keys-unavailable", why: "the authorization server gave no answer" };

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
