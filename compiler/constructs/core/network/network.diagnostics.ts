/** What can be wrong with a network, its entries, and the lists that it is made of. */
import { defineError, defineNote, defineWarning } from "../../../../grammar/source/diagnostic.ts";

export const swallowedEntry = defineWarning<{ inner: string; outer: string }>({
  code: "GWL3701",
  name: "network-entry-swallowed",
  tags: ["unused"],
  message: ({ inner, outer }) => (inner === outer ? `\`${inner}\` is in this network already` : `\`${inner}\` lies inside \`${outer}\``),
  help: () => "remove it: the network is the same without it",
});

export const swallowedInList = defineNote<{ file: string; count: number }>({
  code: "GWL3702",
  name: "list-entries-swallowed",
  message: ({ file, count }) =>
    `${count === 1 ? "1 entry" : `${count} entries`} of \`${file}\` ${count === 1 ? "lies" : "lie"} inside others`,
  help: () => "nothing to do: they are folded into the others",
});

export const addressWithoutPrefix = defineError<{ written: string; network: string }>({
  code: "GWL3703",
  name: "address-without-prefix",
  message: ({ written }) => `\`${written}\` is an address, not a network`,
  help: ({ network }) => `a network of one address is written \`${network}\``,
  replacement: ({ network }) => ({ title: `write ${network}`, text: network }),
});

export const notANetwork = defineError<{ found: string; hint: string | undefined }>({
  code: "GWL3704",
  name: "not-a-network",
  message: ({ found }) => `\`${found}\` is no network`,
  help: ({ hint }) =>
    hint ?? "networks are made of CIDR blocks such as `203.0.113.0/24`, names of networks, and `+`, `-` and `&` between them",
});

export const emptyNetwork = defineWarning<{ name: string }>({
  code: "GWL3705",
  name: "empty-network",
  message: ({ name }) => `\`${name}\` holds no address`,
  help: () => "no client is ever in it: check what it is made of",
});

export const brokenList = defineError<{ file: string; why: string }>({
  code: "GWL3706",
  name: "broken-list",
  message: ({ file, why }) => `\`${file}\` is no list of networks: ${why}`,
  help: () =>
    "a list is text with one network a line and comments after `#` or `;`, or the JSON of AWS, Google, GitHub or Fastly, or a JSON array of texts",
});

/** `samples`: the first few, as "line 3: `10.1` ...". */
export const brokenListEntries = defineError<{ file: string; count: number; samples: readonly string[] }>({
  code: "GWL3707",
  name: "broken-list-entries",
  message: ({ file, count }) =>
    `${count === 1 ? "1 entry" : `${count} entries`} of \`${file}\` ${count === 1 ? "is no network" : "are no networks"}`,
  help: ({ count, samples }) => `${samples.join("; ")}${count > samples.length ? `; and ${count - samples.length} more` : ""}`,
});

export const noListAttributes = defineError<{ file: string }>({
  code: "GWL3708",
  name: "list-without-attributes",
  message: ({ file }) => `the entries of \`${file}\` say nothing but their network, so there is nothing to select by`,
  help: () => "remove the `where`, or use the provider's JSON, whose entries have regions and services",
});

export const unknownListAttribute = defineError<{ name: string; known: readonly string[]; meant: string | undefined }>({
  code: "GWL3709",
  name: "unknown-list-attribute",
  message: ({ name }) => `the entries of this list have no \`${name}\``,
  help: ({ known, meant }) =>
    meant === undefined ? `they have ${known.map((one) => `\`${one}\``).join(", ")}` : `did you mean \`${meant}\`?`,
});

export const unknownListValue = defineError<{ attribute: string; value: string; meant: string | undefined }>({
  code: "GWL3710",
  name: "unknown-list-value",
  message: ({ attribute, value }) => `no entry of this list has the ${attribute} \`${value}\``,
  help: ({ meant }) =>
    meant === undefined ? "check the spelling against the list; upper and lower case differ" : `did you mean \`${meant}\`?`,
});

export const listCondition = defineError<{ found: string }>({
  code: "GWL3711",
  name: "list-condition",
  message: ({ found }) => `\`${found}\` cannot select entries of a list`,
  help: () => 'write `region == "eu-west-1"`, `service != "EC2"` or `service in ["S3", "EC2"]`, joined by `and`, `or`, `not`',
});

export const nothingSelected = defineError({
  code: "GWL3712",
  name: "list-selects-nothing",
  message: () => "no entry of the list fits this `where`",
  help: () => "each value occurs in the list, but never together: check the combination",
});

export const NETWORK_DIAGNOSTICS = [
  swallowedEntry,
  swallowedInList,
  addressWithoutPrefix,
  notANetwork,
  emptyNetwork,
  brokenList,
  brokenListEntries,
  noListAttributes,
  unknownListAttribute,
  unknownListValue,
  listCondition,
  nothingSelected,
] as const;
