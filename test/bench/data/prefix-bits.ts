/** The bits of CIDR texts, written by hand so that the bench does not check the compiler with the compiler. */
export function bitsOf(prefix: string): Uint8Array {
  const [address = "", length = ""] = prefix.split("/");
  const bytes = address.includes(":") ? ipv6Bytes(address) : address.split(".").map(Number);
  return Uint8Array.from({ length: Number(length) }, (_, at) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
}

export function addressBits(address: string): Uint8Array {
  return bitsOf(`${address}/${address.includes(":") ? 128 : 32}`);
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
  const known = new Set(prefixes.map((prefix) => bitsOf(prefix).join("")));
  const lengths = [...new Set(prefixes.map((prefix) => Number(prefix.split("/")[1])))];
  return (address) => {
    const bits = addressBits(address).join("");
    return lengths.some((length) => known.has(bits.slice(0, length)));
  };
}
