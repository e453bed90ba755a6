/** What a Lambda function answers through the Invoke API, read as AWS reads the output of authorizers. */
import type { LambdaData } from "../../contract/identity-data.ts";
import type { Reply } from "../../contract/world.ts";
import type { Members } from "../claims.ts";
import { callerOf, isObject, readObject } from "./read-answer.ts";
import { returnedPolicy } from "./returned-policy.ts";
import { failed, type Verdict } from "./verdict.ts";

export function lambdaVerdict(data: LambdaData, reply: Reply, api: string): Verdict {
  if (reply.kind !== "answer") return failed(reply.kind === "timeout" ? "the function did not answer in time" : reply.why);
  if (reply.status !== 200) return failed(`the Invoke API answered ${reply.status}`);
  const output = readObject(reply.body);
  if (reply.headers.some(([name]) => name === "x-amz-function-error")) return thrown(output);
  if (output === undefined) return failed("the output is no JSON object");
  const context = contextOf(data, output);
  if (typeof context === "string") return failed(context);
  return data.simple ? simpleVerdict(data, output, context) : policyVerdict(data, output, context, api);
}

/** A function throws exactly `Unauthorized` to say that it knows no such caller. */
function thrown(output: Members | undefined): Verdict {
  return output?.["errorMessage"] === "Unauthorized"
    ? { kind: "unknown", why: "the function knows no such caller" }
    : failed("the function threw");
}

/** Absent or null: empty. In the older payload, what is not declared must be no more than a text, a number or a Boolean. */
function contextOf({ event, claims }: LambdaData, output: Members): Members | string {
  const context = output["context"] ?? {};
  if (!isObject(context)) return "`context` is no object";
  const isDeclared = (member: string): boolean => claims.some(({ claim }) => claim === member);
  const nested = Object.keys(context).find(
    (member) => typeof context[member] === "object" && context[member] !== null && !isDeclared(member),
  );
  return nested === undefined || event === "2.0" ? context : "the context has a nested value";
}

/** A simple answer names nobody: its caller is who the context calls `principalId`, or the identity itself. */
function simpleVerdict(data: LambdaData, output: Members, context: Members): Verdict {
  if (Object.hasOwn(output, "policyDocument")) return failed("a policy where a simple answer is expected");
  const { isAuthorized } = output;
  if (typeof isAuthorized !== "boolean") return failed("`isAuthorized` is neither true nor false");
  if (!isAuthorized) return { kind: "denied", why: "the function denies" };
  return callerOf(data, Object.hasOwn(context, "principalId") ? context["principalId"] : data.name, context);
}

/** The usage key stands beside the context; rules read it as a field of that name. */
function policyVerdict(data: LambdaData, output: Members, context: Members, api: string): Verdict {
  if (Object.hasOwn(output, "isAuthorized")) return failed("a simple answer where a policy is expected");
  const policy = returnedPolicy(output["policyDocument"], api);
  if (policy === undefined) return failed("`policyDocument` is no policy that is wholly understood");
  const key = output["usageIdentifierKey"] ?? undefined;
  if (key !== undefined && typeof key !== "string") return failed("`usageIdentifierKey` is no text");
  const { usageIdentifierKey: _, ...members } = context;
  const verdict = callerOf(data, output["principalId"], key === undefined ? members : { ...members, usageIdentifierKey: key });
  return verdict.kind === "caller" ? { ...verdict, policy } : verdict;
}
