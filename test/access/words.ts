/** A small program around the statements under test. */
import { allLevels, type Level } from "../../compiler/model/placed-route.ts";
import type { Route } from "../../compiler/model/program.ts";
import { checkedText } from "./compile-text.ts";

export const HEAD = `gwl 1
tag data: "pii" | "open"
network office { 203.0.113.0/24 }
network proxies { 10.0.0.0/8 }
type OrderId = String matches /^ord_[0-9a-z]{12}$/
policy inside(net: Network = office) overridable { deny when not (client.ip in net) because "outside" }
policy at_most(most: Int, value: Int) { deny when value > most }
identity Staff = jwt { issuer: "https://a.example", audience: "x", algorithms: [RS256], keys: url "https://a.example/k", claims { mfa: Bool, team: String? } }
identity Guest = jwt { issuer: "https://b.example", audience: "x", algorithms: [RS256], keys: url "https://b.example/k", claims { team: String? } }
backend spare = respond { status: 503 }
`;

/** Codes and underlined texts of what is wrong with `text`; unused declarations of the head aside. */
export async function wrong(text: string): Promise<readonly string[]> {
  const { findings, textAt } = await checkedText(HEAD + text);
  return findings.filter(({ tags }) => !tags.includes("unused")).map(({ code, span }) => `${code} at ${textAt(span)}`);
}

/** The program of `text`, which has nothing wrong. */
export async function programOf(text: string) {
  const found = await wrong(text);
  if (found.length > 0) throw new Error(found.join("\n"));
  return (await checkedText(HEAD + text)).program;
}

export async function routesOf(text: string): Promise<readonly Route[]> {
  return allLevels((await programOf(text)).gateway).filter((level: Level): level is Route => level.level === "route");
}

/** A gateway and one public route with these statements. */
export function inRoute(statements: string, path = '"/a"'): string {
  return `gateway shop { listen 8080 }\nPOST ${path} { public because "x", respond 200\n${statements} }`;
}

export function inGateway(statements: string): string {
  return `gateway shop { ${statements} }\nGET "/a" { public because "x", respond 200 }`;
}
