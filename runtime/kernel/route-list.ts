/**
 * The routes of the tables, each read when it is first asked for: a start costs the same however many there are. What a text says of other
 * tables is checked then; one that contradicts them is no route, and the request ends.
 */
import type { RouteData, RouteMethod, SegmentData, TableData, WrittenRoute, WrittenSegment } from "../contract/table-data.ts";

export type RouteList = {
  readonly count: number;
  readonly at: (route: number) => RouteData;
  /** Reads them all. */
  readonly all: () => readonly RouteData[];
};

/** `ends`: where the text of each route ends in `texts`, UTF-8 JSON. */
export function routeList(texts: Uint8Array, ends: Uint32Array, data: TableData, rowCount: number): RouteList {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const known: (RouteData | undefined)[] = Array.from({ length: ends.length });
  const accepts = new Map<string, Accept>();
  const read = (route: number): RouteData => {
    const text = texts.subarray(route === 0 ? 0 : ends[route - 1], ends[route]);
    const made = wholeRoute(JSON.parse(decoder.decode(text)) as WrittenRoute, accepts);
    if (!isSound(made, data, rowCount)) throw new Error(`the tables of the gateway contradict themselves about route ${route}`);
    known[route] = made;
    return made;
  };
  const at = (route: number): RouteData => known[route] ?? read(route);
  return { count: ends.length, at, all: () => Array.from(known, (_, route) => at(route)) };
}

function isSound({ row, entryRows, accept, target }: RouteData, { identities, backends }: TableData, rowCount: number): boolean {
  return (
    [row, ...entryRows].every((one) => one < rowCount) &&
    accept.flat().every((identity) => identity < identities.length) &&
    backendsOf(target).every((backend) => backend < backends.length)
  );
}

function backendsOf(target: RouteData["target"]): readonly number[] {
  if (target.kind === "compose") return target.backends;
  return target.kind === "backend" ? [target.backend] : [];
}

const none: readonly never[] = [];
type Accept = RouteData["accept"];

/**
 * What a call looks at stands first and in one place, in the same order for all routes, and those who may call are the same list where they are the same:
 * of many routes most are cold when they are asked for.
 */
function wholeRoute(written: WrittenRoute, accepts: Map<string, Accept>): RouteData {
  const { key, path, target, accept = none } = written;
  const usual = {
    key,
    row: 0,
    method: key.slice(0, key.indexOf(" ")) as RouteMethod,
    accept,
    isPublic: false,
    isPrivate: false,
    entryRows: none,
    readQueries: none,
    singleHeaders: none,
    singleQueries: none,
    requestHeaders: none,
    responseHeaders: none,
  };
  return Object.assign(usual, written, {
    accept: known(accepts, accept),
    path: path.map(wholeSegment),
    target: typeof target === "number" ? ({ kind: "backend", backend: target } as const) : target,
  });
}

function known(accepts: Map<string, Accept>, accept: Accept): Accept {
  const text = JSON.stringify(accept);
  const before = accepts.get(text);
  if (before === undefined) accepts.set(text, accept);
  return before ?? accept;
}

function wholeSegment(written: WrittenSegment): SegmentData {
  if (typeof written === "string") return { kind: "literal", text: written };
  const [name, reads] = written;
  return reads === undefined ? { kind: "rest", name } : { kind: "param", name, reads };
}
