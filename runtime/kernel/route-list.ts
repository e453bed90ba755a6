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
  const read = (route: number): RouteData => {
    const text = texts.subarray(route === 0 ? 0 : ends[route - 1], ends[route]);
    const made = wholeRoute(JSON.parse(decoder.decode(text)) as WrittenRoute);
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

const noRouteLists = { singleHeaders: [], singleQueries: [], readQueries: [], requestHeaders: [], responseHeaders: [] } as const;
const usual = { accept: [], entryRows: [], isPublic: false, isPrivate: false } as const;

/** Each with the same members in the same order, which makes them quick to read. */
function wholeRoute({ path, target, key, ...written }: WrittenRoute): RouteData {
  return {
    ...noRouteLists,
    ...usual,
    ...written,
    key,
    method: key.slice(0, key.indexOf(" ")) as RouteMethod,
    path: path.map(wholeSegment),
    target: typeof target === "number" ? { kind: "backend", backend: target } : target,
  };
}

function wholeSegment(written: WrittenSegment): SegmentData {
  if (typeof written === "string") return { kind: "literal", text: written };
  const [name, reads] = written;
  return reads === undefined ? { kind: "rest", name } : { kind: "param", name, reads };
}
