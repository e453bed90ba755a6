/** The kinds of backends, each with its meaning. */
import type { Backend } from "../model/program.ts";
import type { BackendBinder, BoundBackend } from "./backend.ts";
import { respond } from "./forward.ts";
import { bindHttpBackend } from "./http-backend.ts";
import { bindLambdaBackend } from "./lambda-backend.ts";
import { bindWebsocketBackend } from "./websocket.ts";

export function bindBackend(backend: Backend, binder: BackendBinder): BoundBackend {
  switch (backend.kind) {
    case "http":
      return bindHttpBackend(backend, binder);
    case "lambda":
      return bindLambdaBackend(backend, binder);
    case "respond":
      return { name: backend.name, answer: (forwarding) => respond(backend.response, forwarding) };
    case "websocket":
      return bindWebsocketBackend(backend, binder);
    default:
      return backend satisfies never;
  }
}
