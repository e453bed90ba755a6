/** One request to a program's reference, in one call. */
import type { Program } from "../../compiler/model/program.ts";
import { startReference } from "../../compiler/reference/index.ts";
import type { Answer, HeaderField, Outcome } from "../../runtime/contract/gateway.ts";
import type { BodyRead, GatewayRequest } from "../../runtime/contract/request.ts";
import type { Configuration, World } from "../../runtime/contract/world.ts";
import { testWorld } from "../harness/world.ts";

export type Asked = Partial<GatewayRequest> & {
  /** Beside `Host: h`, which comes first. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array | BodyRead;
  readonly world?: World;
  readonly configuration?: Configuration;
};

/** `line` is method and target. */
export async function ask(program: Program, line: string, asked: Asked = {}): Promise<Outcome> {
  const started = startReference(program)(asked.configuration ?? { stage: undefined, variables: {} });
  if ("problems" in started) throw new Error(started.problems.join("; "));
  return started.gateway.handle(requestOf(line, asked), asked.world ?? testWorld());
}

export function requestOf(line: string, { headers = [], body, ...parts }: Asked): GatewayRequest {
  const [method = "GET", target = "/"] = line.split(" ");
  const fields = body === undefined ? headers : ([["Transfer-Encoding", "chunked"], ...headers] as const);
  return {
    method,
    target,
    httpVersion: "1.1",
    rawHeaders: ["Host", "h", ...fields.flat()],
    peer: "192.0.2.1",
    secure: false,
    readBody: async (limit) => readingOf(body ?? "", limit),
    ...parts,
  };
}

function readingOf(body: string | Uint8Array | BodyRead, limit: number): BodyRead {
  if (typeof body === "object" && "kind" in body) return body;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return bytes.length > limit ? { kind: "tooLarge" } : { kind: "bytes", bytes };
}

/** `allow rule 1/2,3` or `deny default`: effect, cause and rules in one text. */
export async function verdict(program: Program, line: string, asked: Asked = {}): Promise<string> {
  const { decision } = await ask(program, line, asked);
  return [decision.effect, decision.cause, decision.rules.join(",")].filter((part) => part !== "").join(" ");
}

export function statusOf({ answer }: Outcome): number | "forward" {
  return answer.kind === "local" ? answer.status : "forward";
}

/** Of an answer that has fields. */
export function headersOf(answer: Answer): readonly HeaderField[] {
  return "headers" in answer ? answer.headers : [];
}
