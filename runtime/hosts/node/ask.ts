/** One bounded call to a service that a decision needs: a deadline, a size, no redirects, no shared connection to reuse dirty. */
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { Question, Reply } from "../../contract/world.ts";

/** The `ask` of a `World`. */
export async function ask(question: Question): Promise<Reply> {
  const signal = AbortSignal.timeout(question.timeout);
  try {
    return await answered(question, signal);
  } catch (error) {
    if (signal.aborted) return { kind: "timeout" };
    return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
  }
}

function answered({ method, url, headers, body, mostBytes }: Question, signal: AbortSignal): Promise<Reply> {
  const target = new URL(url);
  const send = target.protocol === "https:" ? requestSecure : requestPlain;
  const length = body === undefined ? [] : ["content-length", String(body.length)];
  const fields = ["host", target.host, ...headers.flat(), ...length, "accept-encoding", "identity"];
  return new Promise((resolve, reject) => {
    const call = send(target, { method, agent: false, signal, headers: fields }, (answer) =>
      collect(answer, mostBytes).then(resolve, reject),
    );
    call.on("error", reject);
    call.end(body);
  });
}

async function collect(answer: IncomingMessage, mostBytes: number): Promise<Reply> {
  try {
    if (answer.headers["content-encoding"] !== undefined) throw new Error("an encoded answer");
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > mostBytes) throw new Error(`an answer of more than ${mostBytes} bytes`);
      parts.push(part);
    }
    return { kind: "answer", status: answer.statusCode ?? 0, headers: fieldsOf(answer.rawHeaders), body: Buffer.concat(parts) };
  } finally {
    answer.destroy();
  }
}

function fieldsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from({ length: raw.length >> 1 }, (_, at) => [raw[2 * at]?.toLowerCase() ?? "", raw[2 * at + 1] ?? ""] as const);
}
