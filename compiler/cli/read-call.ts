/** The request that the words of a command line describe. */
import { parseAddress } from "../model/address-text.ts";
import type { TestRequest } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import { type CommandInput, lastValue, type Option } from "./command.ts";

export type Call = { readonly ok: true; readonly request: TestRequest } | { readonly ok: false; readonly message: string };

export const REQUEST_OPTIONS: readonly Option[] = [
  { name: "from", value: "ADDRESS", summary: "address of the client (default: 192.0.2.1)" },
  { name: "via", value: "ENTRY", summary: "the entry that it comes by (default: the gateway's own `listen`)" },
  {
    name: "as",
    value: "IDENTITY",
    isRepeatable: true,
    summary: "who calls; without it, nobody; repeated for a caller with several identities",
  },
  {
    name: "claims",
    value: "JSON",
    isRepeatable: true,
    summary: "claims of the caller, by their GWL names; the first ones go with the first `--as`",
  },
  { name: "header", short: "H", value: "'NAME: VALUE'", isRepeatable: true, summary: "a header of the request; may be repeated" },
  { name: "body", value: "JSON", summary: "the body" },
  { name: "at", value: "TIME", summary: "when, as 2026-01-31T08:00:00Z (default: a Monday at noon, UTC)" },
  { name: "stage", short: "s", value: "STAGE", summary: "in which stage (default: the first)" },
  { name: "format", value: "FORMAT", choices: ["text", "json"], summary: "how the answer is printed (default: text)" },
];

const NOBODY_IN_PARTICULAR = "192.0.2.1";
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

export function readCall(input: CommandInput): Call {
  const [method, target, ...rest] = (input.arguments[0] ?? "").trim().split(/\s+/);
  if (method === undefined || target === undefined || rest.length > 0)
    return refuse('a request is a method and a target in one argument, such as "GET /orders"');
  const callers = readCallers(input);
  const body = jsonOption(lastValue(input, "body"), "body");
  if (!callers.ok) return callers;
  if (!body.ok) return body;
  const headers = (input.values.get("header") ?? []).map((text) => text.split(/:(.*)/s));
  if (headers.some((parts) => parts.length < 2)) return refuse("`--header` is `'NAME: VALUE'`");
  const time = lastValue(input, "at");
  if (time !== undefined && (!TIME.test(time) || Number.isNaN(Date.parse(time))))
    return refuse(`\`${time}\` is no time; write it as 2026-01-31T08:00:00Z`);
  const from = lastValue(input, "from") ?? NOBODY_IN_PARTICULAR;
  if (parseAddress(from) === undefined) return refuse(`\`${from}\` is no IPv4 or IPv6 address`);
  const stage = lastValue(input, "stage");
  const via = lastValue(input, "via");
  const request: TestRequest = {
    method,
    target,
    from,
    ...(via === undefined ? {} : { via }),
    as: callers.value,
    headers: headers.map(([name = "", value = ""]) => [name.trim(), value.trim()]),
    ...(body.value === undefined ? {} : { body: body.value }),
    ...(time === undefined ? {} : { at: Date.parse(time) }),
    ...(stage === undefined ? {} : { stage }),
  };
  return { ok: true, request };
}

type Callers = { readonly ok: true; readonly value: TestRequest["as"] } | { readonly ok: false; readonly message: string };

/** `--as` and `--claims` go together by their order. */
function readCallers(input: CommandInput): Callers {
  const names = input.values.get("as") ?? [];
  const texts = input.values.get("claims") ?? [];
  if (texts.length > names.length) return refuse("`--claims` needs `--as IDENTITY`");
  const callers: { identity: string; claims: Readonly<Record<string, Value>> }[] = [];
  for (const [at, identity] of names.entries()) {
    const claims = jsonOption(texts[at], "claims");
    if (!claims.ok) return claims;
    const { value = {} } = claims;
    if (typeof value !== "object" || Array.isArray(value)) return refuse(`\`--claims\` is a JSON object, such as '{"sub":"u1"}'`);
    callers.push({ identity, claims: value as Readonly<Record<string, Value>> });
  }
  return { ok: true, value: callers };
}

function jsonOption(
  text: string | undefined,
  name: string,
): { readonly ok: true; readonly value: Value | undefined } | { readonly ok: false; readonly message: string } {
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
