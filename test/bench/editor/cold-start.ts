/** Run as a process of its own: opens one file of a workspace and says when its first findings, and when those of all files, are there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createService } from "../../../editor/service/index.ts";
import { diskHost } from "./disk-host.ts";

const [root = "", file = ""] = process.argv.slice(2);
const path = join(root, file);
const service = createService(diskHost());
service.setRoots([root]);
service.open(path, readFileSync(path, "utf8"));
await service.syntaxFindings(path);
process.stdout.write(`first ${Date.now()}\n`);
const all = await service.quickFindings();
process.stdout.write(`all ${Date.now()} ${all.ok ? all.value.size : 0}\n`);
