/**
 * A Lambda function as AWS runs it: the Runtime API on loopback, and in a process of its own the runtime interface client of AWS with the
 * function's file. Installed by `npm run test:lambda` only: its usual install builds a native part, which `native-client.cjs` stands for here.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { FunctionCode, Output } from "../lambda/invoke-endpoint.ts";

const CLIENT = join(import.meta.dirname, "ric/node_modules/aws-lambda-ric/index.mjs");
export const hasClient = existsSync(CLIENT);

export type LambdaRuntime = { readonly run: FunctionCode; readonly close: () => Promise<void> };

type Waiting = { readonly id: string; readonly event: string; readonly done: (output: Output) => void };

/** `code`: an ES module that exports `handler`. `folder`: of its own. */
export async function lambdaRuntime(code: string, folder: string): Promise<LambdaRuntime> {
  const queue: Waiting[] = [];
  const running = new Map<string, Waiting>();
  const polls: ServerResponse[] = [];
  const next = (): void => {
    while (queue.length > 0 && polls.length > 0) {
      const [call, poll] = [queue.shift(), polls.shift()];
      if (call === undefined || poll === undefined) return;
      running.set(call.id, call);
      const headers = {
        "Lambda-Runtime-Aws-Request-Id": call.id,
        "Lambda-Runtime-Deadline-Ms": String(Date.now() + 5_000),
        "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:111122223333:function:authz",
      };
      poll.writeHead(200, { "content-type": "application/json", ...headers }).end(call.event);
    }
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const [, id = "", what = ""] = /^\/2018-06-01\/runtime\/invocation\/([^/]+)(?:\/(response|error))?$/.exec(request.url ?? "") ?? [];
    if (id === "next") {
      polls.push(response);
      next();
      return;
    }
    const call = running.get(id);
    running.delete(id);
    response.writeHead(call === undefined ? 404 : 202).end();
    call?.done(what === "response" ? { bytes: body } : { error: JSON.parse(body) as { errorType: string; errorMessage: string } });
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const child = startClient(code, folder, (server.address() as AddressInfo).port);
  let count = 0;
  return {
    run: (event) =>
      new Promise((done) => {
        queue.push({ id: `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`, event: JSON.stringify(event), done });
        next();
      }),
    close: async () => {
      const ended = child.exitCode === null ? new Promise((resolve) => child.once("exit", resolve)) : undefined;
      child.kill("SIGKILL");
      await ended;
      server.closeAllConnections();
      server.close();
    },
  };
}

function startClient(code: string, folder: string, port: number): ChildProcess {
  writeFileSync(join(folder, "index.mjs"), code);
  const env = {
    PATH: process.env["PATH"] ?? "",
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: "true",
    AWS_LAMBDA_FUNCTION_NAME: "authz",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/authz",
    AWS_LAMBDA_LOG_STREAM_NAME: "stream",
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: "index.handler",
  };
  return spawn(process.execPath, ["--require", join(import.meta.dirname, "native-client.cjs"), CLIENT, "index.handler"], {
    cwd: folder,
    env,
    stdio: "ignore",
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
