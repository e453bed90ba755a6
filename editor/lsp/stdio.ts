/**
 * The server over standard input and output. Promises: nothing but messages goes to standard output; it ends with its client, however that
 * ends.
 */
import { StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { createService } from "../service/index.ts";
import { type ServerSetup, serve } from "./serve.ts";
import { watchFolders } from "./watch-folders.ts";

/** Milliseconds between two looks at whether the client's process is still there. */
const LOOK = 3000;

/** Comes to an end with the client: the exit code that the protocol asks for. */
export function serveStdio(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  setup: Pick<ServerSetup, "host" | "version" | "pages">,
): Promise<number> {
  return new Promise((ended) => {
    input.on("end", () => ended(1));
    input.on("close", () => ended(1));
    serve({
      ...setup,
      reader: new StreamMessageReader(input),
      writer: new StreamMessageWriter(output),
      createService,
      watchItself: watchFolders,
      started: ({ processId }) => {
        if (processId !== null) endWith(processId, () => ended(1));
      },
      ended,
    });
  });
}

function endWith(client: number, end: () => void): void {
  const timer = setInterval(() => {
    try {
      process.kill(client, 0);
    } catch {
      clearInterval(timer);
      end();
    }
  }, LOOK);
  timer.unref();
}
