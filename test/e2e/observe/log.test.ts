/** The log of a built gateway that says what its lines have. */
import { describe, expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { exchangeRaw } from "../../runtime/hosts/raw-client.ts";
import { runningGateway } from "./built-gateway.ts";

const gateway = (log: string): string => `gwl 1

env OWN: Int 0..65535
env OBSERVE: Int 0..65535

gateway shop {
  listen OWN
  observe { listen OBSERVE }
  ${log}
}

GET "/hello/{name: String}" { public because "an example", respond 200 "hello" }
`;

const isStart = (line: string): boolean => line.includes('"event":"listening"');

describe("a log that the program describes", () => {
  test("in the combined format, with decisions that name their rules, forged by nobody", async () => {
    const { port, gateway: running } = await runningGateway(gateway("log { format: combined, mask: [path], decisions: denied }"));
    const agent = 'x" 200 1 "-" "forged\\';
    await exchangeRaw(port, `GET /hello/jane?secret HTTP/1.1\r\nHost: a\r\nUser-Agent: ${agent}\r\nConnection: close\r\n\r\n`);
    await exchangeRaw(port, "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const lines = (): readonly string[] => running.out.split("\n").filter((line) => line !== "" && !isStart(line));
    await until(() => lines().length === 3);
    const [hello = "", nothing = "", decision = ""] = lines();
    expect(hello).toMatch(/^127\.0\.0\.1 - - \[[^\]]+\] "GET \/hello\/\{name\} HTTP\/1\.1" 200 5 "-" "/);
    expect(hello.endsWith('"x\\" 200 1 \\"-\\" \\"forged\\\\"')).toBe(true);
    expect(nothing).toContain('"GET  HTTP/1.1" 404 ');
    expect(JSON.parse(decision)).toMatchObject({ event: "decision", effect: "deny", cause: "no-route", rules: [], status: 404 });
  });

  test("in JSON, with the fields that it names", async () => {
    const { port, gateway: running } = await runningGateway(gateway('log { fields: [status, rules, route], headers: ["X-Kind"] }'));
    await fetch(`http://127.0.0.1:${port}/hello/jane`, { headers: { "x-kind": "test" } });
    const lines = (): readonly string[] => running.out.split("\n").filter((line) => line !== "" && !isStart(line));
    await until(() => lines().length === 1);
    expect(lines()[0]).toBe('{"status":200,"rules":["gateway.gwl:12"],"route":"GET /hello/{name}","headers":{"x-kind":"test"}}');
  });
});
