/**
 * Gateways of any size for measuring: like real ones (apis of twenty routes, typed parameters, groups and tenants, lists of
 * networks), but made by arithmetic, so that every run measures the same.
 */
export type Size = { readonly routes: number; readonly policies: number; readonly rules: number; readonly networks: number };
export type LargeGateway = {
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly paths: readonly string[];
  readonly groups: readonly string[];
};

const ROUTES_PER_API = 20;
const LISTS = 10;

export function largeGateway({ routes, policies, rules, networks }: Size): LargeGateway {
  const groups = Array.from({ length: rules }, (_, index) => `group-${index}`);
  const lists = Math.min(LISTS, networks);
  const listFiles = Array.from({ length: lists }, (_, list) => [`lists/list${list}.txt`, blocks(networks, lists, list)] as const);
  const policyTexts = Array.from({ length: policies }, (_, index) => policyText(index, lists));
  const paths: string[] = [];
  const apis: string[] = [];
  for (let first = 0; first < routes; first += ROUTES_PER_API) {
    const api = first / ROUTES_PER_API;
    const lines: string[] = [];
    for (let route = first; route < Math.min(first + ROUTES_PER_API, routes); route++) {
      const [text, path] = routeText(route, api, share(groups, routes, route), policies);
      lines.push(text);
      paths.push(path);
    }
    apis.push(`api api${api} at "/service${api}" {\n  accept Customer\n${lines.join("\n")}\n}`);
  }
  const main = [
    "gwl 1",
    "type Id = String matches /^[a-z0-9]{8}$/",
    IDENTITY,
    ...listFiles.map(([path], list) => `network list${list} from "${path}"`),
    ...policyTexts,
    GATEWAY,
    ...apis,
  ].join("\n\n");
  return { files: { "gateway.gwl": `${main}\n`, ...Object.fromEntries(listFiles) }, main: "gateway.gwl", paths, groups };
}

const IDENTITY = `secret KEY: String

identity Customer = jwt {
  issuer: "https://login.example"
  audience: "api"
  algorithms: [HS256]
  secret: KEY
  claims { groups: Set<String>, tenant: String, level: Int 0..10 }
}`;

const GATEWAY = `backend service = http { targets: ["http://127.0.0.1:9999"] }

gateway large {
  listen 8080
}`;

function policyText(index: number, lists: number): string {
  const list = `list${index % Math.max(lists, 1)}`;
  switch (index % 3) {
    case 0:
      return `policy policy${index}() {\n  deny when ${lists === 0 ? "client.ip in 203.0.113.0/24" : `client.ip in ${list}`} because "listed"\n}`;
    case 1:
      return `policy policy${index}() {\n  require principal is Customer and principal.level > ${index % 7} because "level"\n}`;
    default:
      return `policy policy${index}() {\n  deny when principal is Customer and principal.tenant == "banned-${index}"\n}`;
  }
}

function routeText(route: number, api: number, groups: readonly string[], policies: number): readonly [text: string, path: string] {
  const kinds = [
    `/items${route}`,
    `/items${route}/{id: Id}`,
    `/items${route}/{id: Id}/parts`,
    `/items${route}/{id: Id}/parts/{part: Int 0..999}`,
  ];
  const values = [`/items${route}`, `/items${route}/ab12cd34`, `/items${route}/ab12cd34/parts`, `/items${route}/ab12cd34/parts/7`];
  const kind = route % kinds.length;
  const allows = groups.map((group) => `    allow when principal is Customer and "${group}" in principal.groups`);
  const uses = policies === 0 ? [] : [`    use policy${route % policies}()`];
  const body = [...(allows.length === 0 ? ["    allow"] : allows), ...uses];
  return [`  GET "${kinds[kind]}" -> service {\n${body.join("\n")}\n  }`, `/service${api}${values[kind]}`];
}

/** The part of `all` that belongs to route `route`, when all are spread evenly. */
function share(all: readonly string[], routes: number, route: number): readonly string[] {
  return all.slice(Math.floor((route * all.length) / routes), Math.floor(((route + 1) * all.length) / routes));
}

/** List `list` of `count` blocks in all: /24s and single addresses that neither touch nor overlap within a list. */
function blocks(count: number, lists: number, list: number): string {
  const lines: string[] = [];
  for (let index = list; index < count; index += lists) {
    const spread = (index * 2654435761) % 0xdf0000;
    const third = spread & 255;
    lines.push(
      index % 2 === 0
        ? `${1 + ((spread >> 16) % 223)}.${(spread >> 8) & 255}.${third & 254}.0/24`
        : `${1 + ((spread >> 16) % 223)}.${(spread >> 8) & 255}.${third | 1}.${(index * 7) % 256}`,
    );
  }
  return `${[...new Set(lines)].join("\n")}\n`;
}
