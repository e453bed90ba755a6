/** The request that the words of a command line describe. */
import type { TestRequest } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import { type CommandInput, lastValue } from "./command.ts";

export type Call = { readonly ok: true; readonly request: TestRequest } | { readonly ok: false; readonly message: string };

export function readCall(input: CommandInput): Call {
  const [method, target, ...rest] = (input.arguments[0] ?? "").trim().split(/\s+/);
  if (method === undefined || target === undefined || rest.length > 0)
    return refuse('a request is a method and a target in one argument, such as "GET /orders"');
  const claims = jsonOption(input, "claims");
  const body = jsonOption(input, "body");
  if (!claims.ok) return claims;
  if (!body.ok) return body;
  if (claims.value !== undefined && (typeof claims.value !== "object" || Array.isArray(claims.value)))
    return refuse("`--claims` is a JSON object");
  const identity = lastValue(input, "as");
  if (claims.value !== undefined && identity === undefined) return refuse("`--claims` needs `--as IDENTITY`");
  const headers = (input.values.get("header") ?? []).map((text) => text.split(/:(.*)/s));
  if (headers.some((parts) => parts.length < 2)) return refuse("`--header` is `NAME: VALUE`");
  const time = lastValue(input, "at");
  const at = time === undefined ? undefined : Date.parse(time);
  if (Number.isNaN(at)) return refuse(`\`${time}\` is no time; write it as 2026-01-31T08:00:00Z`);
  const stage = lastValue(input, "stage");
  const request: TestRequest = {
    method,
    target,
    from: lastValue(input, "from") ?? "192.0.2.1",
    as: identity === undefined ? [] : [{ identity, claims: (claims.value ?? {}) as Readonly<Record<string, Value>> }],
    headers: headers.map(([name = "", value = ""]) => [name.trim(), value.trim()]),
    ...(body.value === undefined ? {} : { body: body.value }),
    ...(at === undefined ? {} : { at }),
    ...(stage === undefined ? {} : { stage }),
  };
  return { ok: true, request };
}

function jsonOption(
  input: CommandInput,
  name: string,
): { readonly ok: true; readonly value: Value | undefined } | { readonly ok: false; readonly message: string } {
  const text = lastValue(input, name);
  if (text === undefined) return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as Value };
  } catch (error) {
    return refuse(`\`--${name}\` is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
