/** The log of a gateway that says what its lines have: a line a call, and one about its decision where that is wanted. */
import type { HostLog } from "../../contract/observe.ts";
import { accessEntry, type AccessEntry, accessLog } from "../access-entry.ts";
import type { CallRecord } from "../call-record.ts";
import { type Observer, nobody } from "../observer.ts";
import { commonLine } from "./common-line.ts";
import { jsonLine } from "./json-line.ts";
import { masks } from "./masks.ts";

export type CallLog = {
  readonly settings: HostLog;
  /** `file:line` of each site. */
  readonly sites: readonly string[];
  /** An object becomes a line of JSON, a text is one. */
  readonly write: (line: object | string) => void;
  readonly digest: (text: string) => string;
};

export function callLog({ settings, sites, write, digest }: CallLog): Observer {
  const { format, mask, decisions } = settings;
  const masked = masks(mask, digest);
  const refused = accessLog((entry) => write(masked(entry)), sites);
  const line = (entry: AccessEntry, record: CallRecord): object | string =>
    format === "json" ? jsonLine(entry, record, settings) : commonLine(entry, record, format === "combined");
  return {
    ...nobody,
    wantsPhases: settings.fields?.includes("authorizer_ms") === true,
    ended: (record) => {
      const entry = masked(accessEntry(record, sites));
      write(line(entry, record));
      if (decisions === "all" || (decisions === "denied" && entry.effect === "deny")) write(decision(entry));
    },
    happened: refused.happened,
  };
}

/** Who decided, and why: the determining rules by file and line. */
function decision({ time, id, route, effect, cause, rules, principal, status }: AccessEntry): object {
  return {
    time,
    event: "decision",
    id,
    ...(route === undefined ? {} : { route }),
    effect,
    cause,
    rules,
    ...(principal === undefined ? {} : { principal }),
    status,
  };
}
