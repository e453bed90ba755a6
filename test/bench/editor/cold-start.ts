/** Run as a process of its own: opens one file of a workspace and says when its first findings, and when those of all files, are there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createService } from "../../../editor/service/index.ts";
import { diskHost } from "./disk-host.ts";

/** Milliseconds of work since the process began, Node's own start included. */
function busy(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const [root = "", file = ""] = process.argv.slice(2);
const path = join(root, file);
const service = createService(diskHost());
service.setRoots([root]);
service.open(path, readFileSync(path, "utf8"));
await service.syntaxFindings(path);
process.stdout.write(`first ${busy()}\n`);
const all = await service.quickFindings();
if (!all.ok) throw new Error(JSON.stringify(all));
process.stdout.write(`all ${busy()}\n`);
