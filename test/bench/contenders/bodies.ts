/** Whether the body of an order fits its type: ours as it is emitted, Ajv with the same schema compiled in memory, and checks written by hand. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { jsonSchema } from "../../../compiler/emit/json-schema.ts";
import { bodyValidators } from "../../../compiler/emit/validators.ts";
import type { Type } from "../../../compiler/model/types.ts";
import { firstValidator } from "../../emit/compiled.ts";
import { ir, route } from "../../emit/ir-builder.ts";
import { type Contender, each, scattered } from "../contest/contender.ts";

type Setup = { readonly lines: number };
type Fits = (body: unknown) => boolean;

const questions = 400;
const text = (minLength: number, maxLength: number, pattern?: string): Type => ({
  kind: "string",
  minLength,
  maxLength,
  ...(pattern === undefined ? {} : { pattern }),
});
const line: Type = {
  kind: "record",
  fields: [
    { name: "sku", type: text(8, 8, "^[A-Z]{3}-[0-9]{4}$") },
    { name: "count", type: { kind: "int", min: 1, max: 99 } },
    { name: "cents", type: { kind: "int", min: 0, max: 1_000_000 } },
  ],
};
const order: Type = {
  kind: "record",
  fields: [
    { name: "customer", type: text(3, 40) },
    { name: "currency", type: { kind: "literals", values: ["EUR", "USD", "GBP"] } },
    { name: "express", type: { kind: "bool" } },
    { name: "note", type: { kind: "optional", type: text(0, 200) } },
    { name: "lines", type: { kind: "list", element: line, minSize: 1, maxSize: 50 } },
  ],
};

/** One in four has a fault, each time another. */
function body(number: number, lines: number): { readonly body: unknown; readonly fits: boolean } {
  const random = scattered(number);
  const made = {
    customer: `customer-${random % 1000}`,
    currency: ["EUR", "USD", "GBP"][random % 3] as unknown,
    express: random % 2 === 0 ? true : (false as unknown),
    ...(random % 5 === 0 ? { note: "leave it at the door" } : {}),
    lines: Array.from({ length: lines }, (_, at) => ({
      sku: `ABC-${1000 + ((random + at) % 9000)}`,
      count: 1 + ((random + at) % 99),
      cents: (random + at * 7) % 1_000_000,
    })),
  };
  const last = made.lines.at(-1);
  const fault = number % 4 === 0 ? random % 4 : -1;
  if (fault === 0) made.currency = "XXX";
  if (fault === 1) made.express = "yes";
  if (fault === 2 && last !== undefined) last.sku = "ABC-12";
  if (fault === 3 && last !== undefined) last.count = 0.5;
  return { body: JSON.parse(JSON.stringify(made)), fits: fault === -1 };
}

function contender(make: () => Fits): (setup: Setup) => Contender {
  return ({ lines }) => {
    const fits = make();
    const bad = Array.from({ length: questions }, (_, at) => body(at, lines)).find((one) => fits(one.body) !== one.fits);
    return {
      fresh: (round, inputs) => Array.from({ length: inputs }, (_, at) => body(round * 10_000 + at, lines).body),
      run: each(fits),
      wrong: bad === undefined ? undefined : `judges ${JSON.stringify(bad.body).slice(0, 60)} wrongly`,
    };
  };
}

export const contenders = {
  gwl: contender(() => firstValidator(bodyValidators(ir({ routes: [route("POST /orders", { body: order })] })).module)),
  "Ajv in memory": contender(() => {
    const fits = new Ajv2020({ allowUnionTypes: true }).compile(jsonSchema(order));
    return (given) => fits(given);
  }),
  "by hand": contender(() => isOrder),
};

const sku = /^[A-Z]{3}-[0-9]{4}$/u;

function isOrder(given: unknown): boolean {
  if (!isRecord(given)) return false;
  const { customer, currency, express, note, lines } = given;
  let known = 4;
  if (typeof customer !== "string" || customer.length < 3 || customer.length > 40) return false;
  if (currency !== "EUR" && currency !== "USD" && currency !== "GBP") return false;
  if (typeof express !== "boolean") return false;
  if (note !== undefined) {
    if (typeof note !== "string" || note.length > 200) return false;
    known++;
  }
  if (!Array.isArray(lines) || lines.length < 1 || lines.length > 50) return false;
  for (const one of lines) if (!isLine(one)) return false;
  return Object.keys(given).length === known;
}

function isLine(given: unknown): boolean {
  if (!isRecord(given)) return false;
  const { sku: code, count, cents } = given;
  if (typeof code !== "string" || code.length !== 8 || !sku.test(code)) return false;
  return isInt(count, 1, 99) && isInt(cents, 0, 1_000_000) && Object.keys(given).length === 3;
}

function isInt(given: unknown, min: number, max: number): boolean {
  return Number.isInteger(given) && (given as number) >= min && (given as number) <= max;
}

function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
