/**
 * Callers that an authorizer knows, for tests: what they bring to be known by, and the answer of the authorizer, which nobody asks for
 * real. Whoever is no caller of the test is unknown to it.
 */
import type { Configuration, Question, Reply } from "../../../runtime/contract/world.ts";
import type { HttpIdentity, LambdaIdentity, Program, TestRequest } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { settingText } from "../setting-text.ts";

type Claims = Readonly<Record<string, Value>>;
type Fields = readonly (readonly [name: string, value: string])[];
export type AuthorizedIdentity = HttpIdentity | LambdaIdentity;

/** What stands in the sources of one kind. */
export function forgedSources({ name, settings }: AuthorizedIdentity, kind: "header" | "query"): Fields {
  return settings.source.flatMap((part) => (part.kind === kind ? [[part.name, `gwl-test-${name}`] as const] : []));
}

/** The answer to a question of an identity of the program; undefined where it is of none. */
export function forgedAnswer(
  question: Question,
  callers: TestRequest["as"],
  program: Program,
  configuration: Configuration,
): Reply | undefined {
  const asked = program.identities.flatMap((identity) =>
    (identity.kind === "http" || identity.kind === "lambda") && asks(identity, question, program, configuration) ? [identity] : [],
  );
  const caller = callers.find(({ identity }) => asked.some(({ name }) => name === identity));
  const identity = asked.find(({ name }) => caller === undefined || name === caller.identity);
  if (identity === undefined) return undefined;
  if (caller === undefined) return unknownTo(identity);
  return reply(200, answerOf(identity, caller.claims));
}

function asks(identity: AuthorizedIdentity, { url, body }: Question, program: Program, configuration: Configuration): boolean {
  if (identity.kind === "http") {
    const told: unknown = JSON.parse(new TextDecoder().decode(body));
    const name = typeof told === "object" && told !== null && "identity" in told ? told.identity : undefined;
    return name === identity.name && settingText(identity.url, program, configuration) === url;
  }
  const called = settingText(identity.function, program, configuration);
  return url.endsWith(`/2015-03-31/functions/${encodeURIComponent(called)}/invocations`);
}

function unknownTo({ kind }: AuthorizedIdentity): Reply {
  if (kind === "http") return reply(401, {});
  return reply(200, { errorMessage: "Unauthorized" }, [["x-amz-function-error", "Unhandled"]]);
}

function answerOf(identity: AuthorizedIdentity, claims: Claims): object {
  const { [identity.subject]: id = "test", ...named } = claims;
  const context = Object.fromEntries(
    Object.entries(named).map(([name, value]) => [identity.claims.find((claim) => claim.name === name)?.claim ?? name, value]),
  );
  if (identity.kind === "http") return { id, context };
  if (identity.simple) return { isAuthorized: true, context: { ...context, principalId: id } };
  const { usageIdentifierKey, ...others } = context;
  const all = { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" };
  const policyDocument = { Version: "2012-10-17", Statement: all };
  return { principalId: id, policyDocument, context: others, usageIdentifierKey };
}

function reply(status: number, body: object, headers: Fields = []): Reply {
  return { kind: "answer", status, headers, body: new TextEncoder().encode(JSON.stringify(body)) };
}
