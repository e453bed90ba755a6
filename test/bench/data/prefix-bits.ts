/** The bits of CIDR texts, written by hand so that the bench does not check the compiler with the compiler. */
export function bitsOf(prefix: string): Uint8Array {
  const [address = "", length = ""] = prefix.split("/");
  const bytes = address.includes(":") ? ipv6Bytes(address) : address.split(".").map(Number);
  return Uint8Array.from({ length: Number(length) }, (_, at) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
}

function ipv6Bytes(text: string): readonly number[] {
  const [left = "", right] = text.split("::");
  const groups = (part: string): readonly string[] => (part === "" ? [] : part.split(":"));
  const gap = right === undefined ? 0 : 8 - groups(left).length - groups(right).length;
  const all = [...groups(left), ...Array.from({ length: gap }, () => "0"), ...groups(right ?? "")];
  return all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}

/** Whether one of the prefixes holds the address, asked one length after another. */
export function holder(prefixes: readonly string[]): (address: string) => boolean {
  const keys = prefixes.map((prefix) => keyOf(bytesOf(prefix), Number(prefix.split("/")[1])));
  const known = new Set(keys);
  const lengths = [...new Set(prefixes.map((prefix) => Number(prefix.split("/")[1])))];
  return (address) => {
    const bytes = bytesOf(address);
    return lengths.some((length) => known.has(keyOf(bytes, length)));
  };
}

function bytesOf(prefix: string): readonly number[] {
  const [address = ""] = prefix.split("/");
  return address.includes(":") ? ipv6Bytes(address) : address.split(".").map(Number);
}

/** The first `length` bits as characters, and how many they are. */
function keyOf(bytes: readonly number[], length: number): string {
  const whole = length >> 3;
  const rest = length & 7;
  const last = rest === 0 ? 0 : (bytes[whole] ?? 0) & (0xff00 >> rest);
  return String.fromCharCode(length, ...bytes.slice(0, whole), last);
}
