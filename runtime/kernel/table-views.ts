/** The tables as the kernel reads them: numbers laid over the file, and the parsed data section. */
import type { TableData } from "../contract/table-data.ts";
import type { Address } from "./ip.ts";
import type { RouteList } from "./route-list.ts";

export type Numbers = Uint8Array | Uint16Array | Uint32Array;

export type TableViews = {
  readonly data: TableData;
  readonly ipv4Starts: Uint32Array;
  readonly ipv4Classes: Numbers;
  readonly ipv6Starts: Uint32Array;
  readonly ipv6Classes: Numbers;
  readonly rows: Numbers;
  readonly cells: Uint32Array;
  readonly nodes: Uint32Array;
  readonly parts: Uint32Array;
  readonly lookups: Uint32Array;
  readonly lookupKeys: Uint32Array;
  readonly lookupNodes: Uint32Array;
  readonly routes: RouteList;
  readonly routeTree: Int32Array;
  readonly routeCandidates: Uint32Array;
  readonly loneEnds: Uint32Array;
  readonly loneIpv4: Uint32Array;
  readonly loneIpv6: Uint32Array;
};

export type ClassOf = (address: Address) => number;
/** Tables that are whole. */
export type Tables = TableViews & { readonly classOf: ClassOf };
