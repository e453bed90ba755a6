/**
 * Carries out calls of a function through the Invoke API, signed with the deployment's own credentials. Promises: a function is invoked once for a
 * request, never again; what it returns is passed on whole or not at all, and what it streams never as complete when it broke off.
 */
import type { LambdaHostBackend } from "../../../contract/host-backend.ts";
import { signAwsCall } from "../../../access/authorizer/sign-aws-call.ts";
import { cut, type Exchange } from "../exchange.ts";
import type { HostFault } from "../host-fault.ts";
import type { HostedBackend } from "../host.ts";
import { type BackendAround, onlyOfKind } from "../hosted-backend.ts";
import { drain, ended, fail } from "../local-answer.ts";
import { invocationOf } from "./invocation.ts";
import type { InvokeAnswer, Passed } from "./invoke-answer.ts";
import { type Invoker, invoker } from "./invoker.ts";
import { passStream } from "./pass-stream.ts";
import { passWhole } from "./pass-whole.ts";

/** The opener of `lambda` backends. */
export function lambdaBackend(backend: LambdaHostBackend, around: BackendAround): HostedBackend {
  const calls = invoker(backend);
  return { carry: (exchange, answer) => carry(exchange, onlyOfKind(answer, "invoke"), backend, calls, around), close: calls.close };
}

async function carry(
  exchange: Exchange,
  answer: InvokeAnswer,
  backend: LambdaHostBackend,
  calls: Invoker,
  around: BackendAround,
): Promise<void> {
  exchange.backend = backend.name;
  const begun = performance.now();
  const result = await invoked(exchange, answer, backend, calls, around);
  exchange.backendTime = performance.now() - begun;
  if (result === "held") return;
  if (result === "cut") return cut(exchange);
  if (result !== "passed") return fail(exchange, result);
  if (!exchange.body.isComplete()) await drain(exchange);
  return ended(exchange);
}

async function invoked(
  exchange: Exchange,
  answer: InvokeAnswer,
  backend: LambdaHostBackend,
  calls: Invoker,
  { world }: BackendAround,
): Promise<Passed> {
  const body = await bodyOf(exchange, answer);
  if (typeof body === "string") return body;
  const event = invocationOf(answer, body);
  if (event === undefined) return "body-too-large";
  const credentials = await world.awsCredentials();
  if (credentials === undefined) return "backend-unavailable";
  const { region, authority } = backend;
  const { path } = calls;
  const headers = signAwsCall({ service: "lambda", region, authority, path, body: event, now: world.now() }, credentials, world);
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  exchange.response.once("close", leave);
  try {
    const reply = await calls.invoke(headers, event, gone.signal);
    if (typeof reply === "string") return exchange.response.destroyed ? "cut" : reply;
    return await (backend.stream ? passStream : passWhole)(exchange, answer, backend, reply);
  } finally {
    exchange.response.off("close", leave);
  }
}

/** All of it: the event holds it. */
async function bodyOf({ body, host }: Exchange, answer: InvokeAnswer): Promise<Uint8Array | undefined | HostFault> {
  if (answer.body === "none") return undefined;
  if (answer.body !== "stream") return answer.body;
  const read = await body.read(host.settings.limits.body);
  if (read.kind === "bytes") return read.bytes;
  return read.kind === "tooLarge" ? "body-too-large" : "incomplete-body";
}
