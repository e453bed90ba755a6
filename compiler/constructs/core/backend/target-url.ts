/** Which URLs can be a target (D18, D40): what the gateway can call and put a request's path behind. Pure. */

const AUTHORITY = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?$/;

/** Why it cannot, as a clause; undefined where it can. */
export function targetProblem(text: string): string | undefined {
  const scheme = /^https?:\/\//.exec(text)?.[0];
  if (scheme === undefined) return "it does not start with `http://` or `https://`";
  if (text.includes("#")) return "it has a fragment";
  if (text.includes("?")) return "it has a query";
  const rest = text.slice(scheme.length);
  const end = rest.indexOf("/");
  const authority = end === -1 ? rest : rest.slice(0, end);
  if (authority.includes("@")) return "it has a user or password";
  const port = AUTHORITY.exec(authority);
  if (port === null) return "its host is neither a name nor an address";
  if (port[1] !== undefined && !(Number(port[1]) >= 1 && Number(port[1]) <= 65_535)) return "its port is not from 1 to 65535";
  const base = end === -1 ? "" : rest.slice(end);
  if (!/^[!$-;=?-[\]_a-z~]*$/.test(base)) return "its base path has characters that must be encoded";
  return base.split("/").some((segment) => segment === "." || segment === "..") ? "its base path has dot segments" : undefined;
}
