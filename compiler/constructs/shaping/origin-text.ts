/** The text of an origin as browsers write it (Fetch, "serializing a request origin"), or a pattern `SCHEME://*.DOMAIN[:PORT]` for all below a domain. */

export type OriginProblem = { readonly why: string /** What was most likely meant. */; readonly instead?: string };

/** Undefined: nothing is wrong with it. */
export function originProblem(text: string): OriginProblem | undefined {
  if (text === "null") return { why: "every sandboxed page and every local file calls itself so" };
  if (text === "*") return { why: "every origin is written `origins: any`" };
  const [, scheme = "", host = "", port, rest = ""] =
    /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#:[\]]*|\[[^/?#\]]*\])(?::([^/?#]*))?(.*)$/.exec(text) ?? [];
  if (scheme === "") return { why: "no scheme and host" };
  const said = `${scheme}://${host}${port === undefined ? "" : `:${port}`}`;
  if (rest !== "") return { why: "an origin has no path, not even `/`", instead: said };
  if (said !== said.toLowerCase()) return { why: "browsers write origins in lower case", instead: said.toLowerCase() };
  if (port !== undefined && !(/^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535)) return { why: "its port is none" };
  if ((scheme === "https" && port === "443") || (scheme === "http" && port === "80"))
    return { why: `browsers leave out the port that \`${scheme}\` has anyway`, instead: `${scheme}://${host}` };
  return hostProblem(host);
}

function hostProblem(host: string): OriginProblem | undefined {
  if (host.startsWith("[")) return /^\[[0-9a-f:.]+\]$/.test(host) ? undefined : { why: "no IPv6 address in the brackets" };
  const isPattern = host.startsWith("*.");
  const domain = isPattern ? host.slice(2) : host;
  if (domain.includes("*")) return { why: "`*.` stands once, before a whole domain" };
  if (!domain.split(".").every((label) => /^[a-z0-9-]+$/.test(label) && !label.startsWith("-") && !label.endsWith("-")))
    return { why: "its host is none; names beyond ASCII are written in their `xn--` form" };
  return isPattern && !/\.[a-z][a-z0-9-]*$/.test(domain) ? { why: "anybody may have a name below that" } : undefined;
}
