/** Origins of pages, compared as text: whole and exactly, or any name below a domain (`SCHEME://*.DOMAIN[:PORT]`). Knows nothing of requests. */
import { shown } from "../kernel/configuration.ts";

export type IsOrigin = (origin: string) => boolean;

const form = /^[a-z][a-z0-9+.-]*:\/\/(?:\[[0-9a-f:.]+\]|(\*\.)?([a-z0-9.-]+))(?::([1-9][0-9]{0,4}))?$/;

/** `value`: what the program says, once the start knows it. What is no origin is a problem of the start. */
export function origins(value: unknown, problems: string[]): IsOrigin {
  const texts = Array.isArray(value) ? value.map(String) : [];
  const exact = new Set<string>();
  const patterns: Pattern[] = [];
  for (const text of texts) {
    const pattern = readOrigin(text);
    if (pattern === undefined)
      problems.push(`an origin of \`cors\` is ${shown(text)}: expected one as browsers write it, such as \`https://shop.example\``);
    else if (pattern === "exact") exact.add(text);
    else patterns.push(pattern);
  }
  if (patterns.length === 0) return (origin) => exact.has(origin);
  return (origin) => exact.has(origin) || patterns.some((pattern) => isBelow(origin, pattern));
}

type Pattern = { readonly scheme: string; readonly suffix: string };

function readOrigin(text: string): Pattern | "exact" | undefined {
  const [whole, star, domain, port] = form.exec(text) ?? [];
  if (whole === undefined || (port !== undefined && Number(port) > 65_535)) return undefined;
  if ((port === "443" && text.startsWith("https:")) || (port === "80" && text.startsWith("http:"))) return undefined;
  if (domain !== undefined && !areLabels(domain)) return undefined;
  if (star === undefined) return "exact";
  if (domain === undefined || !/\.[a-z][a-z0-9-]*$/.test(domain)) return undefined;
  const at = text.indexOf("*.");
  return { scheme: text.slice(0, at), suffix: text.slice(at + 1) };
}

function isBelow(origin: string, { scheme, suffix }: Pattern): boolean {
  if (origin.length <= scheme.length + suffix.length || !origin.startsWith(scheme) || !origin.endsWith(suffix)) return false;
  return areLabels(origin.slice(scheme.length, origin.length - suffix.length));
}

/** Names as DNS has them, in lower case. */
function areLabels(text: string): boolean {
  return text.split(".").every((label) => /^[a-z0-9-]+$/.test(label) && !label.startsWith("-") && !label.endsWith("-"));
}
