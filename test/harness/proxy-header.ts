/** PROXY protocol headers, version 2, as load balancers write them: for the other side of the parser. */
import { isIP } from "node:net";

export type V2 = {
  readonly command?: number;
  readonly family?: number;
  readonly source?: string;
  readonly target?: string;
  /** In place of the two. */
  readonly addresses?: Uint8Array;
  readonly extras?: readonly Uint8Array[];
  readonly sum?: "right" | "wrong";
};

const signature = Buffer.from("0d0a0d0a000d0a515549540a", "hex");

export function headerV2({ command = 0x21, family, source = "", target = "", addresses, extras = [], sum }: V2): Buffer {
  const isV4 = isIP(source) === 4;
  const block = addresses ?? Buffer.concat([addressBytes(source), addressBytes(target), Buffer.from([0xdc, 0x04, 0x01, 0xbb])]);
  const values = Buffer.concat(sum === undefined ? extras : [...extras, tlv(0x03, new Uint8Array(4))]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(block.length + values.length);
  const header = Buffer.concat([signature, Buffer.from([command, family ?? (isV4 ? 0x11 : 0x21)]), length, block, values]);
  if (sum !== undefined) header.writeUInt32BE((castagnoli(header) ^ (sum === "wrong" ? 1 : 0)) >>> 0, header.length - 4);
  return header;
}

export function tlv(type: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(3);
  head[0] = type;
  head.writeUInt16BE(value.length, 1);
  return Buffer.concat([head, value]);
}

/** `vpce-...` as AWS load balancers tell it. */
export function endpointTlv(id: string): Buffer {
  return tlv(0xea, Buffer.from(`\x01${id}`, "latin1"));
}

function addressBytes(text: string): Buffer {
  if (isIP(text) === 4) return Buffer.from(text.split(".").map(Number));
  const [left = "", right] = text.split("::");
  const words = (part: string | undefined): string[] => (part === undefined || part === "" ? [] : part.split(":"));
  const missing = 8 - words(left).length - words(right).length;
  const all = [...words(left), ...Array.from({ length: right === undefined ? 0 : missing }, () => "0"), ...words(right)];
  return Buffer.from(all.map((word) => word.padStart(4, "0")).join(""), "hex");
}

/** Bit by bit, as the polynomial is written. */
function castagnoli(bytes: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const isSet = ((rest ^ (byte >> bit)) & 1) === 1;
      rest = isSet ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
    }
  }
  return (rest ^ 0xffff_ffff) >>> 0;
}
