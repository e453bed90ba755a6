/** `http`: its servers, and those that get copies. */
import { one } from "../late-setting.ts";
import type { BackendEmission } from "./backend-emission.ts";
import { lateOfServers, serversData } from "./servers.ts";

export const http: BackendEmission<"http"> = {
  door: "httpBackend",
  data: (backend) => ({ kind: "http", ...serversData(backend) }),
  late: (backend) => [...lateOfServers(backend), ...one("mirrors", backend.mirrors)],
};
