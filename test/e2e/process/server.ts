/** What a bundle's `server.js` is, with a gateway written by hand. Run as a process of its own by the tests beside it. */
import { pathToFileURL } from "node:url";
import type { HostSettings } from "../../../runtime/contract/gateway.ts";
import { startServer } from "../../../runtime/hosts/node/main.ts";
import { plainGateway } from "../../runtime/hosts/plain-gateway.ts";
import { waiting } from "../../harness/waiting.ts";

const folder = pathToFileURL(`${process.argv[2]}/`);

await startServer({
  createGateway:
    (tables) =>
    ({ stage, variables }) => {
      if (tables.length === 0) throw new Error("no tables");
      const problems = stage === undefined ? ["`STAGE` must say which stage this is"] : [];
      if (variables["BACKEND"] === undefined) problems.push("`BACKEND` is not set");
      if (problems.length > 0) return { problems };
      const settings: HostSettings = {
        name: "hand",
        port: 0,
        entries: [],
        limits: { body: 1000, headers: 16_384, headerTimeout: 2_000, bodyTimeout: 2_000, idleTimeout: 5_000 },
        backends: [{ kind: "http", name: "main", targets: [variables["BACKEND"] ?? ""], traffic: { timeouts: waiting(5_000) } }],
      };
      return { gateway: plainGateway(settings), settings };
    },
  tables: new URL("tables.bin", folder),
  manifest: new URL("manifest.json", folder),
});
