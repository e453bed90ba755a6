/** The connections of a backend to its servers. Of those that rest the last is used first, so that those of a busy hour end. */
import { connect as connectInClear, type OnReadOpts, type Socket } from "node:net";
import { connect as connectByTls, type ConnectionOptions } from "node:tls";
import type { Endpoint } from "../endpoint.ts";
import { Connection, type Rest } from "./connection.ts";

export type Pool = {
  /** `fresh`: one that has not been used, and will not be again. */
  readonly connection: (endpoint: Endpoint, fresh: boolean) => Connection;
  /** Those that rest end now, those in use with their calls. */
  readonly close: () => void;
};

/** Resting ones to one address. */
const mostResting = 1024;
/** Milliseconds after which TCP asks whether a silent server is there. */
const firstProbe = 1_000;

/** `tls`: for servers that speak it. */
export function pool(tls: ConnectionOptions): Pool {
  const places = new Map<Endpoint, Place>();
  let isClosed = false;
  const placeOf = (endpoint: Endpoint): Place => {
    const known = places.get(endpoint);
    if (known !== undefined) return known;
    // Addresses come and go, and are forgotten when the next ones come.
    for (const [one, { resting }] of places) if (resting.length === 0) places.delete(one);
    const place = new Place(false);
    places.set(endpoint, place);
    return place;
  };
  return {
    connection: (endpoint, fresh) => {
      const place = fresh || isClosed ? new Place(true) : placeOf(endpoint);
      return place.resting.pop() ?? opened(endpoint, tls, place);
    },
    close: () => {
      isClosed = true;
      for (const place of places.values()) place.close();
    },
  };
}

/** Where connections to one address rest, and what TLS remembers of it. */
class Place implements Rest {
  readonly resting: Connection[] = [];
  session: Buffer | undefined;
  /** Nothing rests there any more. */
  isClosed: boolean;

  constructor(isClosed: boolean) {
    this.isClosed = isClosed;
  }

  add(connection: Connection): boolean {
    if (this.isClosed || this.resting.length >= mostResting) return false;
    this.resting.push(connection);
    return true;
  }

  remove(connection: Connection, hasFailed: boolean): void {
    const at = this.resting.lastIndexOf(connection);
    if (at >= 0) this.resting.splice(at, 1);
    // A session that the server no longer wants must not stand in the way of the next connection.
    if (hasFailed) this.session = undefined;
  }

  close(): void {
    this.isClosed = true;
    for (const { socket } of this.resting) socket.destroy();
  }
}

function opened({ target, address, port }: Endpoint, tls: ConnectionOptions, place: Place): Connection {
  const to = { host: address, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: firstProbe } as const;
  if (!target.isTls) return new Connection((onread) => connectInClear({ ...to, onread }), "connect", place);
  const session = place.session === undefined ? {} : { session: place.session };
  const byTls = { servername: target.isAddress ? "" : target.hostname, ...tls, ...to, ...session };
  const open = (onread: OnReadOpts): Socket => connectByTls(readingBy(byTls, onread));
  const connection = new Connection(open, "secureConnect", place);
  connection.socket.on("session", (known: Buffer) => {
    place.session = known;
  });
  return connection;
}

/** As Node documents it for connections that it opens by itself; its types do not know it. */
function readingBy(options: ConnectionOptions, onread: OnReadOpts): ConnectionOptions & { readonly onread: OnReadOpts } {
  return { ...options, onread };
}
