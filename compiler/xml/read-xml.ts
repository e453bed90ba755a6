/**
 * XML files as trees of elements (XML 1.0, Namespaces in XML 1.0). Promises: never throws; what is not well-formed, and what could be read in
 * two ways, is no tree: there are no document types, no entities but the five, no other encodings. Must not know any meaning.
 */

export type XmlElement = {
  /** Without prefix. */
  readonly name: string;
  readonly namespace: string;
  /** Those without a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** What stands in it directly. */
  readonly text: string;
};

export type XmlReading = { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly why: string };

const PART =
  /<!--(?!>|->)(?:(?!--)[^])*-->|<\?(?!xml[\s?])[^]*?\?>|<!\[CDATA\[(?<data>[^]*?)\]\]>|<\/(?<end>[^\s<>/]+)\s*>|<(?<start>[^\s<>/!?]+)(?<attributes>(?:\s+[^\s<>=/"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<plain>[^<]+)/gy;
const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?$/u;
const DEEPEST = 64;

type Names = ReadonlyMap<string, string>;
type Open = {
  readonly tag: string;
  readonly names: Names;
  readonly element: XmlElement & { text: string; readonly children: XmlElement[] };
};

export function readXml(file: string): XmlReading {
  const text = file.replace(/^\uFEFF?(?:<\?xml\s+version\s*=\s*(["'])1\.\d\1(?:\s[^?<>]*)?\?>)?/, "");
  if (/<!DOCTYPE|<!ENTITY/.test(text)) return fault("it has a document type");
  const open: Open[] = [{ tag: "", names: new Map(), element: emptyElement("", "", new Map()) }];
  let read = 0;
  for (const { 0: whole, groups = {} } of text.matchAll(PART)) {
    read += whole.length;
    const problem = takePart(groups, open);
    if (problem !== undefined) return fault(problem);
  }
  const [top] = open;
  const [root, ...others] = top?.element.children ?? [];
  if (read < text.length) return fault(`nothing can be read from \`${text.slice(read, read + 20)}\` on`);
  if (open.length > 1) return fault(`\`${open.at(-1)?.tag ?? ""}\` is never closed`);
  if (root === undefined || others.length > 0 || top?.element.text.trim() !== "") return fault("it is not one element");
  return { ok: true, root };
}

function fault(why: string): XmlReading {
  return { ok: false, why };
}

type Groups = Readonly<Record<string, string | undefined>>;

/** What is wrong with it. `open`: the elements around, outermost first. */
function takePart({ data, end, start, attributes = "", empty, plain }: Groups, open: Open[]): string | undefined {
  const around = open.at(-1);
  if (around === undefined) return "it closes more than it opens";
  if (end !== undefined) return open.length > 1 && open.pop()?.tag === end ? undefined : `\`</${end}>\` closes nothing`;
  if (start !== undefined) {
    const opened = elementOf(start, attributes, around.names);
    if (opened === undefined) return `\`<${start}>\` has names that cannot be read`;
    if (open.length > DEEPEST) return "it is too deep";
    around.element.children.push(opened.element);
    if (empty === "") open.push(opened);
    return undefined;
  }
  const said = data ?? unescaped(plain ?? "");
  if (said === undefined) return "it has an `&` that begins nothing known";
  around.element.text += said;
  return undefined;
}

function elementOf(tag: string, written: string, outer: Names): Open | undefined {
  const names = new Map(outer);
  const attributes = new Map<string, string>();
  for (const [, name = "", quoted = ""] of written.matchAll(/([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    const value = unescaped(quoted.slice(1, -1));
    const isName = /^xmlns(?::|$)/.test(name);
    if (value === undefined || !NAME.test(name) || (isName ? names.get(name) !== outer.get(name) : attributes.has(name))) return undefined;
    if (isName) names.set(name, value);
    else attributes.set(name, value);
  }
  const [prefix, local] = tag.includes(":") ? (tag.split(":") as [string, string]) : ["", tag];
  const namespace = names.get(prefix === "" ? "xmlns" : `xmlns:${prefix}`) ?? (prefix === "" ? "" : undefined);
  if (!NAME.test(tag) || namespace === undefined) return undefined;
  const plain = [...attributes].filter(([name]) => !name.includes(":"));
  return { tag, names, element: emptyElement(local, namespace, new Map(plain)) };
}

function emptyElement(name: string, namespace: string, attributes: ReadonlyMap<string, string>): Open["element"] {
  return { name, namespace, attributes, children: [], text: "" };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string | undefined {
  let isKnown = true;
  const said = text.replaceAll(/&([^;&]*);?/g, (whole, name: string) => {
    const code = /^#x([0-9a-f]{1,6})$/i.exec(name)?.[1] ?? "";
    const point = code === "" ? Number(/^#([0-9]{1,7})$/.exec(name)?.[1] ?? Number.NaN) : Number.parseInt(code, 16);
    const known = ENTITIES[name] ?? (point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined);
    isKnown &&= known !== undefined && whole.endsWith(";");
    return known ?? "";
  });
  return isKnown ? said : undefined;
}
