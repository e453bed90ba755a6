/** `lambda`: which function and where is late. */
import type { BackendEmission } from "./backend-emission.ts";

export const lambda: BackendEmission<"lambda"> = {
  door: "lambdaBackend",
  data: ({ name, payload, stream, timeout }) => ({ kind: "lambda", name, payload, stream, timeout }),
  late: ({ function: called, region, endpoint }) => [
    ["function", [called]],
    ["region", region === undefined ? [] : [region]],
    ["endpoint", endpoint === undefined ? [] : [endpoint]],
  ],
};
