/** The compiled handler of a program, loaded into this process as a module. No file is written. */
import type { Start } from "../../runtime/contract/gateway.ts";
import type { EmittedModule } from "../model/emitted.ts";
import { BUNDLE } from "./bundle-goal.ts";
import { nodeHost } from "./node-host.ts";

export async function loadHandler(module: EmittedModule, cwd: string): Promise<Start> {
  const { transpileWhole } = await import("../bundle/index.ts");
  const code = await transpileWhole(module, BUNDLE.runtime, nodeHost(cwd));
  const { createGateway }: { createGateway: (tables: Uint8Array) => Start } = await import(
    `data:text/javascript,${encodeURIComponent(code)}`
  );
  return createGateway(module.tables);
}
