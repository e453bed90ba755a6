/** `mode aws`: the tables of AWS asked with what is known of the call. */
import type { AccessQuestion, PolicyRequest, Verdict } from "../../../runtime/contract/iam.ts";
import type { Expr } from "../../model/expression.ts";
import type { Scene } from "../scene.ts";
import { policyRequest } from "./applying-statements.ts";
import { accessAnswer } from "./outcome.ts";
import { verdictOf } from "./verdict.ts";

type Asked = Extract<Expr, { readonly op: "awsAllows" | "awsTable" }>;

export function awsAllows(asked: Asked, scene: Scene): boolean {
  const request = policyRequest(scene);
  const resource = request && resourceVerdict(asked, request, scene);
  if (request === undefined || resource === undefined) return false;
  const { caller } = request;
  const own = (scene.callers ?? []).flatMap(({ policies }) => policies?.(request, scene.api) ?? []);
  const answer = accessAnswer({
    ...Object.assign({}, ...own),
    authentication: authenticationOf(scene),
    isPrivate: false,
    sameAccount: caller.kind === "aws" && caller.account === scene.api.split(":")[4],
    resource,
  });
  return answer.allowed || (asked.orDenied && answer.because === "explicit deny");
}

/** Rules that stand for a document name no caller as one, so what they allow is limited as what is allowed to anyone. */
function resourceVerdict(asked: Asked, request: PolicyRequest, { documents, api }: Scene): Verdict | undefined {
  if (asked.op === "awsTable") return asked.allows ? { effect: "allow", statements: [], grant: "limited" } : { effect: "silent" };
  const file = documents[asked.document];
  return file && verdictOf(file.document, request, api);
}

/** By who was let in: a route may take several kinds of callers, and of one that proves several identities the strictest counts. */
function authenticationOf({ callers = [], signers, authorizers }: Scene): AccessQuestion["authentication"] {
  if (callers.length === 0) return "none";
  if (callers.some(({ identity }) => signers.includes(identity))) return "iam";
  return callers.some(({ identity }) => authorizers.includes(identity)) ? "lambda" : "token";
}
