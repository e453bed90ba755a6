/** Names that people expect in conditions, and what GWL calls them. Promises: only advice; a name that is declared never comes here. */

const MEANT: Readonly<Record<string, string>> = {
  client_ip: "client.ip",
  clientip: "client.ip",
  remote_addr: "client.ip",
  remote_ip: "client.ip",
  source_ip: "client.ip",
  src_ip: "client.ip",
  ip: "client.ip",
  url: "path",
  uri: "path",
  request_uri: "path",
  verb: "method",
  http_method: "method",
  request_method: "method",
  now: "time.now",
  true: "true",
  yes: "true",
  false: "false",
  no: "false",
};

const CALLERS = ["user", "caller", "jwt", "token", "claims", "subject", "identity", "auth"];
const NOTHING = ["null", "nil", "none", "undefined"];
const REQUESTS = ["request", "req", "ctx", "context", "http"];

/** The expression that somebody who wrote `name` most likely means. */
export function nameMeantBy(name: string): string | undefined {
  const known = name.toLowerCase();
  return Object.hasOwn(MEANT, known) ? MEANT[known] : undefined;
}

/** Whether `name` says "no value" elsewhere. */
export function isNothing(name: string): boolean {
  return NOTHING.includes(name.toLowerCase());
}

/** What to do about a name whose meaning depends on what follows it. */
export function nameAdvice(name: string): string | undefined {
  const known = name.toLowerCase();
  if (isNothing(known)) return "there is no null: `has x` asks whether a value is there, `x ?? y` gives another in its place";
  if (CALLERS.includes(known)) return 'who calls is `principal`, as in `principal is Customer and principal.tenant == "a"`';
  if (REQUESTS.includes(known))
    return 'what a request says is read without a name before it: `path`, `method`, `client.ip`, `header("X-Name")`, `query("name")`';
  return undefined;
}
