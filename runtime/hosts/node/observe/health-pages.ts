/** Health in three questions: does the process live, has it started, is it of use (as Kubernetes asks them). */
import type { Readiness } from "../../../observe/readiness.ts";
import type { Page } from "./observe-door.ts";

export type HealthState = { readonly hasStarted: () => boolean; readonly isStopping: () => boolean; readonly readiness: Readiness };

export function healthPages({ hasStarted, isStopping, readiness }: HealthState): ReadonlyMap<string, () => Promise<Page>> {
  return new Map<string, () => Promise<Page>>([
    ["/-/live", () => Promise.resolve(page(true, { status: "live" }))],
    ["/-/started", () => Promise.resolve(page(hasStarted(), { status: hasStarted() ? "started" : "starting" }))],
    ["/-/ready", () => ready({ hasStarted, isStopping, readiness })],
  ]);
}

/** What is missing is told by the program's names. */
async function ready({ hasStarted, isStopping, readiness }: HealthState): Promise<Page> {
  if (isStopping()) return page(false, { status: "stopping" });
  if (!hasStarted()) return page(false, { status: "starting" });
  const checks = await readiness.results();
  const isReady = checks.every(({ problem }) => problem === undefined);
  return page(isReady, { status: isReady ? "ready" : "not ready", checks });
}

function page(isGood: boolean, body: object): Page {
  return { status: isGood ? 200 : 503, contentType: "application/json", text: `${JSON.stringify(body)}\n` };
}
