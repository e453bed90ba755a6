/** What a picture is made of, as plain data, so that it can be made and tested without a browser. Texts stay texts: nothing is read as markup. */
export type Shape = {
  readonly tag: SvgTag;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
  /** What happens when it is clicked, or Enter is pressed on it. */
  readonly act?: Act;
};
export type SvgTag = "svg" | "g" | "rect" | "circle" | "path" | "text" | "tspan" | "title";

/** What a part of a picture asks for. */
export type Act =
  | { readonly kind: "open"; readonly place: Place }
  | { readonly kind: "fold"; readonly key: string }
  | { readonly kind: "fill"; readonly caller: string; readonly from: string; readonly route: string };
export type Place = { readonly uri: string; readonly range: { readonly start: Position; readonly end: Position } };
type Position = { readonly line: number; readonly character: number };

export function shape(tag: SvgTag, attributes: Shape["attributes"], ...children: Shape["children"]): Shape {
  return { tag, attributes, children };
}

/** A part that can be reached and pressed with the keyboard. */
export function pressable(part: Shape, act: Act): Shape {
  return { ...part, act };
}

/** How wide a text is, in pixels. */
export type Measure = (text: string, weight?: "bold") => number;
export type Sheet = { readonly width: number; readonly measure: Measure };

/** Pixels: a line of text, and the room around things. */
export const LINE = 18;
export const GAP = 8;
