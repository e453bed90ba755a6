/** Calls at a constant rate, whatever becomes of them, over connections that stay. Promises that each call ends in exactly one way and is counted once. */
import { Agent, type IncomingMessage, request } from "node:http";

export type LoadShape = { readonly port: number; readonly path: string; readonly rate: number; readonly connections: number };
export type LoadAnswer = { readonly status: number; readonly headers: IncomingMessage["headers"]; readonly body: string };
export type LoadResult = {
  calls: number;
  /** Why calls got no answer, and how many. */
  readonly failures: Map<string, number>;
  /** Milliseconds from sending to the last byte. */
  readonly times: number[];
};
export type Load = { readonly result: LoadResult; readonly stop: () => Promise<LoadResult> };

const tick = 5;

/** `see` looks at each answer; what it gives is a failure. */
export function steadyLoad({ port, path, rate, connections }: LoadShape, see: (answer: LoadAnswer) => string | undefined): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  const result: LoadResult = { calls: 0, failures: new Map(), times: [] };
  const open = new Set<Promise<void>>();
  const ended = async (): Promise<void> => {
    const begun = performance.now();
    try {
      const answer = await call(agent, port, path);
      result.times.push(performance.now() - begun);
      count(result, see(answer));
    } catch (error) {
      count(result, error instanceof Error ? error.message : String(error));
    }
  };
  const one = (): void => {
    result.calls++;
    const done = ended().finally(() => open.delete(done));
    open.add(done);
  };
  const begun = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) / 1000) * rate;
    while (result.calls < due) one();
  }, tick);
  return {
    result,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      agent.destroy();
      return result;
    },
  };
}

function count({ failures }: LoadResult, why: string | undefined): void {
  if (why !== undefined) failures.set(why, (failures.get(why) ?? 0) + 1);
}

function call(agent: Agent, port: number, path: string): Promise<LoadAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: "127.0.0.1", port, path }, (response) => {
      let body = "";
      response.setEncoding("latin1");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.complete) resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        else reject(new Error("the answer broke off"));
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
