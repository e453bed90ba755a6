/**
 * XML in canonical form (Canonical XML 1.0) read into elements. Promises: whatever that form does not have, comments and instructions among it,
 * is refused, so nothing is read in two ways.
 */
export type XmlElement = {
  readonly namespace: string;
  readonly name: string;
  /** Those without a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All of its own text, joined. */
  readonly text: string;
};

const deepest = 32;
const opening = /<((?:[^\s<>/:="]+:)?[^\s<>/:="]+)((?: [^\s<>="]+="[^"<]*")*)>/y;
const attribute = / ([^\s<>="]+)="([^"<]*)"/g;
const entity = /&(?:amp|lt|gt|quot|#x9|#xA|#xD);/g;
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x9": "\t", "#xA": "\n", "#xD": "\r" };

type Scope = ReadonlyMap<string, string>;
type Read = { readonly element: XmlElement; readonly end: number };

/** Undefined where the text is not one element in canonical form. */
export function readCanonicalXml(text: string): XmlElement | undefined {
  const read = readElement(text, 0, new Map(), 0);
  return read?.end === text.length ? read.element : undefined;
}

function readElement(text: string, at: number, outer: Scope, depth: number): Read | undefined {
  opening.lastIndex = at;
  const [whole, qualified = "", written = ""] = opening.exec(text) ?? [];
  if (whole === undefined || depth > deepest) return undefined;
  const scope = new Map(outer);
  const attributes = new Map<string, string>();
  for (const [, name = "", value = ""] of written.matchAll(attribute)) {
    const plain = decoded(value);
    if (plain === undefined) return undefined;
    if (name === "xmlns" || name.startsWith("xmlns:")) scope.set(name.slice(6), plain);
    else if (!name.includes(":")) attributes.set(name, plain);
  }
  const [prefix, name] = qualified.includes(":") ? qualified.split(":") : ["", qualified];
  const content = readContent(text, at + whole.length, scope, depth);
  const closing = `</${qualified}>`;
  if (content === undefined || !text.startsWith(closing, content.end)) return undefined;
  const { children, text: own, end } = content;
  const element = { namespace: scope.get(prefix ?? "") ?? "", name: name ?? "", attributes, children, text: own };
  return { element, end: end + closing.length };
}

type Content = { readonly children: readonly XmlElement[]; readonly text: string; readonly end: number };

function readContent(text: string, start: number, scope: Scope, depth: number): Content | undefined {
  const children: XmlElement[] = [];
  let own = "";
  for (let at = start; ; ) {
    const next = text.indexOf("<", at);
    const plain = next < 0 ? undefined : decoded(text.slice(at, next));
    if (plain === undefined) return undefined;
    own += plain;
    if (text[next + 1] === "/") return { children, text: own, end: next };
    const child = readElement(text, next, scope, depth + 1);
    if (child === undefined) return undefined;
    children.push(child.element);
    at = child.end;
  }
}

function decoded(text: string): string | undefined {
  if (!text.includes("&")) return text;
  return text.replace(entity, "").includes("&") ? undefined : text.replace(entity, (found) => entities[found.slice(1, -1)] ?? "");
}
