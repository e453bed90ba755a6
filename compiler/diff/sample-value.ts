/** Some value of a type, as plain as it can be. */
import type { TextsShared } from "../analyze/diff/segment-texts.ts";
import type { Type, Value } from "../model/types.ts";

const OF_SCALARS: Readonly<Partial<Record<Type["kind"], Value>>> = {
  bool: false,
  duration: 1000,
  rate: [1, 1],
  size: 1024,
  percent: 1,
  time: 0,
  timeOfDay: 0,
  ip: "192.0.2.1",
  method: "GET",
  status: 200,
  url: "http://test.invalid",
  arn: "arn:aws:execute-api:us-east-1:111122223333:test",
  accountId: "111122223333",
  uuid: "00000000-0000-4000-8000-000000000000",
};

/** Undefined where none is found. `number`: another one for another number, where there are several. */
export function sampleValue(type: Type, shared: TextsShared, number = 0): Value | undefined {
  switch (type.kind) {
    case "newtype":
      return sampleValue(type.base, shared, number);
    case "optional":
      return sampleValue(type.type, shared, number);
    case "int":
    case "decimal":
      return Math.min((type.min ?? 0) + number, type.max ?? Number.MAX_SAFE_INTEGER);
    case "string":
      return sampleText(type, shared, number);
    case "literals":
      return type.values[number % type.values.length];
    case "set":
    case "list": {
      const items = Array.from({ length: type.minSize ?? 0 }, (_, at) => sampleValue(type.element, shared, at));
      return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
    }
    case "map": {
      const members = Array.from({ length: type.minSize ?? 0 }, (_, at) => [`m${at}`, sampleValue(type.element, shared, at)] as const);
      return Object.fromEntries(members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    }
    case "record": {
      const members = type.fields.filter((field) => field.type.kind !== "optional");
      const values = members.map((field) => [field.name, sampleValue(field.type, shared)] as const);
      return Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    }
    default:
      return OF_SCALARS[type.kind];
  }
}

function sampleText(type: Type & { readonly kind: "string" }, shared: TextsShared, number: number): string | undefined {
  if (type.pattern !== undefined) {
    const found = shared(type, type);
    return found.kind === "text" ? found.text : undefined;
  }
  const text = number === 0 ? "x" : `x${number}`;
  return text.padEnd(type.minLength ?? 0, "x").slice(0, type.maxLength ?? Number.MAX_SAFE_INTEGER);
}
