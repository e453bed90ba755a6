/** `http`: targets are late. */
import type { BackendEmission } from "./backend-emission.ts";

export const http: BackendEmission<"http"> = {
  door: "httpBackend",
  data: ({ name, timeout }) => ({ kind: "http", name, timeout }),
  late: ({ targets }) => [["targets", targets]],
};
