/** `identity X = lambda(FUNCTION)`: a function is invoked with the event that AWS gives to authorizers, and says who calls (D161). */
import type { Reply } from "../../runtime/contract/world.ts";
import type { LambdaIdentity } from "../model/program.ts";
import { type Answer, answeredCaller, bindAuthorizer, namedIn, requestArn, returnedPolicy, type Seen, valueIn } from "./authorizer.ts";
import type { Binder, BoundIdentity } from "./identity.ts";
import { readJson, type Json } from "./json.ts";
import { bindFunction } from "./lambda-function.ts";
import type { Scene } from "./scene.ts";
import { signedCall } from "./signed-call.ts";
import { utf8 } from "./triplets.ts";
import { isRecord, isText } from "./values.ts";

export function bindLambda(identity: LambdaIdentity, binder: Binder): BoundIdentity {
  const { name, settings } = identity;
  const { called, ...place } = bindFunction(`identity \`${name}\``, identity, binder);
  const endpoint = { ...place, service: "lambda", path: `/2015-03-31/functions/${called}/invocations` };
  return bindAuthorizer({
    name,
    settings,
    mayAsk: (scene) => requestArn(scene).length <= 1600,
    ask: async (seen, sources, scene, world, now) => {
      const body = new TextEncoder().encode(JSON.stringify(eventOf(identity, sources, seen, scene)));
      const credentials = await world.awsCredentials();
      if (!credentials) return "authorizer-failed";
      const headers = signedCall(endpoint, body, credentials, now, world);
      const url = `${endpoint.scheme}://${endpoint.host}${endpoint.path}`;
      return meaning(await world.ask({ method: "POST", url, headers, body, timeout: settings.timeout, mostBytes: 8192 }), identity);
    },
  });
}

/** `JSON.stringify` leaves out what is undefined. */
function eventOf(identity: LambdaIdentity, sources: readonly string[], seen: Seen, scene: Scene): object {
  const { event, settings } = identity;
  const [method, path, resource] = [valueIn(seen, "method"), valueIn(seen, "path"), valueIn(seen, "routePath")];
  const [ip, host] = [valueIn(seen, "clientIp"), valueIn(seen, "host")];
  const { api } = scene;
  const stage = scene.stage ?? "$default";
  const arn = method !== undefined && path !== undefined ? requestArn(scene) : `${api}/${stage}/`;
  if (event === "token") return { type: "TOKEN", methodArn: arn, authorizationToken: sources[0] };
  const [, , , , accountId, apiId] = api.split(":");
  const queryStringParameters = namedIn(seen, settings, "query");
  const context = { accountId, apiId, stage, domainName: host };
  if (event === "1.0") {
    const only = sources.length === 1 ? sources[0] : undefined;
    return {
      version: "1.0",
      type: "REQUEST",
      methodArn: arn,
      identitySource: only,
      authorizationToken: only,
      resource,
      path,
      httpMethod: method,
      headers: namedIn(seen, settings, "header"),
      queryStringParameters,
      requestContext: {
        ...context,
        httpMethod: method,
        path,
        resourcePath: resource,
        identity: ip === undefined ? undefined : { sourceIp: ip },
      },
    };
  }
  const routeKey = method !== undefined && resource !== undefined ? `${method} ${resource}` : undefined;
  return {
    version: "2.0",
    type: "REQUEST",
    routeArn: arn,
    identitySource: sources,
    routeKey,
    rawPath: path,
    headers: namedIn(seen, settings, "header", (name) => name.toLowerCase()),
    queryStringParameters,
    requestContext: { ...context, http: { method, path, sourceIp: ip }, routeKey },
  };
}

type Members = { readonly [name: string]: Json };

function meaning(reply: Reply, identity: LambdaIdentity): Answer {
  if (reply.kind !== "answer" || reply.status !== 200) return "authorizer-failed";
  const read = readJson(utf8(reply.body) ?? "", { depth: 64, keys: 1000 });
  const output = "value" in read && isRecord(read.value) ? read.value : undefined;
  const isError = reply.headers.some(([name]) => name === "x-amz-function-error");
  if (isError) return output?.["errorMessage"] === "Unauthorized" ? "invalid" : "authorizer-failed";
  const context = output && (output["context"] ?? {});
  if (!output || !isRecord(context) || !isPlain(context, identity)) return "authorizer-failed";
  return identity.simple ? simpleMeaning(output, context, identity) : policyMeaning(output, context, identity);
}

/** Only the newer payload may nest what is not declared. */
function isPlain(context: Members, { event, claims }: LambdaIdentity): boolean {
  const undeclared = Object.entries(context).filter(([name]) => !claims.some(({ claim }) => claim === name));
  return event === "2.0" || undeclared.every(([, value]) => typeof value !== "object" || value === null);
}

function simpleMeaning(output: Members, context: Members, identity: LambdaIdentity): Answer {
  const { isAuthorized } = output;
  if ("policyDocument" in output || typeof isAuthorized !== "boolean") return "authorizer-failed";
  const id = "principalId" in context ? context["principalId"] : identity.name;
  return isAuthorized ? answeredCaller(identity, id, context) : "authorizer-denied";
}

/** The usage key stands beside the context, and is read as if it stood in it. */
function policyMeaning(output: Members, context: Members, identity: LambdaIdentity): Answer {
  const { principalId, policyDocument, usageIdentifierKey: key = null } = output;
  const policy = returnedPolicy(policyDocument);
  if (!policy || "isAuthorized" in output || !(key === null || isText(key))) return "authorizer-failed";
  const { usageIdentifierKey: _, ...members } = context;
  const answer = answeredCaller(identity, principalId, key === null ? members : { ...members, usageIdentifierKey: key });
  return typeof answer === "string" ? answer : { ...answer, policy };
}
