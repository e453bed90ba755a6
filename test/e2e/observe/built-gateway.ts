/** A gateway from its text, built by the command line as a user would and started as a process; and the door where it is observed. */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { onTestFinished } from "vitest";
import { until } from "../../cli/gwl.ts";
import { buildText } from "../process/build-text.ts";
import { type Gateway, startGateway } from "../shop/gateway-process.ts";

export type Running = { readonly gateway: Gateway; readonly folder: string; readonly port: number; readonly observe: number };

/** `text` listens on the variables `OWN` and `OBSERVE`, which are free ports. */
export async function runningGateway(text: string, variables: Readonly<Record<string, string>> = {}): Promise<Running> {
  const bundle = await buildText(text);
  const [port = 0, observe = 0] = await freePorts(2);
  const gateway = startGateway(bundle, { OWN: String(port), OBSERVE: String(observe), ...variables });
  onTestFinished(() => void gateway.child.kill("SIGKILL"));
  await until(() => gateway.out.split("\n").length > 2 || gateway.code !== undefined);
  if (gateway.code !== undefined) throw new Error(gateway.err);
  return { gateway, folder: dirname(bundle), port, observe };
}

export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export async function textAt(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}
