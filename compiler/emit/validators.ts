/**
 * Body types as standalone validators, made by Ajv from JSON Schema. This is the one place where a user's words stand in
 * code, as property names and patterns: Ajv quotes them, so the text is kept in a module of its own, `validators.js`.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import { Name } from "ajv/dist/compile/codegen/code.js";
import standalone from "ajv/dist/standalone/index.js";
import type { Ir, IrRoute } from "../model/ir.ts";
import type { Type } from "../model/types.ts";
import { jsonSchema, type JsonSchema } from "./json-schema.ts";

export type Validators = {
  /** An ES module that exports `body0`, `body1`, ...; empty where no route has a typed body. */
  readonly module: string;
  readonly count: number;
  /** For each route the number of its validator; equal schemas share one. */
  readonly ofRoute: readonly (number | undefined)[];
  /** For each route those of the types of answers or of parts of one, in their order. */
  readonly ofAnswers: readonly (readonly number[])[];
};

const formats = ["gwl-ip", "gwl-method", "gwl-url", "gwl-arn", "gwl-accountId", "gwl-uuid"];

export function bodyValidators(ir: Ir): Validators {
  const known = new Map<string, { readonly schema: JsonSchema; readonly number: number }>();
  const numberOf = (type: Type): number => {
    const schema = jsonSchema(type);
    const key = JSON.stringify(schema);
    const entry = known.get(key) ?? { schema, number: known.size };
    known.set(key, entry);
    return entry.number;
  };
  const ofRoute = ir.routes.map(({ body }) => (body === undefined ? undefined : numberOf(body)));
  const ofAnswers = ir.routes.map((route) => typesOfAnswers(route).map(numberOf));
  const schemas = [...known.values()].map(({ schema }) => schema);
  return { module: schemas.length === 0 ? "" : validatorModule(schemas), count: schemas.length, ofRoute, ofAnswers };
}

function typesOfAnswers({ returned, target }: IrRoute): readonly Type[] {
  const typed = target.kind === "compose" ? target.composed.parts : (returned?.types ?? []);
  return typed.map(({ type }) => type);
}

/** Fails at the first fault, so that a body full of faults costs no more than a good one; the runtime lists them. */
function validatorModule(schemas: readonly JsonSchema[]): string {
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true, formats: new Name("bodyFormats") },
    allowUnionTypes: true,
    messages: false,
    meta: false,
    validateSchema: false,
    ownProperties: schemas.some(namesInherited),
    strictRequired: false,
  });
  for (const format of formats) ajv.addFormat(format, () => true);
  const names: Record<string, string> = {};
  for (const [number, schema] of schemas.entries()) {
    ajv.addSchema(schema, `schema${number}`);
    names[`body${number}`] = `schema${number}`;
  }
  return withRuntime(standalone.default(ajv, names));
}

/** Members that every object inherits, such as `constructor`: only where a type names one need its members be told from those that are inherited, which takes a third longer. */
function namesInherited(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  return Object.entries(schema).some(
    ([name, part]) => (name === "properties" && Object.keys(part as object).some((member) => member in {})) || namesInherited(part),
  );
}

/** Whole lines, since a quoted text has no line ends: what looks like one of these inside a user's pattern stays as it is. */
const lengthFunction = /^(const func\d+ = )require\("ajv\/dist\/runtime\/ucs2length"\)\.default;$/gm;
const equalFunction = /^(const func\d+ = )require\("ajv\/dist\/runtime\/equal"\)\.default;$/gm;
/** Ajv notes the elements of a set in an object, in which `__proto__` would get lost. */
const seenElements = /^(const indices\d+ = )\{\};$/gm;
/** Half of the code would say what is wrong where; the runtime says that better, and asks for yes or no only. */
const describedErrors = /^validate\d+\.errors = \[\{.*\}\];\n/gm;

/** Our functions in the place of Ajv's, so that the module needs the runtime's door only. */
function withRuntime(module: string): string {
  const text = module
    .replace(/^"use strict";/, "")
    .replace(lengthFunction, "$1codePoints;")
    .replace(equalFunction, "$1sameJson;")
    .replace(seenElements, "$1Object.create(null);")
    .replace(describedErrors, "");
  const names = ["bodyFormats", "codePoints", "sameJson"].filter((name) => new RegExp(`^const \\w+ = ${name}\\b`, "m").test(text));
  return names.length === 0 ? text : `import { ${names.join(", ")} } from ${JSON.stringify("gwl/runtime")};\n${text}`;
}
