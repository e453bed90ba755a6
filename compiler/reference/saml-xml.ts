/** XML in canonical form, as a tree of SAML's elements and others. Elements of other namespaces have no name. */
export type Xml = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (Xml | string)[];
};

const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
const TOKEN = /<(\/?)([^\s<>/]+)((?: [^\s<>=]+="[^"<]*")*)>|([^<]+)/gy;

type Open = {
  readonly tag: string;
  readonly xml: Xml & { readonly content: (Xml | string)[] };
  readonly names: Readonly<Record<string, string>>;
};

/** Undefined where the text is anything but one element. */
export function readXml(text: string): Xml | undefined {
  const top: (Xml | string)[] = [];
  const open: Open[] = [];
  let read = 0;
  for (const [whole, slash, tag = "", written = "", plain] of text.matchAll(TOKEN)) {
    read += whole.length;
    const inner = open.at(-1)?.xml.content ?? top;
    if (plain !== undefined) {
      const said = unescaped(plain);
      if (said === undefined) return undefined;
      inner.push(said);
    } else if (slash === "/") {
      if (written !== "" || open.pop()?.tag !== tag) return undefined;
    } else {
      const opened = elementOf(tag, written, open.at(-1)?.names ?? {});
      if (opened === undefined || open.length > 32) return undefined;
      inner.push(opened.xml);
      open.push(opened);
    }
  }
  const [root, ...rest] = top;
  return read === text.length && open.length === 0 && rest.length === 0 && typeof root === "object" ? root : undefined;
}

function elementOf(tag: string, written: string, outer: Readonly<Record<string, string>>): Open | undefined {
  const names: Record<string, string> = { ...outer };
  const attributes: Record<string, string> = {};
  for (const [, name = "", value = ""] of written.matchAll(/ ([^\s=]+)="([^"]*)"/g)) {
    const said = unescaped(value);
    if (said === undefined) return undefined;
    if (/^xmlns(:|$)/.test(name)) names[name] = said;
    else if (!name.includes(":")) attributes[name] = said;
  }
  const [prefix, local] = tag.includes(":") ? [`xmlns:${tag.split(":")[0]}`, tag.split(":").slice(1).join(":")] : ["xmlns", tag];
  return { tag, names, xml: { name: names[prefix] === ASSERTION ? local : "", attributes, content: [] } };
}

/** Undefined where an `&` begins nothing that canonical form has. */
function unescaped(text: string): string | undefined {
  const known: Readonly<Record<string, string>> = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#x9;": "\t",
    "&#xA;": "\n",
    "&#xD;": "\r",
  };
  const parts = text.split(/(&[^;&]*;?)/);
  const said = parts.map((part) => (part.startsWith("&") ? known[part] : part));
  return said.includes(undefined) ? undefined : said.join("");
}

export function children({ content }: Xml): readonly Xml[] {
  return content.filter((part) => typeof part === "object");
}

export function childrenNamed(element: Xml, name: string): readonly Xml[] {
  return children(element).filter((child) => child.name === name);
}

/** Undefined where it holds elements. */
export function textOf(element: Xml): string | undefined {
  return children(element).length > 0 ? undefined : element.content.join("");
}
