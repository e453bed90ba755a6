/** A built gateway as a process of its own. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type StartedGateway = { readonly url: string; readonly stop: () => void };

/** Resolves once it says that it listens. */
export function startedGateway(bundle: string, variables: Readonly<Record<string, string>>): Promise<StartedGateway> {
  const child = spawn(process.execPath, ["server.js"], {
    cwd: bundle,
    env: { ...process.env, PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the gateway ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const told = JSON.parse(line) as { readonly event?: string; readonly port?: number };
      if (told.event === "listening") resolve({ url: `http://127.0.0.1:${told.port}`, stop: () => child.kill() });
    });
  });
}
