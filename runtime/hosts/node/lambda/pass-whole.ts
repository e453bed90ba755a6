/** An answer of a function that is there as a whole: read, understood, and only then passed on. */
import type { IncomingMessage } from "node:http";
import type { LambdaHostBackend } from "../../../contract/host-backend.ts";
import { type FunctionResponse, readOutput } from "../../../backends/lambda-output.ts";
import { sendHead } from "../download.ts";
import type { Exchange } from "../exchange.ts";
import type { HostFault } from "../host-fault.ts";
import { misfitPlace } from "../misfit-place.ts";
import { sendWhole } from "../send-whole.ts";
import { wholeBody } from "../upstream/answer-body.ts";
import type { InvokeAnswer, Passed } from "./invoke-answer.ts";

/** Bytes: a function cannot return more. */
const longestOutput = 6 * 1024 * 1024 + 100_000;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export async function passWhole(
  exchange: Exchange,
  answer: InvokeAnswer,
  { payload, timeout }: LambdaHostBackend,
  reply: IncomingMessage,
): Promise<Passed> {
  const bytes = await collected(reply, timeout);
  if (typeof bytes === "string") return exchange.response.destroyed ? "cut" : bytes;
  const output = parsed(bytes);
  const fault = faultOf(reply, output);
  if (fault !== undefined) return fault;
  const response = readOutput(payload, output);
  if (response === undefined) return "bad-gateway";
  if (await isHeld(exchange, response)) return "held";
  const judged = judgedAnswer(exchange, answer, response);
  return judged === undefined ? "invalid-answer" : passed(exchange, answer, judged);
}

/** As the route says what answers are; undefined: it is none of these. */
function judgedAnswer(exchange: Exchange, { read }: InvokeAnswer, response: FunctionResponse): FunctionResponse | undefined {
  const { status, rawHeaders, body } = response;
  const most = read?.mostBytes(status);
  if (read === undefined || most === undefined) return response;
  const judged = read.judge({ status, rawHeaders, body });
  if (judged.kind === "fits") return response;
  if (judged.kind === "mapped") return { status, rawHeaders: judged.rawHeaders, body: Buffer.from(judged.body) };
  exchange.notes.misfit = misfitPlace(judged);
  return undefined;
}

/** Whether whoever watches answers in its place. All of the answer is here. */
async function isHeld({ watch }: Exchange, { status, rawHeaders, body }: FunctionResponse): Promise<boolean> {
  if (watch === undefined) return false;
  const incoming = { status, rawHeaders, body: wholeBody(body) };
  return (await watch.seen(incoming, () => {})) === undefined;
}

/** What the Invoke API says of the call, and the function of itself. */
export function faultOf(reply: IncomingMessage, output: unknown): HostFault | undefined {
  const status = reply.statusCode ?? 0;
  if (status === 429 || status === 503) return "backend-unavailable";
  if (status === 413) return "body-too-large";
  if (status !== 200) return "bad-gateway";
  if (reply.headers["x-amz-function-error"] === undefined) return undefined;
  return isTimeout(output) ? "backend-timeout" : "bad-gateway";
}

/** As the service reports that a function ran for longer than it may. */
function isTimeout(output: unknown): boolean {
  const { errorType, errorMessage } = typeof output === "object" && output !== null ? (output as Record<string, unknown>) : {};
  return errorType === "Sandbox.Timedout" || (typeof errorMessage === "string" && errorMessage.includes("Task timed out after"));
}

async function collected(reply: IncomingMessage, timeout: number): Promise<Uint8Array | HostFault> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let isLate = false;
  reply.setTimeout(timeout, () => {
    isLate = true;
    reply.destroy();
  });
  try {
    for await (const part of reply as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > longestOutput) return "bad-gateway";
      parts.push(part);
    }
  } catch {
    return isLate ? "backend-timeout" : "bad-gateway";
  }
  return reply.complete ? Buffer.concat(parts) : "bad-gateway";
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

async function passed(exchange: Exchange, answer: InvokeAnswer, { status, rawHeaders, body }: FunctionResponse): Promise<Passed> {
  const { response } = exchange;
  const isBodiless = status === 204 || status === 304;
  const own = withoutLength(rawHeaders);
  const told = isBodiless ? own : [...own, "content-length", String(body.length)];
  if (!sendHead(exchange, answer, { status, rawHeaders: told })) return "bad-gateway";
  if (isBodiless || answer.method === "HEAD" || body.length === 0) response.flushHeaders();
  else await sendWhole(exchange, body);
  return "passed";
}

/** What a function says of the length is about something else where its body came in base64. */
export function withoutLength(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== "content-length");
}
