/** A gateway whose doors speak HTTP/2, compiled from its text and served over real sockets; and a client of HTTP/2 that trusts it. */
import type { Server } from "node:http";
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http2";
import { http2Doors } from "../../../runtime/hosts/node/http2/http2-doors.ts";
import { openListener } from "../../../runtime/hosts/node/listener.ts";
import { overload, type OverloadLimits } from "../../../runtime/hosts/node/overload.ts";
import type { ServeOptions, Serving } from "../../../runtime/hosts/node/serve.ts";
import { http2Backend } from "../../../runtime/hosts/node/upstream/http2-backend.ts";
import type { CallRecord } from "../../../runtime/observe/call-record.ts";
import type { AccessEntry } from "../../../runtime/observe/access-entry.ts";
import type { HostEvent } from "../../../runtime/observe/observer.ts";
import { certificate, pemFolder, serverAuth } from "../../harness/certificates.ts";
import { serveText } from "../../emit/serve-text.ts";

export type Http2Gateway = {
  readonly serving: Serving;
  /** Of the entry, or without a name of the gateway's own door. */
  readonly port: (entry?: string) => number;
  /** The authority that its certificate leads to; PEM. */
  readonly ca: string;
  readonly log: readonly AccessEntry[];
  readonly records: readonly CallRecord[];
  readonly events: readonly HostEvent[];
  readonly faults: readonly unknown[];
};

/** `text`: may use `CERT` and `KEY`, the paths of a certificate for `gateway.example`. */
export async function http2Gateway(text: string, most?: Partial<OverloadLimits>): Promise<Http2Gateway> {
  const authority = await certificate({ subject: "CN=Servers", isAuthority: true });
  const server = await certificate({
    subject: "CN=gateway.example",
    by: authority,
    uses: [serverAuth],
    names: [{ type: "dns", value: "gateway.example" }],
  });
  const pem = pemFolder();
  const variables = { CERT: pem.write("cert.pem", server.pem), KEY: pem.write("key.pem", server.key) };
  const [records, events]: [CallRecord[], HostEvent[]] = [[], []];
  const options: Partial<ServeOptions> = {
    openListener,
    http2Doors,
    backends: { http: http2Backend },
    ...(most && { overload: overload({ delay: 60_000, calls: 10_000, ...most }, () => {}) }),
    observers: [
      {
        begun: () => {},
        ended: (record) => void records.push(record),
        happened: (event) => void events.push(event),
        wantsPhases: false,
      },
    ],
  };
  const { serving, log, faults } = await serveText(`gwl 1\nenv CERT: String\nenv KEY: String\n${text}`, { variables, options });
  const port = (entry?: string): number => serving.doors.find((door) => door.entry === entry)?.port ?? 0;
  return { serving, port, ca: authority.pem, log, records, events, faults };
}

/** A gateway and the backend before which it stands. */
export async function stopBoth({ serving }: Http2Gateway, backend: Server): Promise<void> {
  await serving.stop(0);
  backend.closeAllConnections();
  backend.close();
}

export type Client = { readonly session: ClientHttp2Session; readonly goaways: number[]; readonly close: () => void };

export function clientOf(gateway: Http2Gateway, entry?: string): Client {
  const isTls = entry !== undefined;
  const tls = isTls ? { ca: gateway.ca, servername: "gateway.example" } : {};
  const session = connect(`${isTls ? "https" : "http"}://127.0.0.1:${gateway.port(entry)}`, tls);
  const goaways: number[] = [];
  session.on("error", () => {}).on("goaway", (code) => goaways.push(code));
  return { session, goaways, close: () => session.destroy() };
}

export type Answered = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders;
  readonly body: string;
  /** How the stream ended; 0: well. */
  readonly code: number;
};

/** One call. `write`: in place of a body that is sent at once. */
export function ask(
  { session }: Client,
  headers: OutgoingHttpHeaders,
  body?: string | ((stream: ClientHttp2Stream) => void),
): Promise<Answered> {
  return new Promise((resolve) => {
    const stream = session.request({ ":authority": "gateway.example", ...headers }, { endStream: body === undefined });
    let [status, text]: [number, string] = [0, ""];
    let [answered, trailers]: [IncomingHttpHeaders, IncomingHttpHeaders] = [{}, {}];
    stream.on("response", (fields) => {
      answered = fields;
      status = Number(fields[":status"]);
    });
    stream.on("trailers", (fields) => (trailers = fields));
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    stream.on("error", () => {});
    stream.on("close", () => resolve({ status, headers: answered, trailers, body: text, code: stream.rstCode ?? -1 }));
    if (typeof body === "string") stream.end(body);
    else body?.(stream);
  });
}
