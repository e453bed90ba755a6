/**
 * A started `http` identity: a service is told the parts of the request that the program names, as JSON, and says who calls. Its form is
 * this gateway's own; 401 and 403 mean what they mean everywhere.
 */
import type { HttpData } from "../../contract/identity-data.ts";
import type { Reply } from "../../contract/world.ts";
import type { Call } from "../../kernel/call.ts";
import { shown } from "../../kernel/configuration.ts";
import { fits } from "../../kernel/fits.ts";
import type { IdentityBrought, RunningIdentity } from "../../kernel/running-identity.ts";
import { authorizer } from "./authorizer.ts";
import { challengeOf } from "./challenge.ts";
import { callerOf, type Declared, isObject, longestAnswer, readObject } from "./read-answer.ts";
import { returnedPolicy } from "./returned-policy.ts";
import { type SeenPart, valueOf, valuesByName } from "./seen-parts.ts";
import { failed, type Verdict } from "./verdict.ts";

const headers = [
  ["content-type", "application/json"],
  ["accept", "application/json"],
] as const;
const encoder = new TextEncoder();

export function httpIdentity(data: HttpData, { late, api }: IdentityBrought, problems: string[]): RunningIdentity {
  const { name, settings } = data;
  const url = late["url"]?.[0];
  if (url !== undefined && !fits({ kind: "url" }, url))
    problems.push(`the service of identity \`${name}\` is at ${shown(String(url))}: expected an absolute URL`);
  return authorizer({
    name,
    settings,
    api,
    challenge: challengeOf(settings),
    ask: async (seen, call, world) => {
      const body = encoder.encode(JSON.stringify(question(name, seen, call)));
      const { timeout } = settings;
      const reply = await world.ask({ method: "POST", url: String(url), headers, body, timeout, mostBytes: longestAnswer });
      return { verdict: verdictOf(data, reply, api), size: reply.kind === "answer" ? reply.body.length : 0 };
    },
  });
}

/** Members that are undefined are left out. */
function question(identity: string, seen: readonly SeenPart[], { bound }: Call): object {
  const [ip, path] = [valueOf(seen, "clientIp"), valueOf(seen, "routePath")];
  return {
    gateway: bound.data.name,
    stage: bound.stage,
    identity,
    headers: valuesByName(seen, "header", (name) => name.toLowerCase()),
    query: valuesByName(seen, "query", (name) => name),
    client: ip === undefined ? undefined : { ip },
    host: valueOf(seen, "host"),
    method: valueOf(seen, "method"),
    path: valueOf(seen, "path"),
    route: path === undefined ? undefined : { path },
  };
}

function verdictOf(declared: Declared, reply: Reply, api: string): Verdict {
  if (reply.kind !== "answer") return failed(reply.kind === "timeout" ? "the service did not answer in time" : reply.why);
  switch (reply.status) {
    case 200:
      return readCaller(declared, reply.body, api);
    case 401:
      return { kind: "unknown", why: "the service knows no such caller" };
    case 403:
      return { kind: "denied", why: "the service denies" };
    default:
      return failed(`the service answered ${reply.status}`);
  }
}

/** No other members: one that is misspelt, or that this gateway does not know, may be what restricts. */
function readCaller(declared: Declared, body: Uint8Array, api: string): Verdict {
  const answer = readObject(body);
  if (answer === undefined) return failed("the answer is no JSON object");
  const { id, context = {}, policy: written, ...others } = answer;
  if (Object.keys(others).length > 0) return failed("the answer has members that are not known");
  const verdict = isObject(context) ? callerOf(declared, id, context) : failed("`context` is no object");
  if (written === undefined || verdict.kind !== "caller") return verdict;
  const policy = returnedPolicy(written, api);
  return policy === undefined ? failed("`policy` is no policy that is wholly understood") : { ...verdict, policy };
}
