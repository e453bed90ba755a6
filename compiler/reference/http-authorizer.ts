/** `identity X = http(URL)`: a service is told the named parts as JSON, and says who calls (D162). */
import type { Reply } from "../../runtime/contract/world.ts";
import type { HttpIdentity } from "../model/program.ts";
import { type Answer, answeredCaller, bindAuthorizer, namedIn, returnedPolicy, type Seen, valueIn } from "./authorizer.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { readJson } from "./json.ts";
import { readText } from "./text-values.ts";
import { utf8 } from "./triplets.ts";
import { isRecord } from "./values.ts";

export function bindHttp(identity: HttpIdentity, { text, report, gateway, stage }: Binder): BoundIdentity {
  const { name, settings } = identity;
  const url = text(identity.url);
  if (readText({ kind: "url" }, url) === undefined) report(`the service of identity \`${name}\` has no URL`);
  return bindAuthorizer({
    name,
    settings,
    mayAsk: () => true,
    ask: async (seen, _sources, _scene, world) => {
      const body = new TextEncoder().encode(JSON.stringify({ gateway, stage, identity: name, ...told(seen, identity) }));
      const headers = [
        ["content-type", "application/json"],
        ["accept", "application/json"],
      ] as const;
      const reply = await world.ask({ method: "POST", url, headers, body, timeout: settings.timeout, mostBytes: 8192 });
      return meaning(reply, identity);
    },
  });
}

/** `JSON.stringify` leaves out what is undefined. */
function told(seen: Seen, { settings }: HttpIdentity): object {
  const [ip, path] = [valueIn(seen, "clientIp"), valueIn(seen, "routePath")];
  return {
    headers: namedIn(seen, settings, "header", (name) => name.toLowerCase()),
    query: namedIn(seen, settings, "query"),
    client: ip === undefined ? undefined : { ip },
    host: valueIn(seen, "host"),
    method: valueIn(seen, "method"),
    path: valueIn(seen, "path"),
    route: path === undefined ? undefined : { path },
  };
}

function meaning(reply: Reply, identity: HttpIdentity): Answer {
  if (reply.kind !== "answer") return "authorizer-failed";
  if (reply.status === 401) return "invalid";
  if (reply.status === 403) return "authorizer-denied";
  const read = readJson(utf8(reply.body) ?? "", { depth: 64, keys: 1000 });
  if (reply.status !== 200 || !("value" in read) || !isRecord(read.value)) return "authorizer-failed";
  const { id, context = {}, policy: written, ...others } = read.value;
  if (Object.keys(others).length > 0 || !isRecord(context)) return "authorizer-failed";
  const answer = answeredCaller(identity, id, context);
  if (written === undefined || typeof answer === "string") return answer;
  const policy = returnedPolicy(written);
  return policy ? { ...answer, policy } : "authorizer-failed";
}
