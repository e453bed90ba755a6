/** The IAM document that an authorizer returns, and what a request is to it. */
import type { PolicyRequest } from "../../contract/iam.ts";
import type { Call } from "../../kernel/call.ts";
import { keysOf } from "../iam/call-keys.ts";
import { ofCaller } from "../iam/document-kind.ts";
import { type Policy, preparePolicy } from "../iam/policy.ts";
import { readDocument } from "../iam/read-document.ts";
import { stageOf } from "./seen-parts.ts";

/** Characters: AWS takes no longer ones from an authorizer. */
const longestResource = 512;

/** Undefined where any part of it is not understood: nobody may guess what it would have denied. */
export function returnedPolicy(value: unknown, api: string): Policy | undefined {
  const document = readDocument(value, ofCaller);
  if (document === undefined) return undefined;
  const areShort = document.statements.every(({ resources }) => resources.items.every((item) => item.length <= longestResource));
  return areShort ? preparePolicy(document, api) : undefined;
}

/** Of the request, as policies name it: with the method that rules see, and the path that was called. */
export function requestArn(api: string, call: Call): string {
  return `${api}/${stageOf(call)}/${call.method}${call.request.path}`;
}

/** The policy belongs to its caller, so it asks for no name; condition keys are those of requests that are not signed. */
export function invocation(api: string, call: Call): PolicyRequest {
  const caller = { kind: "anonymous" } as const;
  const resource = requestArn(api, call);
  return { caller, action: "execute-api:Invoke", resource, keys: keysOf(call, caller, resource) };
}
