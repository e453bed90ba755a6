/** The address space cut at the borders of two versions: addresses of one joint class are in one class of each. */
import type { AddressSet } from "../../model/address-ranges.ts";
import { addressText } from "../../model/address-text.ts";
import type { AddressClasses } from "../../model/ir.ts";

export type JointClass = { readonly before: number; readonly after: number; readonly addresses: AddressSet };

export function jointClasses(before: AddressClasses, after: AddressClasses): readonly JointClass[] {
  const joint = new Map<string, { before: number; after: number; ipv4: number[]; ipv6: bigint[] }>();
  const of = (left: number, right: number): { ipv4: number[]; ipv6: bigint[] } => {
    const key = `${left} ${right}`;
    const known = joint.get(key) ?? { before: left, after: right, ipv4: [], ipv6: [] };
    joint.set(key, known);
    return known;
  };
  eachPiece(before.ipv4, after.ipv4, 2 ** 32, (left, right, start, end) => append(of(left, right).ipv4, start, end));
  eachPiece(bigStarts(before.ipv6), bigStarts(after.ipv6), 1n << 128n, (left, right, start, end) =>
    append(of(left, right).ipv6, start, end),
  );
  return [...joint.values()].map(({ before: left, after: right, ipv4, ipv6 }) => ({
    before: left,
    after: right,
    addresses: { ipv4, ipv6 },
  }));
}

/** Canonical text of the lowest address, IPv4 before IPv6; undefined where there is none. */
export function lowestAddress({ ipv4, ipv6 }: AddressSet): string | undefined {
  if (ipv4[0] !== undefined) return addressText({ family: "ipv4", value: ipv4[0] });
  return ipv6[0] === undefined ? undefined : addressText({ family: "ipv6", value: ipv6[0] });
}

type Ranges<N> = { readonly starts: readonly N[]; readonly classes: readonly number[] };

function bigStarts({ starts, classes }: AddressClasses["ipv6"]): Ranges<bigint> {
  return { starts: starts.map((start) => BigInt(`0x${start}`)), classes };
}

function eachPiece<N extends number | bigint>(
  before: Ranges<N>,
  after: Ranges<N>,
  end: N,
  visit: (before: number, after: number, start: N, end: N) => void,
): void {
  let left = 0;
  let right = 0;
  let start = before.starts[0];
  while (start !== undefined && start < end) {
    const nextLeft = before.starts[left + 1] ?? end;
    const nextRight = after.starts[right + 1] ?? end;
    const next: N = nextLeft < nextRight ? nextLeft : nextRight;
    visit(before.classes[left] ?? 0, after.classes[right] ?? 0, start, next);
    if (nextLeft === next) left++;
    if (nextRight === next) right++;
    start = next;
  }
}

/** Ranges come in their order; one that begins where the last one ends makes it longer. */
function append<N extends number | bigint>(bounds: N[], start: N, end: N): void {
  if (bounds.at(-1) === start) bounds.pop();
  else bounds.push(start);
  bounds.push(end);
}
