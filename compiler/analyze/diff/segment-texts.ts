/** The texts of one segment, as far as literals and parameter types tell them apart. */
import type { Type } from "../../model/types.ts";

/** What two types have in common, of texts in a path. */
export type TextsShared = (
  left: Type,
  right: Type,
) => { readonly kind: "text"; readonly text: string } | { readonly kind: "none" | "unknown" };

export type SegmentText = {
  /** The one text; absent: any that is none of the literals there. */
  readonly literal?: string;
  /** Keys of the types that it fits, and of those that it does not. */
  readonly fits: ReadonlySet<string>;
  readonly misses: ReadonlySet<string>;
  /** One of these texts; absent: none was found. */
  readonly sample?: string;
  /** Texts that it is not. */
  readonly isNot: readonly string[];
};

const MOST_TYPES = 6;
/** Texts that are tried, as nobody's type is known to hold them. */
const ANY_TEXTS = ["x", "other", "a-b", "7", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "Any Text"];

/** `types`: of parameters that do not take every text, without newtypes. Undefined: too many to tell apart. */
export function segmentTexts(literals: readonly string[], types: readonly Type[], shared: TextsShared): readonly SegmentText[] | undefined {
  const byKey = new Map(types.map((type) => [JSON.stringify(type), type]));
  const finite = [...byKey.values()].flatMap((type) => (type.kind === "literals" ? type.values.map(String) : []));
  const isNot = [...new Set([...literals, ...finite])];
  const others = [...byKey].filter(([, type]) => type.kind !== "literals");
  if (others.length > MOST_TYPES) return undefined;
  const single = isNot.flatMap((literal) => singleText(literal, byKey, shared));
  const none = [...byKey].flatMap(([key, type]) => (type.kind === "literals" ? [key] : []));
  return [...single, ...subsets(others).flatMap((inside) => manyTexts(inside, others, { isNot, none, shared }))];
}

/** More than one where nobody knows whether a type holds the text. */
function singleText(literal: string, types: ReadonlyMap<string, Type>, shared: TextsShared): readonly SegmentText[] {
  let found: readonly SegmentText[] = [{ literal, fits: new Set(), misses: new Set(), sample: literal, isNot: [] }];
  for (const [key, type] of types) {
    const overlap = shared({ kind: "literals", values: [literal] }, type).kind;
    found = found.flatMap((text) => {
      const inside = { ...text, fits: new Set([...text.fits, key]) };
      const outside = { ...text, misses: new Set([...text.misses, key]) };
      if (overlap === "unknown") return [withoutSample(inside), withoutSample(outside)];
      return [overlap === "text" ? inside : outside];
    });
  }
  return found;
}

function withoutSample({ literal, fits, misses, isNot }: SegmentText): SegmentText {
  return { ...(literal === undefined ? {} : { literal }), fits, misses, isNot };
}

type Keyed = readonly [key: string, type: Type];
type Around = { readonly isNot: readonly string[]; readonly none: readonly string[]; readonly shared: TextsShared };

function manyTexts(inside: readonly Keyed[], all: readonly Keyed[], { isNot, none, shared }: Around): readonly SegmentText[] {
  const areApart = inside.some(([, left], at) => inside.slice(at + 1).some(([, right]) => shared(left, right).kind === "none"));
  if (areApart) return [];
  const outside = all.filter((one) => !inside.includes(one));
  const holds = (type: Type, text: string): boolean => shared({ kind: "literals", values: [text] }, type).kind === "text";
  const lacks = (type: Type, text: string): boolean => shared({ kind: "literals", values: [text] }, type).kind === "none";
  const sample = candidatesOf(inside, shared).find(
    (text) => !isNot.includes(text) && inside.every(([, type]) => holds(type, text)) && outside.every(([, type]) => lacks(type, text)),
  );
  const keys = (some: readonly Keyed[]): readonly string[] => some.map(([key]) => key);
  return [
    { fits: new Set(keys(inside)), misses: new Set([...keys(outside), ...none]), isNot, ...(sample === undefined ? {} : { sample }) },
  ];
}

function candidatesOf(inside: readonly Keyed[], shared: TextsShared): readonly string[] {
  const pairs = inside.flatMap(([, left]) => inside.map(([, right]) => shared(left, right)));
  const bounds = inside.flatMap(([, type]) => (type.kind === "int" ? [type.min ?? 7, type.max ?? 8, (type.min ?? 0) + 1] : []));
  return [...pairs.flatMap((overlap) => (overlap.kind === "text" ? [overlap.text] : [])), ...bounds.map(String), ...ANY_TEXTS];
}

function subsets<Of>(all: readonly Of[]): readonly (readonly Of[])[] {
  return all.reduce<readonly (readonly Of[])[]>((found, one) => [...found, ...found.map((some) => [...some, one])], [[]]);
}
