/** A name server over UDP (RFC 1035): A, AAAA and SRV records as the test has them. A name that it does not know does not exist. */
import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

export type Service = {
  readonly priority: number;
  readonly port: number;
  readonly name: string /** 1 where it is absent. */;
  readonly weight?: number;
};
export type Records = Map<
  string,
  { readonly addresses?: readonly string[]; readonly services?: readonly Service[]; readonly ttl?: number }
>;
export type DnsServer = {
  /** `ADDRESS:PORT` */
  readonly address: string;
  readonly asked: readonly string[];
  /** Says nothing any more. */
  silent: boolean;
  readonly close: () => void;
};

const types = { a: 1, srv: 33 };

export async function dnsServer(records: Records): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const server: DnsServer = {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    asked,
    silent: false,
    close: () => void socket.close(),
  };
  socket.on("message", (query, from) => {
    const { name, end } = readName(query, 12);
    const type = query.readUInt16BE(end);
    asked.push(`${name} ${type}`);
    if (!server.silent) socket.send(answer(query, end + 4, type, records.get(name)), from.port, from.address);
  });
  return server;
}

function readName(query: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

function answer(query: Buffer, end: number, type: number, found: ReturnType<Records["get"]>): Buffer {
  const data =
    found === undefined
      ? []
      : type === types.a
        ? (found.addresses ?? []).map(addressData)
        : type === types.srv
          ? (found.services ?? []).map(serviceData)
          : [];
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(found === undefined ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 6);
  head.writeUInt32BE(0, 8);
  const answers = data.map((bytes) => {
    const fixed = Buffer.alloc(12);
    fixed.writeUInt16BE(0xc00c, 0);
    fixed.writeUInt16BE(type, 2);
    fixed.writeUInt16BE(1, 4);
    fixed.writeUInt32BE(found?.ttl ?? 60, 6);
    fixed.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([fixed, bytes]);
  });
  return Buffer.concat([head, query.subarray(12, end), ...answers]);
}

function addressData(address: string): Buffer {
  return Buffer.from(address.split(".").map(Number));
}

function serviceData({ priority, port, name, weight = 1 }: Service): Buffer {
  const fixed = Buffer.alloc(6);
  fixed.writeUInt16BE(priority, 0);
  fixed.writeUInt16BE(weight, 2);
  fixed.writeUInt16BE(port, 4);
  const labels = name.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([fixed, ...labels, Buffer.from([0])]);
}
