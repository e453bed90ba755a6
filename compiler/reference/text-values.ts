/** Text from the environment and from paths, read by its type (D13, D26, D41). Knows nothing of where the text came from. */
import type { Type, Value } from "../model/types.ts";
import { baseOf } from "./base-type.ts";
import { fit, type Misfit } from "./fitting.ts";
import type { Json } from "./json.ts";

/** Undefined: no value of the type, its constraints included. */
export function readText(type: Type, text: string): Value | undefined {
  const json = jsonOf(type, text);
  const misfits: Misfit[] = [];
  const value = json === undefined ? undefined : fit(type, json, misfits);
  return misfits.length === 0 ? value : undefined;
}

/** A path says each number in one way only. */
export function readPathText(type: Type, text: string): Value | undefined {
  const isLoose = baseOf(type).kind === "int" && !/^(?:0|-?[1-9][0-9]*)$/.test(text);
  return isLoose ? undefined : readText(type, text);
}

const DURATIONS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZES = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

function jsonOf(declared: Type, text: string): Json | undefined {
  const type = baseOf(declared);
  switch (type.kind) {
    case "bool":
      return text === "true" || (text === "false" ? false : undefined);
    case "int":
      return /^-?[0-9]+(?:_[0-9]+)*$/.test(text) ? Number(text.replaceAll("_", "")) : undefined;
    case "decimal":
      return /^-?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?$/.test(text) ? Number(text.replaceAll("_", "")) : undefined;
    case "percent":
      return /^[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?%$/.test(text) ? Number(text.slice(0, -1).replaceAll("_", "")) : undefined;
    case "duration":
      return wholeUnits(text, DURATIONS);
    case "size":
      return wholeUnits(text, SIZES);
    case "literals":
      return type.values.find((value) => String(value) === text);
    default:
      return text;
  }
}

/** `1.5s` as 1500: exact, so that no rounding decides. */
function wholeUnits(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, whole, fraction = "", name = ""] = /^([0-9]+(?:_[0-9]+)*)(?:\.([0-9]+))?([A-Za-z]+)$/.exec(text) ?? [];
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  if (whole === undefined || unit === undefined) return undefined;
  const scaled = BigInt(whole.replaceAll("_", "") + fraction) * BigInt(unit);
  const parts = 10n ** BigInt(fraction.length);
  return scaled % parts === 0n ? Number(scaled / parts) : undefined;
}
