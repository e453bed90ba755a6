/** The request that somebody typed into the form. Promises: what cannot be read is said in a sentence about its field; nothing is guessed. */
import type { TriedCall } from "../../lsp/extra.ts";

/** The fields as texts; empty ones are left out of the request. */
export type Fields = {
  readonly method: string;
  readonly target: string;
  readonly from: string;
  readonly identity: string;
  readonly claims: string;
  readonly headers: string;
  readonly body: string;
  readonly at: string;
  readonly stage: string;
};
export type FormReading =
  | { readonly ok: true; readonly call: TriedCall }
  | { readonly ok: false; readonly field: keyof Fields; readonly why: string };

export function readForm(fields: Fields): FormReading {
  const { method, target, from, identity, at, stage } = fields;
  if (!target.startsWith("/")) return { ok: false, field: "target", why: "a path starts with /" };
  const claims = json(fields.claims);
  if (!claims.ok) return { ok: false, field: "claims", why: `claims are not JSON: ${claims.why}` };
  if (claims.value !== undefined && !isRecord(claims.value))
    return { ok: false, field: "claims", why: 'claims are a JSON object, such as {"sub": "u1"}' };
  const body = json(fields.body);
  if (!body.ok) return { ok: false, field: "body", why: `the body is not JSON: ${body.why}` };
  const lines = fields.headers.split("\n").filter((line) => line.trim() !== "");
  const wrong = lines.find((line) => !/^[^:\s]+\s*:/.test(line));
  if (wrong !== undefined)
    return { ok: false, field: "headers", why: `a header is written \`Name: value\`, not \`${wrong.slice(0, 40)}\`` };
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
  });
  const call: TriedCall = {
    method,
    target,
    ...(from.trim() === "" ? {} : { from: from.trim() }),
    ...(identity === "" ? {} : { as: { identity, claims: claims.value ?? {} } }),
    ...(headers.length === 0 ? {} : { headers }),
    ...(body.value === undefined ? {} : { body: body.value }),
    ...(at.trim() === "" ? {} : { at: at.trim() }),
    ...(stage === "" ? {} : { stage }),
  };
  return { ok: true, call };
}

/** Claims as a start, with a value of each kind that is needed. */
export function claimsExample(claims: readonly { readonly name: string; readonly type: string }[]): string {
  const needed = claims.filter(({ name, type }) => !type.endsWith("?") && name !== "sub");
  return JSON.stringify(Object.fromEntries([["sub", "u1"], ...needed.map(({ name, type }) => [name, exampleOf(type)])]), undefined, 2);
}

function exampleOf(type: string): unknown {
  const literal = /^"((?:[^"\\]|\\.)*)"/.exec(type)?.[1];
  if (literal !== undefined) return literal;
  if (/^(Set|List)\b/.test(type)) return [];
  if (/^(Map\b|\{)/.test(type)) return {};
  if (type.startsWith("Bool")) return true;
  if (/^(Int|Decimal)\b/.test(type)) return Number(/(-?[\d_]+)\.\./.exec(type)?.[1]?.replaceAll("_", "") ?? 0);
  return "";
}

type Read<T> = { readonly ok: true; readonly value: T | undefined } | { readonly ok: false; readonly why: string };

function json(text: string): Read<unknown> {
  if (text.trim() === "") return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (fault) {
    return { ok: false, why: fault instanceof Error ? fault.message : String(fault) };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
