/** The service's offsets as the protocol's lines, and back. Must not know any feature. */
import type { Location, LocationLink, Position, Range as LineRange, TextEdit } from "vscode-languageserver";
import type { Edit } from "../service/answers.ts";
import { linePositionOf, offsetOf, type Range, type Spot } from "../service/places.ts";
import type { Service } from "../service/service.ts";
import type { Paths } from "./paths.ts";

export type Convert = {
  readonly spot: (uri: string, position: Position) => Spot;
  readonly range: (uri: string, range: LineRange) => Range;
  readonly position: (path: string, offset: number) => Position;
  readonly lineRange: (range: Range) => LineRange;
  readonly location: (range: Range) => Location;
  readonly textEdit: (edit: Edit) => TextEdit;
  /** Data of the service with places that an editor can open, however deep they stand. */
  readonly located: <T>(data: T) => Located<T>;
};

/** Every place of the service is a place of the protocol. */
export type Located<T> = T extends Range
  ? Location
  : T extends readonly (infer Item)[]
    ? readonly Located<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Located<T[Key]> }
      : T;
export type Link = LocationLink;

export function converting(service: Pick<Service, "source">, { pathOf, uriOf }: Paths): Convert {
  const offset = (path: string, position: Position): number => {
    const source = service.source(path);
    return source === undefined ? 0 : offsetOf(source, position);
  };
  const position = (path: string, at: number): Position => {
    const source = service.source(path);
    return source === undefined ? { line: 0, character: 0 } : linePositionOf(source, at);
  };
  const lineRange = ({ path, start, end }: Range): LineRange => ({ start: position(path, start), end: position(path, end) });
  const location = (range: Range): Location => ({ uri: uriOf(range.path), range: lineRange(range) });
  const place = (data: unknown): unknown => {
    if (Array.isArray(data)) return data.map(place);
    if (typeof data !== "object" || data === null) return data;
    if (isRange(data)) return location(data);
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, place(value)]));
  };
  return {
    spot: (uri, at) => {
      const path = pathOf(uri);
      return { path, offset: offset(path, at) };
    },
    range: (uri, { start, end }) => {
      const path = pathOf(uri);
      return { path, start: offset(path, start), end: offset(path, end) };
    },
    position,
    lineRange,
    location,
    textEdit: (edit) => ({ range: lineRange(edit), newText: edit.text }),
    located: (data) => place(data) as Located<typeof data>,
  };
}

function isRange(data: object): data is Range {
  return "path" in data && typeof data.path === "string" && "start" in data && "end" in data && Object.keys(data).length === 3;
}
