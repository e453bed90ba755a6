/**
 * The JSON in which providers publish their addresses, told apart by content. Promises: a file of another shape is
 * refused, never half read.
 *
 * | provider | shape                                                                                    | attributes |
 * |----------|------------------------------------------------------------------------------------------|------------|
 * | AWS      | `{ prefixes: [{ ip_prefix, region, service, network_border_group }], ipv6_prefixes: [{ ipv6_prefix, ... }] }` | the three |
 * | Google   | `{ prefixes: [{ ipv4Prefix or ipv6Prefix, service, scope }] }`                              | `service`, `scope` |
 * | Fastly   | `{ addresses: [...], ipv6_addresses: [...] }`                                               | none       |
 * | GitHub   | `{ hooks: [...], web: [...], ... }`: of its members, those that are arrays of networks        | `service`  |
 * | any      | `["203.0.113.0/24", ...]`                                                                 | none       |
 */
import { looksLikeBlock } from "./blocks.ts";
import { type ListEntry, type ListReading, NO_ATTRIBUTES } from "./list-format.ts";

export function readJsonList(text: string): ListReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "broken", why: "it starts like JSON and is not valid JSON" };
  }
  const lines = lineFinder(text);
  if (Array.isArray(json)) return plain(json, lines);
  if (!isRecord(json)) return UNKNOWN;
  const { prefixes, addresses } = json;
  if (Array.isArray(prefixes) && prefixes.every(isRecord)) {
    return "ipv6_prefixes" in json || prefixes.some((prefix) => "ip_prefix" in prefix)
      ? aws(prefixes, json["ipv6_prefixes"], lines)
      : google(prefixes, lines);
  }
  if (Array.isArray(addresses)) return plain([...addresses, ...arrayOf(json["ipv6_addresses"])], lines);
  return github(json, lines);
}

const UNKNOWN: ListReading = { kind: "broken", why: "its JSON is of no provider that is known here" };

type Lines = (entry: string) => number;
type JsonRecord = Readonly<Record<string, unknown>>;

function plain(items: readonly unknown[], lines: Lines): ListReading {
  if (!items.every((item) => typeof item === "string")) return UNKNOWN;
  return { kind: "list", entries: items.map((text) => ({ text, line: lines(text), attributes: NO_ATTRIBUTES })), attributes: [] };
}

function aws(ipv4: readonly JsonRecord[], ipv6: unknown, lines: Lines): ListReading {
  const attributes = ["region", "service", "network_border_group"];
  const sixes = ipv6 === undefined ? [] : Array.isArray(ipv6) && ipv6.every(isRecord) ? ipv6 : undefined;
  if (sixes === undefined) return UNKNOWN;
  const entries = [
    ...ipv4.map((prefix) => entryOf(prefix, ["ip_prefix"], attributes, lines)),
    ...sixes.map((prefix) => entryOf(prefix, ["ipv6_prefix"], attributes, lines)),
  ];
  return listOf(entries, attributes);
}

function google(prefixes: readonly JsonRecord[], lines: Lines): ListReading {
  const attributes = ["service", "scope"];
  return listOf(
    prefixes.map((prefix) => entryOf(prefix, ["ipv4Prefix", "ipv6Prefix"], attributes, lines)),
    attributes,
  );
}

/** Beside networks GitHub's file has key prints and domains; a service is an array whose first text is an address. */
function github(json: JsonRecord, lines: Lines): ListReading {
  const services = Object.entries(json).filter(([, value]) => Array.isArray(value) && isNetwork(value[0]));
  if (services.length === 0) return UNKNOWN;
  const entries = services.flatMap(([service, value]) =>
    arrayOf(value).map((text) => (typeof text === "string" ? { text, line: lines(text), attributes: { service } } : undefined)),
  );
  return listOf(entries, ["service"]);
}

function entryOf(record: JsonRecord, networks: readonly string[], attributes: readonly string[], lines: Lines): ListEntry | undefined {
  const text = networks.map((name) => record[name]).find((value) => typeof value === "string");
  if (text === undefined) return undefined;
  const said = attributes.flatMap((name): [string, string][] => {
    const value = record[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
  return { text, line: lines(text), attributes: Object.fromEntries(said) };
}

function listOf(entries: readonly (ListEntry | undefined)[], attributes: readonly string[]): ListReading {
  const whole = entries.filter((entry) => entry !== undefined);
  return whole.length < entries.length ? UNKNOWN : { kind: "list", entries: whole, attributes };
}

/** The line where a text stands in the file, for messages: looked for only when asked. */
function lineFinder(text: string): Lines {
  const found = new Map<string, number>();
  let at = 0;
  let line = 1;
  // Entries come in the order of the file, so each search goes on where the last one ended.
  return (entry) => {
    const known = found.get(entry);
    if (known !== undefined) return known;
    const start = text.indexOf(JSON.stringify(entry), at);
    if (start === -1) return line;
    for (let next = text.indexOf("\n", at); next !== -1 && next < start; next = text.indexOf("\n", next + 1)) line += 1;
    at = start;
    found.set(entry, line);
    return line;
  };
}

function isNetwork(value: unknown): boolean {
  return typeof value === "string" && looksLikeBlock(value);
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
