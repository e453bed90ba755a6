/** A gateway compiled from GWL, served on loopback before backends that the test gives. `backend` is what stands in the braces of `http`. */
import { http2Backend } from "../../../runtime/hosts/node/upstream/http2-backend.ts";
import type { HostEvent } from "../../../runtime/observe/observer.ts";
import { nobody } from "../../../runtime/observe/observer.ts";
import type { AccessEntry } from "../../../runtime/observe/access-entry.ts";
import { serveText } from "../../emit/serve-text.ts";

export type Before = {
  readonly port: number;
  readonly log: readonly AccessEntry[];
  readonly faults: readonly unknown[];
  readonly events: readonly HostEvent[];
  readonly close: () => Promise<void>;
};

export async function gatewayBefore(backend: string, more = ""): Promise<Before> {
  const text = `gwl 1
${more}
backend main = http { ${backend} }
gateway test { listen 8080, limits { idle_timeout: 5s } }
ANY "/{rest: Rest}" -> main { public because "a test" }
`;
  const events: HostEvent[] = [];
  const options = {
    port: 0,
    backends: { http: http2Backend },
    observers: [{ ...nobody, happened: (event: HostEvent) => void (isOfBackend(event) && events.push(event)) }],
  };
  const { serving, log, faults } = await serveText(text, { options });
  return { port: serving.port, log, faults, events, close: () => serving.stop(0) };
}

function isOfBackend({ kind }: HostEvent): boolean {
  return kind === "breaker" || kind === "target";
}
