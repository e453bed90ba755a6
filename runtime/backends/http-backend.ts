/** A started `http` backend: its targets checked, since no compiler could, and the request that one of them gets. */
import type { HttpBackendData } from "../contract/backend-data.ts";
import { canonicalHost } from "../kernel/canonical-host.ts";
import { shown } from "../kernel/configuration.ts";
import { forwardPlan } from "../kernel/forward-plan.ts";
import type { BackendBrought, RunningBackend } from "../kernel/running-backend.ts";

export function httpBackend({ name, timeout }: HttpBackendData, { late }: BackendBrought, problems: string[]): RunningBackend {
  const targets = (late["targets"] ?? []).map((target) => readTarget(target, name, problems));
  return {
    host: { kind: "http", name, targets, timeout },
    plan: (call, passing) => forwardPlan(name, call, passing),
  };
}

/** `http://HOST[:PORT][/BASE]` */
function readTarget(value: unknown, backend: string, problems: string[]): string {
  const text = String(value ?? "");
  const parts = /^http:\/\/([^/]+)(?:\/[!-"$->@-~]*)?$/.exec(text);
  if (value !== undefined && canonicalHost(parts?.[1] ?? "") === undefined)
    problems.push(`a target of backend \`${backend}\` is ${shown(text)}: expected \`http://HOST[:PORT][/BASE]\` without a query`);
  return text;
}
