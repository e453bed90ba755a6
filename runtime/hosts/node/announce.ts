/** Where a gateway listens, said once it does. */
import type { OpenDoor } from "./listener.ts";

type Told = Pick<OpenDoor, "address" | "port" | "isTls" | "entry">;

/** One line for each door: words for people, JSON for machines. */
export function announce(gateway: string, doors: readonly Told[]): void {
  for (const { entry, port, ...door } of doors) {
    const url = urlOf({ port, ...door });
    const what = entry === undefined ? gateway : `${gateway}, entry ${entry},`;
    const told = { event: "listening", gateway, ...(entry === undefined ? {} : { entry }), url, port };
    process.stdout.write(`${process.stdout.isTTY ? `${what} listens on ${url}` : JSON.stringify(told)}\n`);
  }
}

function urlOf({ address, port, isTls }: Told): string {
  const scheme = isTls ? "https" : "http";
  if (port === 0) return `${scheme}+unix:${address}`;
  return `${scheme}://${address === "[::]" || address === "0.0.0.0" ? "localhost" : address}:${port}`;
}
