/** A gateway compiled from its text and served over real sockets, before a backend that the test brings. */
import type { RequestListener } from "node:http";
import { compose } from "../../runtime/hosts/node/compose/compose.ts";
import { compress } from "../../runtime/hosts/node/compress.ts";
import { managedHttpBackend } from "../../runtime/hosts/node/upstream/managed-backend.ts";
import { readWhole } from "../../runtime/hosts/node/upstream/whole-answer.ts";
import type { AccessEntry } from "../../runtime/observe/access-entry.ts";
import type { World } from "../../runtime/contract/world.ts";
import { serveText } from "../emit/serve-text.ts";
import { httpBackend, portOf } from "../runtime/hosts/served.ts";

export type OpenGateway = {
  readonly port: number;
  readonly faults: readonly unknown[];
  /** Lines of the log. */
  readonly entries: readonly AccessEntry[];
  readonly close: () => Promise<void>;
};

/** `text` may use `BACKEND`, the backend's URL, and `NOWHERE`, where nobody listens. */
export async function openGateway(text: string, listener: RequestListener, world: Partial<World> = {}): Promise<OpenGateway> {
  const backend = await httpBackend(listener);
  const source = `gwl 1\nenv BACKEND: Url\nenv NOWHERE: Url = "http://127.0.0.1:1"\n${text}`;
  const variables = { BACKEND: `http://127.0.0.1:${portOf(backend)}` };
  const options = { port: 0, compress, compose, readWhole, backends: { http: managedHttpBackend } };
  const { serving, log, faults } = await serveText(source, { variables, world, options });
  const close = async (): Promise<void> => {
    await serving.stop(0);
    backend.closeAllConnections();
    backend.close();
  };
  return { port: serving.port, faults, entries: log, close };
}
