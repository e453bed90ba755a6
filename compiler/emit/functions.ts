/**
 * The functions of the emitted program: one for each predicate, lookup, typed path parameter and set header, each under a
 * comment that names its line and rule. Equal parameters and equal values are one function.
 */
import type { Span } from "../../grammar/source/span.ts";
import type { Expr } from "../model/expression.ts";
import type { Type } from "../model/types.ts";
import { code, identifier, joined, literal, type Code, type Prefix } from "./code.ts";
import { placed } from "./comment.ts";
import { condition, text, value } from "./expression.ts";
import type { LabelOf, PlaceOf } from "./place.ts";
import type { Surroundings } from "./surroundings.ts";
import { isPlain } from "./table-data.ts";
import { valueType } from "./value-type.ts";
import { bareType } from "../model/bare-type.ts";

/** A function whose body is one returned expression. */
export type EmittedFunction = {
  readonly name: Code;
  readonly comment: Code;
  readonly parameters: readonly EmittedParameter[];
  readonly returns: Code;
  readonly result: Code;
};

export type EmittedParameter = { readonly name: Code; readonly type: Code };

export type FunctionWriter = {
  /** Of a request: a boolean. */
  readonly test: (expr: Expr) => Code;
  /** Of a request: the value that a lookup looks up. */
  readonly subject: (expr: Expr, keys: number) => Code;
  /** Of a request: the text of a header that is set. */
  readonly value: (expr: Expr, span: Span, label: string) => Code;
  /** Of a request: the body that is made of it. */
  readonly body: (expr: Expr, label: string) => Code;
  /** Of a request and what the backend answered: a value that is made of them. */
  readonly made: (expr: Expr, label: string) => Code;
  /** Of the text of a path segment; `undefined` where every text will do. */
  readonly parameter: (type: Type, span: Span, label: string) => Code;
  readonly written: () => readonly EmittedFunction[];
};

const call: EmittedParameter = { name: code`call`, type: code`Call` };
const segment: EmittedParameter = { name: code`segment`, type: code`string` };
const bound: EmittedParameter = { name: code`bound`, type: code`Bound` };

export function functionWriter(at: Surroundings, placeOf: PlaceOf, labelOf: LabelOf): FunctionWriter {
  const written: EmittedFunction[] = [];
  const counts = new Map<Prefix, number>();
  const shared = new Map<string, Code>();

  const add = (prefix: Prefix, note: Code, parameters: readonly EmittedParameter[], returns: Code, result: Code): Code => {
    const number = counts.get(prefix) ?? 0;
    counts.set(prefix, number + 1);
    const name = identifier(prefix, number);
    written.push({ name, comment: note, parameters, returns, result });
    return name;
  };
  const once = (prefix: Prefix, note: Code, parameters: readonly EmittedParameter[], returns: Code, result: Code): Code => {
    const key = `${prefix} ${result}`;
    const name = shared.get(key) ?? add(prefix, note, parameters, returns, result);
    shared.set(key, name);
    return name;
  };
  const note = (span: Span, label: string): Code => placed(placeOf(span), label);

  return {
    test: (expr) => {
      const result = condition(expr, at);
      return add("test", note(expr.span, labelOf(expr.span) ?? ""), read(result), code`boolean`, result);
    },
    subject: (expr, keys) => {
      const result = value(expr, at);
      return add("subject", note(expr.span, `one of ${keys}: ${labelOf(expr.span) ?? ""}`), read(result), code`unknown`, result);
    },
    value: (expr, span, label) => {
      const result = expr.type.kind === "list" ? value(expr, at) : text(expr, at);
      return once("value", note(span, label), read(result), code`unknown`, result);
    },
    body: (expr, label) => {
      const type = code`${at.use("shape")}(${at.bound}, ${at.pool.value(valueType(expr.type))})`;
      const result = code`${at.use("mappedBody")}(call, ${value(expr, at)}, ${type})`;
      return once("mapped", note(expr.span, label), [call], code`Uint8Array | undefined`, result);
    },
    made: (expr, label) => {
      const result = value(expr, at);
      return once("mapped", note(expr.span, label), read(result), code`unknown`, result);
    },
    parameter: (type, span, label) => {
      if (isPlain(type)) return code`undefined`;
      const result = parameterReading(type, at);
      const takesBound = /\bbound\b/.test(result);
      return once("parameter", note(span, label), takesBound ? [segment, bound] : [segment], code`unknown`, result);
    },
    written: () => written,
  };
}

/** A parameter that is not used is left out; `call` is never a user's word. */
function read(result: Code): readonly EmittedParameter[] {
  return /\bcall\b/.test(result) ? [call] : [];
}

function parameterReading(given: Type, at: Surroundings): Code {
  const type = bareType(given);
  const { use, pool } = at;
  switch (type.kind) {
    case "bool":
      return code`${use("readBool")}(segment)`;
    case "int": {
      const [min, max] = [type.min ?? Number.MIN_SAFE_INTEGER, type.max ?? Number.MAX_SAFE_INTEGER];
      return code`${use("readInt")}(segment, ${literal(min)}, ${literal(max)})`;
    }
    case "ip":
      return code`${use("readIp")}(segment)`;
    case "uuid":
      return code`${use("readUuid")}(segment)`;
    case "literals":
      return code`${use("readLiteral")}(segment, [${joined(
        type.values.map((one) => literalValue(one, at)),
        ", ",
      )}])`;
    case "string": {
      const lengths = code`${literal(type.minLength ?? 0)}, ${literal(type.maxLength ?? Number.MAX_SAFE_INTEGER)}`;
      if (type.pattern === undefined) return code`${use("readString")}(segment, ${lengths})`;
      return code`${use("readString")}(segment, ${lengths}, ${use("pattern")}(bound, ${pool.pattern(type.pattern)}))`;
    }
    default:
      throw new Error(`a ${type.kind} is no type of a path parameter`);
  }
}

function literalValue(one: string | number, { use, pool }: Surroundings): Code {
  return typeof one === "number" ? literal(one) : code`${use("text")}(bound, ${pool.text(one)})`;
}
