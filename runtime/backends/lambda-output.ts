/**
 * What a function returns, read as AWS API Gateway reads it: a response in the form of the payload's version, or a fault. Promises that nothing
 * is passed on which is not wholly understood.
 */
import { isFieldValue, isToken } from "../kernel/characters.ts";

/** `rawHeaders`: names and values in turn. */
export type FunctionResponse = { readonly status: number; readonly rawHeaders: readonly string[]; readonly body: Uint8Array };

type Members = Readonly<Record<string, unknown>>;

const encoder = new TextEncoder();

/** `output`: JSON as it came, already parsed. Undefined: malformed. */
export function readOutput(payload: "1.0" | "2.0", output: unknown): FunctionResponse | undefined {
  if (payload === "2.0" && !(isObject(output) && Object.hasOwn(output, "statusCode"))) return inferred(output);
  return isObject(output) ? written(payload, output) : undefined;
}

/** A function of version 2.0 may return the body alone: it is JSON, and all went well. */
function inferred(output: unknown): FunctionResponse | undefined {
  if (output === undefined) return undefined;
  const text = typeof output === "string" ? output : JSON.stringify(output);
  return { status: 200, rawHeaders: ["content-type", "application/json"], body: encoder.encode(text) };
}

function written(payload: "1.0" | "2.0", output: Members): FunctionResponse | undefined {
  const { isBase64Encoded = false, body = "" } = output;
  const head = readHead(payload, output);
  const bytes = typeof isBase64Encoded === "boolean" ? bytesOf(body ?? "", isBase64Encoded) : undefined;
  return head === undefined || bytes === undefined ? undefined : { ...head, body: bytes };
}

/** Status and fields, which a streamed answer has before its body. */
export function readHead(payload: "1.0" | "2.0", output: Members): Omit<FunctionResponse, "body"> | undefined {
  const status = statusOf(output["statusCode"] ?? (payload === "2.0" ? 200 : undefined));
  const several = payload === "1.0" ? output["multiValueHeaders"] : undefined;
  const cookies = payload === "2.0" ? output["cookies"] : undefined;
  const fields = [...fieldsOf(output["headers"], several), ...cookieFields(cookies)];
  const isWhole = fields.every((field) => field !== undefined && isToken(field[0]) && isFieldValue(field[1]));
  if (status === undefined || !isWhole) return undefined;
  const typed = fields.some((field) => field?.[0].toLowerCase() === "content-type");
  const all = fields.flatMap((field) => field ?? []);
  return { status, rawHeaders: typed ? all : ["content-type", "application/json", ...all] };
}

/** A number, or its digits as a text; of an answer that is final. */
function statusOf(value: unknown): number | undefined {
  const status = typeof value === "string" && /^[0-9]{3}$/.test(value) ? Number(value) : value;
  return typeof status === "number" && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

type Field = readonly [name: string, value: string] | undefined;

/** Several values of a name win over one. What cannot be a field is undefined. */
function fieldsOf(single: unknown, several: unknown): readonly Field[] {
  if (!isAbsent(single) && !isObject(single)) return [undefined];
  if (!isAbsent(several) && !isObject(several)) return [undefined];
  const lists = Object.entries(isObject(several) ? several : {});
  const many = new Set(lists.map(([name]) => name.toLowerCase()));
  const one = Object.entries(isObject(single) ? single : {}).filter(([name]) => !many.has(name.toLowerCase()));
  return [
    ...one.map(([name, value]) => fieldOf(name, value)),
    ...lists.flatMap(([name, values]): readonly Field[] =>
      Array.isArray(values) ? values.map((value: unknown) => fieldOf(name, value)) : [undefined],
    ),
  ];
}

function fieldOf(name: string, value: unknown): Field {
  if (typeof value === "string") return [name, value];
  return typeof value === "number" || typeof value === "boolean" ? [name, String(value)] : undefined;
}

function cookieFields(cookies: unknown): readonly Field[] {
  if (isAbsent(cookies)) return [];
  if (!Array.isArray(cookies)) return [undefined];
  return cookies.map((cookie: unknown) => (typeof cookie === "string" ? (["set-cookie", cookie] as const) : undefined));
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function bytesOf(body: unknown, isBase64Encoded: boolean): Uint8Array | undefined {
  if (typeof body !== "string") return undefined;
  if (!isBase64Encoded) return encoder.encode(body);
  return base64.test(body) ? Uint8Array.from(atob(body), (character) => character.charCodeAt(0)) : undefined;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
