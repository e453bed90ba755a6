/** How long each phase of a call may take. `timeout` is short for the first byte and each next one. */
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { HttpTimeouts } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { readSettings, type SettingsRead } from "../../../settings.ts";
import type { SettingShapes } from "../../../setting-shape.ts";
import { backendTimeout } from "../backend.diagnostics.ts";
import { bounded, times } from "./bounded.ts";
import { totalTooShort } from "./http.diagnostics.ts";

const duration = { form: "constant", type: { kind: "duration" } } as const;
export const TIMEOUT_SETTINGS = {
  connect: { ...duration, doc: "until a connection stands, TLS included", byDefault: "`5s`, or `timeout` where that is less" },
  first_byte: { ...duration, doc: "from the last byte of the request to the first of the answer", byDefault: "`timeout`" },
  idle: { ...duration, doc: "between any two bytes of the answer", byDefault: "`timeout`" },
  total: { ...duration, doc: "for the whole call, all attempts together", byDefault: "no bound" },
} as const satisfies SettingShapes;

const USUAL = 30_000;
const USUAL_CONNECT = 5_000;
const LONGEST = 3_600_000;

type Values = {
  readonly timeout: SettingsRead<{ readonly timeout: typeof duration & { readonly doc: string } }>["values"]["timeout"];
  readonly timeouts: SettingsRead<{ readonly timeouts: { readonly form: "block"; readonly doc: string } }>["values"]["timeouts"];
};

export function readTimeouts({ timeout, timeouts }: Values, context: CheckContext): HttpTimeouts {
  const usual = typeof timeout?.value === "number" ? timeout.value : USUAL;
  if (timeout !== undefined && (usual < 1 || usual > LONGEST)) {
    context.report(finding(backendTimeout, timeout.span, { written: `\`${context.written(timeout.span)}\`` }));
  }
  const values = timeouts && readSettings(timeouts, TIMEOUT_SETTINGS, { owner: "`timeouts`", head: timeouts.span }, context).values;
  const read = (name: Exclude<keyof typeof TIMEOUT_SETTINGS, "total">, otherwise: number): number =>
    bounded(values?.[name], { ...times, what: `\`${name}\`` }, otherwise, context);
  const phases = {
    connect: read("connect", Math.min(usual, USUAL_CONNECT)),
    firstByte: read("first_byte", usual),
    idle: read("idle", usual),
  };
  if (values?.total === undefined) return phases;
  const total = bounded(values.total, { ...times, what: "`total`" }, LONGEST, context);
  for (const phase of ["connect", "first_byte"] as const) {
    const written = values[phase];
    if (written !== undefined && Number(written.value) > total)
      context.report(finding(totalTooShort, values.total.span, { total: `\`${context.written(values.total.span)}\``, phase }));
  }
  return { ...phases, total };
}
