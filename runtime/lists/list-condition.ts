/** Whether an entry of a list is meant. */
import type { ListCondition } from "../contract/network-lists.ts";
import type { ListEntry } from "./list-format.ts";

export function isMeant(condition: ListCondition, entry: ListEntry): boolean {
  switch (condition.kind) {
    case "all":
      return condition.parts.every((part) => isMeant(part, entry));
    case "any":
      return condition.parts.some((part) => isMeant(part, entry));
    case "not":
      return !isMeant(condition.part, entry);
    case "oneOf":
      return condition.values.includes(entry.attributes[condition.attribute] ?? "");
  }
}

/** All that the condition asks of entries. */
export function attributesOf(condition: ListCondition): readonly string[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.parts.flatMap(attributesOf);
    case "not":
      return attributesOf(condition.part);
    case "oneOf":
      return [condition.attribute];
  }
}
