/** Headers that a route sets (D47): put into their order once for each route, so that a call only asks for their values. */
import type { Call } from "./call.ts";
import type { Subject } from "./diagram.ts";
import { isSettable } from "./forward.ts";
import type { SetHeader } from "./running-backend.ts";

/** Sorted by name. */
export type HeaderSetters = readonly (readonly [name: string, value: Subject])[];

export function headerSetters(names: readonly string[], values: readonly Subject[]): HeaderSetters {
  if (names.length === 0) return noSetters;
  const setters = names.map((name, at) => [name, values[at] ?? absent] as const);
  return setters.sort(([left], [right]) => (left < right ? -1 : 1));
}

const absent: Subject = () => undefined;
const noSetters: HeaderSetters = [];
const nothing: readonly SetHeader[] = [];

/** Sorted by name. Undefined: a value cannot stand in a header. */
export function headersSet(setters: HeaderSetters, call: Call): readonly SetHeader[] | undefined {
  if (setters.length === 0) return nothing;
  const headers: SetHeader[] = [];
  for (const [name, value] of setters) addTo(headers, name, value(call));
  for (const [, value] of headers) if (value !== undefined && !isSettable(value)) return undefined;
  return headers;
}

/** A list of none removes the name, as an absent text does. */
function addTo(headers: SetHeader[], name: string, value: unknown): void {
  if (Array.isArray(value) && value.length > 0) for (const one of value) headers.push([name, String(one)]);
  else headers.push([name, typeof value === "string" ? value : undefined]);
}
