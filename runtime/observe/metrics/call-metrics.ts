/** The figures of calls. Names and labels are stable: the manual lists them, dashboards and alerts ask for them. */
import type { CallRecord, PartNote } from "../call-record.ts";
import { counter, type Family, gauge, histogram } from "./families.ts";
import { limitMetrics } from "./limit-metrics.ts";
import { callerName, type Measured } from "./measured.ts";
import { noteMetrics } from "./note-metrics.ts";
import { mostNames, openNumbering } from "./numbering.ts";

export type CallMetrics = {
  readonly begun: () => void;
  readonly ended: (record: CallRecord) => void;
  readonly families: () => readonly Family[];
};

/** A status has at most three digits. */
const statuses = 1_000;
const words = mostNames;

export function callMetrics(measured: Measured, buckets: readonly number[]): CallMetrics {
  const { routes, callers } = measured;
  const { causes, faults, backends, ...figures } = callFigures(measured, buckets);
  const { requests, refusals, faulty, cut, received, sent, inFlight, whole, own, authorizer, backend } = figures;
  const notes = noteMetrics(measured);
  const limits = limitMetrics(measured);
  inFlight.set(0, 0);
  return {
    begun: () => inFlight.add(0, 1),
    ended: (record) => {
      inFlight.add(0, -1);
      const { outcome, fault, status, duration, backendTime } = record;
      const decision = outcome?.decision;
      const route = routes.numberOf(decision?.route);
      const caller = decision?.principal === undefined ? 0 : callers.numberOf(callerName(decision.principal));
      requests.add((caller * routes.count + route) * statuses + status);
      if (decision?.effect === "deny") {
        refusals.add(route * words + causes.numberOf(decision.cause));
        limits.refused(decision, route);
      }
      const called = backends.numberOf(record.backend);
      const failing = record.notes.parts?.filter(isFailing) ?? [];
      for (const part of failing) faulty.add((route * words + backends.numberOf(part.backend)) * words + faults.numberOf(part.fault));
      if (fault !== undefined && failing.length === 0) faulty.add((route * words + called) * words + faults.numberOf(fault));
      if (record.isCut) cut.add(route);
      if (record.bytesIn > 0) received.add(route, record.bytesIn);
      if (record.bytesOut > 0) sent.add(route, record.bytesOut);
      notes.ended(record, route, caller);
      // How long a WebSocket stays open says nothing of how quick anything is.
      if (record.notes.websocket !== undefined) return;
      const asking = authorizerTime(record);
      whole.observe(route, duration / 1_000);
      own.observe(route, (duration - backendTime - asking) / 1_000);
      if (asking > 0) authorizer.observe(route, asking / 1_000);
      for (const part of record.notes.parts ?? []) backend.observe(route * words + backends.numberOf(part.backend), part.time / 1_000);
      if (record.backend !== undefined) backend.observe(route * words + called, backendTime / 1_000);
    },
    families: () => [...Object.values(figures).map((one) => one.family()), ...limits.families(), ...notes.families()],
  };
}

/** Also where the answer does without it; one that was broken off is not its backend's fault. */
function isFailing({ fault }: PartNote): boolean {
  return fault !== undefined && fault !== "broken-off";
}

/** Milliseconds; a call that ended while callers were asked was asked until its end. */
export function authorizerTime({ phases, duration }: Pick<CallRecord, "phases" | "duration">): number {
  if (phases?.authenticate === undefined) return 0;
  return (phases.decide ?? duration) - phases.authenticate;
}

/** In the order in which they are told. Keys of series hold the numbers of what their labels name, the last one lowest. */
function callFigures({ routes, callers, ofRoute, always }: Measured, buckets: readonly number[]) {
  const causes = openNumbering();
  const faults = openNumbering();
  const backends = openNumbering();

  const requests = counter("gwl_requests_total", "Calls that have ended, by what was answered; status 0: none was.", (key) => ({
    ...ofRoute(Math.floor(key / statuses) % routes.count),
    principal: callers.nameOf(Math.floor(key / statuses / routes.count)) || "none",
    status: String(key % statuses),
  }));
  const refusals = counter("gwl_refusals_total", "Calls that the gateway refused, by cause.", (key) => ({
    ...ofRoute(Math.floor(key / words)),
    cause: causes.nameOf(key % words),
  }));
  const faulty = counter("gwl_faults_total", "Calls that failed after the decision or before one could be made, by kind.", (key) => ({
    ...ofRoute(Math.floor(key / words / words)),
    backend: backends.nameOf(Math.floor(key / words) % words),
    fault: faults.nameOf(key % words),
  }));
  const cut = counter("gwl_cut_answers_total", "Calls whose answer was not delivered whole.", ofRoute);
  const received = counter("gwl_request_body_bytes_total", "Bytes of bodies that clients sent.", ofRoute);
  const sent = counter("gwl_response_body_bytes_total", "Bytes of bodies that clients were sent.", ofRoute);
  const inFlight = gauge("gwl_requests_in_flight", "Calls that have begun and not ended.", () => always);
  const spread = (name: string, help: string): ReturnType<typeof histogram> => histogram(name, help, buckets, ofRoute);
  const whole = spread("gwl_request_duration_seconds", "From the request's head to the end of the answer.");
  const own = spread("gwl_gateway_duration_seconds", "The gateway's own part of that: all but authorizers and backend.");
  const authorizer = spread("gwl_authorizer_duration_seconds", "Making the caller known, where a route asks who calls.");
  const backend = histogram("gwl_backend_duration_seconds", "From calling the backend to its last byte.", buckets, (key) => ({
    ...ofRoute(Math.floor(key / words)),
    backend: backends.nameOf(key % words),
  }));
  return { causes, faults, backends, requests, refusals, faulty, cut, received, sent, inFlight, whole, own, authorizer, backend };
}
