/** The figures of what belongs to no single call: connections, breakers, targets, releases that stopped, lists of networks, WebSockets, answers that are kept. */
import type { HostEvent } from "../observer.ts";
import { cacheMetrics } from "./cache-metrics.ts";
import { counter, type Family, gauge, type Labels } from "./families.ts";
import { listMetrics } from "./list-metrics.ts";
import type { Measured } from "./measured.ts";
import { mostNames, openNumbering } from "./numbering.ts";
import { websocketMetrics } from "./websocket-metrics.ts";

export type HostEventMetrics = { readonly happened: (event: HostEvent) => void; readonly families: () => readonly Family[] };

const words = mostNames;
const states = ["closed", "half-open", "open"] as const;

export function hostMetrics(measured: Measured): HostEventMetrics {
  const { names, connections, opened, rare } = hostFigures(measured);
  const { doors, faults, backends, targets, releases } = names;
  const { refused, breakers, turns, up, stopped } = rare;
  const sockets = websocketMetrics(measured);
  const cache = cacheMetrics(measured);
  const lists = listMetrics(measured);
  const toldRare = (): readonly Family[] =>
    Object.values(rare)
      .map((one) => one.family())
      .filter(({ values }) => values.length > 0);

  return {
    happened: (event) => {
      switch (event.kind) {
        case "connection-opened":
          opened.add(doors.numberOf(event.door));
          return connections.add(doors.numberOf(event.door), 1);
        case "connection-closed":
          return connections.add(doors.numberOf(event.door), -1);
        case "connection-refused":
          return refused.add(doors.numberOf(event.door) * words + faults.numberOf(event.fault));
        case "breaker": {
          const first = backends.numberOf(event.backend) * states.length;
          for (const [at, state] of states.entries()) breakers.set(first + at, state === event.state ? 1 : 0);
          return turns.add(first + states.indexOf(event.state));
        }
        case "target":
          return up.set(backends.numberOf(event.backend) * words + targets.numberOf(event.target), event.isHealthy ? 1 : 0);
        case "list":
          return lists.happened(event);
        case "websocket-opened":
        case "websocket-moved":
        case "websocket-closed":
          return sockets.happened(event);
        case "cache":
          return cache.happened(event);
        case "release-stopped":
          return stopped.add(releases.numberOf(event.release));
      }
    },
    families: () => [connections.family(), opened.family(), ...toldRare(), ...sockets.families(), ...cache.families(), ...lists.families()],
  };
}

function hostFigures({ always }: Measured) {
  const doors = openNumbering();
  const faults = openNumbering();
  const backends = openNumbering();
  const targets = openNumbering();
  const releases = openNumbering();

  const ofDoor = (key: number): Labels => ({ ...always, entry: doors.nameOf(key) });
  const connections = gauge("gwl_connections", "Connections of clients that are open; entry is empty at the gateway's own door.", ofDoor);
  const opened = counter("gwl_connections_opened_total", "Connections of clients that were opened.", ofDoor);
  const refused = counter("gwl_connections_refused_total", "Connections that ended before any request, by what was wrong.", (key) => ({
    ...ofDoor(Math.floor(key / words)),
    fault: faults.nameOf(key % words),
  }));
  const ofState = (key: number): Labels => ({
    ...always,
    backend: backends.nameOf(Math.floor(key / states.length)),
    state: states[key % states.length] ?? "",
  });
  const breakers = gauge("gwl_breaker_state", "1 for the state that the circuit breaker of a backend is in.", ofState);
  const turns = counter("gwl_breaker_changes_total", "Changes of a circuit breaker, by the state that it came to.", ofState);
  const up = gauge("gwl_backend_target_up", "1 for a target of a backend that is healthy, 0 for one that is not.", (key) => ({
    ...always,
    backend: backends.nameOf(Math.floor(key / words)),
    target: targets.nameOf(key % words),
  }));
  const stopped = counter("gwl_releases_stopped_total", "Releases that stopped by themselves.", (key) => ({
    ...always,
    release: releases.nameOf(key),
  }));
  const rare = { refused, breakers, turns, up, stopped };
  return { names: { doors, faults, backends, targets, releases }, connections, opened, rare };
}
