/**
 * `npm run bench:slow [SCALE]`: 5,000 clients that send a head byte by byte, 500 that send a body so, 500 that do not read; beside them a healthy one, which
 * sees no error. SCALE divides the numbers. Exit code 1 where the healthy client saw an error, p99 is 25 ms or more, or memory grew by 60 MB or more.
 */
import { connect, type Socket } from "node:net";
import { percentile } from "./percentile.ts";
import { withGateway } from "./running-gateway.ts";
import { steadyLoad } from "./steady-load.ts";

const scale = Number(process.argv[2] ?? 1);
const seconds = 20;
const kinds = [
  { name: "slow heads", count: 5_000, start: "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", more: "a" },
  { name: "slow bodies", count: 500, start: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", more: "a" },
  { name: "slow readers", count: 500, start: "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", more: "" },
] as const;

const isGood = await withGateway({ workers: 1, backends: 1, wait: 0 }, async ({ port, memory }) => {
  const load = steadyLoad({ port, path: "/healthy", rate: 200, connections: 32 }, ({ status }) =>
    status === 200 ? undefined : `status ${status}`,
  );
  await pause(3_000);
  load.result.times.length = 0;
  const before = await memory();
  const sockets = new Set<Socket>();
  const timers: NodeJS.Timeout[] = [];
  for (const { count, start, more } of kinds) {
    for (let at = 0; at < count / scale; at++) {
      sockets.add(slow(port, `127.0.${2 + (at % 20)}.1`, start, more, timers));
      if (at % 20 === 0) await pause(5);
    }
  }
  let most = 0;
  for (let second = 0; second < seconds; second++) {
    await pause(1_000);
    most = Math.max(most, (await memory()) - before);
  }
  for (const timer of timers) clearInterval(timer);
  for (const socket of sockets) socket.destroy();
  const { calls, failures, times } = await load.stop();
  const p99 = percentile(times, 0.99);
  console.log(
    `${kinds.map(({ name, count }) => `${Math.ceil(count / scale)} ${name}`).join(", ")}: memory grew by ${(most / 1e6).toFixed(0)} MB`,
  );
  console.log(
    `healthy client: ${calls} calls, errors ${JSON.stringify(Object.fromEntries(failures))}, p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  );
  return failures.size === 0 && p99 < 25 && most < 60e6;
});
process.exitCode = isGood ? 0 : 1;

function slow(port: number, localAddress: string, start: string, more: string, timers: NodeJS.Timeout[]): Socket {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  socket.on("error", () => {});
  socket.write(start);
  if (more === "") socket.pause();
  else timers.push(setInterval(() => !socket.destroyed && socket.write(more), 2_000));
  return socket;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
