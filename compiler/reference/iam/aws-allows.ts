/** `mode aws`: the tables of AWS asked with what is known of the call. */
import type { AccessQuestion } from "../../../runtime/contract/iam.ts";
import type { Scene } from "../scene.ts";
import { policyRequest } from "./applying-statements.ts";
import { accessAnswer } from "./outcome.ts";
import { verdictOf } from "./verdict.ts";

export function awsAllows(document: number, scene: Scene): boolean {
  const file = scene.documents[document];
  const request = policyRequest(scene);
  if (file === undefined || request === undefined) return false;
  const { caller } = request;
  const own = (scene.callers ?? []).flatMap(({ policies }) => policies?.(request, scene.api) ?? []);
  return accessAnswer({
    ...Object.assign({}, ...own),
    authentication: authenticationOf(scene),
    isPrivate: false,
    sameAccount: caller.kind === "aws" && caller.account === scene.api.split(":")[4],
    resource: verdictOf(file.document, request, scene.api),
  }).allowed;
}

/** By who was let in: a route may take several kinds of callers, and of one that proves several identities the strictest counts. */
function authenticationOf({ callers = [], signers, authorizers }: Scene): AccessQuestion["authentication"] {
  if (callers.length === 0) return "none";
  if (callers.some(({ identity }) => signers.includes(identity))) return "iam";
  return callers.some(({ identity }) => authorizers.includes(identity)) ? "lambda" : "token";
}
