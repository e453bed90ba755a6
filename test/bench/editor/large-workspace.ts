/** A workspace of forty files and ten thousand lines, made by arithmetic: like a real one, most files are apis that import from a few others. */
export const MAIN = "gateway.gwl";
/** Where somebody types in the bench: a file of one api, and one that many files import from. */
export const API_FILE = "apis/api7.gwl";
export const SHARED_FILE = "lib/policies.gwl";

const APIS = 36;
const LINES_PER_API = 290;
const POLICIES = 50;

export function largeWorkspace(): Readonly<Record<string, string>> {
  const apis = Array.from({ length: APIS }, (_, api) => [`apis/api${api}.gwl`, apiText(api)] as const);
  return {
    [MAIN]: `gwl 1\n\n${apis.map(([file]) => `import "./${file}"`).join("\n")}\n\ngateway large {\n  listen 8080\n}\n`,
    "lib/backends.gwl": `gwl 1\n\n${numbered(APIS, (at) => `/// Service ${at}\nbackend service${at} = http { targets: ["http://127.0.0.1:${9000 + at}"] }\n`)}`,
    "lib/callers.gwl": CALLERS,
    [SHARED_FILE]: `gwl 1\n\nimport { Customer } from "./callers.gwl"\n\n${numbered(POLICIES, policyText)}`,
    ...Object.fromEntries(apis),
  };
}

const CALLERS = `gwl 1

secret KEY: String
type Id = String matches /^[a-z0-9]{8}$/

identity Customer = jwt {
  issuer: "https://login.example"
  audience: "api"
  algorithms: [HS256]
  secret: KEY
  claims { groups: Set<String>, tenant: String, level: Int 0..10 }
}

network office { 203.0.113.0/24, 198.51.100.16/28 }
`;

const numbered = (count: number, make: (at: number) => string): string => Array.from({ length: count }, (_, at) => make(at)).join("\n");

function policyText(at: number): string {
  return `/// Callers of level ${at % 7} and more.
policy policy${at}(least: Int = ${at % 7}) {
  require principal is Customer and principal.level > least because "level"
  deny when client.ip in 192.0.2.${(at * 4) % 256}/30 because "listed"
}
`;
}

function apiText(api: number): string {
  const [one, two] = [api % POLICIES, (api + 1) % POLICIES];
  const lines = [
    "gwl 1",
    "",
    'import { Customer, Id, office } from "../lib/callers.gwl"',
    `import { policy${one}, policy${two} } from "../lib/policies.gwl"`,
    `import { service${api} } from "../lib/backends.gwl"`,
    "",
    `api api${api} at "/service${api}" {`,
    "  accept Customer",
    "",
  ];
  for (let route = 0; lines.length < LINES_PER_API; route++) {
    lines.push(
      `  /// Reads part ${route}.`,
      `  GET "/items${route}/{id: Id}/parts/{part: Int 0..999}" -> service${api} {`,
      `    allow when principal is Customer and "group-${route}" in principal.groups`,
      `    allow when principal is Customer and principal.tenant == "t${route}" and client.ip in office`,
      `    use policy${route % 2 === 0 ? one : two}(${route % 5})`,
      `    deny when client.ip in 198.18.${route}.0/24 because "listed ${route}"`,
      "  }",
      "",
    );
  }
  return `${lines.join("\n")}\n}\n`;
}
