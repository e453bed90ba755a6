/** `in`: sets, lists, ranges and networks (D43). Promises: something absent is in nothing, and nothing is in something absent. */
import { blockHolds, parseAddress, type Address } from "./address.ts";
import { baseOf, type BaseType } from "./base-type.ts";
import { isSame } from "./compare.ts";
import { isItems } from "./values.ts";

export type AddressTest = (address: Address) => boolean;

/** `type` is the collection's. */
export function isIn(element: unknown, collection: unknown, type: BaseType): boolean {
  if (element === undefined || collection === undefined) return false;
  switch (type.kind) {
    case "set":
    case "list":
      return isItems(collection) && collection.some((item) => isSame(item, element, baseOf(type.element)));
    case "range":
      return isItems(collection) && isBetween(element, collection, baseOf(type.element).kind === "timeOfDay");
    case "network": {
      const address = typeof element === "string" ? parseAddress(element) : undefined;
      return address !== undefined && networkOf(collection)(address);
    }
    default:
      return false;
  }
}

/** A network's question: its blocks one after the other. */
export function networkOf(value: unknown): AddressTest {
  if (isAddressTest(value)) return value;
  const blocks = isItems(value) ? value : [];
  return (address) => blocks.some((block) => typeof block === "string" && blockHolds(block, address));
}

/** The only functions among results are networks. */
function isAddressTest(value: unknown): value is AddressTest {
  return typeof value === "function";
}

/** Both ends are inside. Of times of day, `22:00..06:00` goes round midnight. */
function isBetween(element: unknown, [low, high]: readonly unknown[], wraps: boolean): boolean {
  if (typeof element !== "number" || typeof low !== "number" || typeof high !== "number") return false;
  if (wraps && low > high) return element >= low || element <= high;
  return element >= low && element <= high;
}
