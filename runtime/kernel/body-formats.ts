/** What the validators of typed bodies call: texts with a form, as the JSON Schemas of the compiler name them, and comparison of JSON values. */
import type { ScalarValueKind } from "../contract/value-type.ts";
import { fits } from "./fits.ts";
import { equal } from "./operators.ts";

type TextKind = Extract<ScalarValueKind, "ip" | "method" | "url" | "arn" | "accountId" | "uuid">;

export const bodyFormats: { readonly [Kind in TextKind as `gwl-${Kind}`]: (text: string) => boolean } = {
  "gwl-ip": (text) => fits({ kind: "ip" }, text),
  "gwl-method": (text) => fits({ kind: "method" }, text),
  "gwl-url": (text) => fits({ kind: "url" }, text),
  "gwl-arn": (text) => fits({ kind: "arn" }, text),
  "gwl-accountId": (text) => fits({ kind: "accountId" }, text),
  "gwl-uuid": (text) => fits({ kind: "uuid" }, text),
};

/** Members in any order. */
export const sameJson = equal;
