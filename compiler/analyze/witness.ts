/** An address to show for a class of addresses. */
import { addressText } from "../model/address-text.ts";
import type { AddressClasses } from "../model/ir.ts";

/** Canonical text. */
export type AddressWitness = string;

/** The lowest address of the class, IPv4 before IPv6; undefined for a class that no address is in. */
export function addressInClass(classes: AddressClasses, one: number): AddressWitness | undefined {
  const ipv4 = classes.ipv4.starts[classes.ipv4.classes.indexOf(one)];
  if (ipv4 !== undefined) return addressText({ family: "ipv4", value: ipv4 });
  const ipv6 = classes.ipv6.starts[classes.ipv6.classes.indexOf(one)];
  return ipv6 === undefined ? undefined : addressText({ family: "ipv6", value: BigInt(`0x${ipv6}`) });
}
