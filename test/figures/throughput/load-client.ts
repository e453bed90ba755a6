/**
 * Calls over connections that stay, as a process of its own: told by messages what to send, it tells what came back. Speaks just as much HTTP/1.1 as it takes to
 * find the end of an answer, so that on few cores the figure is the server's.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { percentile } from "../percentile.ts";

export type Load = {
  readonly port: number;
  /** The whole request. */
  readonly request: string;
  /** Of a right answer. */
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Calls a second, whatever becomes of them; absent: each connection calls again once it was answered. */
  readonly rate?: number;
};
export type LoadTold = {
  readonly seconds: number;
  /** 200 with the right body, and the milliseconds that these took. */
  readonly good: Times;
  /** 503. */
  readonly shed: Times;
  readonly wrong: number;
  /** Of those due at the rate: no connection was free to send them. */
  readonly unsent: number;
  /** What was wrong with the last wrong one. */
  readonly why?: string;
};
export type Times = { readonly count: number; readonly p50: number; readonly p99: number };

type Line = { readonly socket: Socket; begun: number; text: string; isBusy: boolean };

/** Milliseconds. */
const tick = 1;

async function run({ port, request, body, connections, seconds, rate }: Load): Promise<LoadTold> {
  const good: number[] = [];
  const shed: number[] = [];
  let wrong = 0;
  let why: string | undefined;
  let isOver = false;
  const idle: Line[] = [];
  const send = (line: Line): void => {
    line.isBusy = true;
    line.begun = performance.now();
    line.socket.write(request, "latin1");
  };
  const fail = (reason: string): void => {
    wrong++;
    why = reason;
  };
  const read = (line: Line, chunk: Buffer): void => {
    line.text += chunk.toString("latin1");
    const answer = readAnswer(line.text);
    if (answer === undefined) return;
    line.text = "";
    line.isBusy = false;
    const took = performance.now() - line.begun;
    if (answer.status === 200 && answer.body === body) good.push(took);
    else if (answer.status === 503) shed.push(took);
    else fail(`${answer.status} ${answer.body.slice(0, 200)}`);
    if (isOver) return;
    if (rate === undefined) send(line);
    else idle.push(line);
  };
  const lines: Line[] = [];
  for (let at = 0; at < connections; at++) {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const line: Line = { socket, begun: 0, text: "", isBusy: false };
    socket.on("data", (chunk) => read(line, chunk));
    socket.on("error", (error) => fail(error.message));
    socket.on("end", () => !isOver && fail("the connection ended"));
    lines.push(line);
    if (at % 20 === 19) await once(socket, "connect");
  }
  for (const { socket } of lines) if (socket.connecting) await once(socket, "connect");
  const begun = performance.now();
  let due = 0;
  let unsent = 0;
  const timer =
    rate === undefined
      ? undefined
      : setInterval(() => {
          for (const wanted = ((performance.now() - begun) / 1000) * rate; due < wanted; due++) {
            const line = idle.pop();
            if (line === undefined) unsent++;
            else send(line);
          }
        }, tick);
  if (rate === undefined) for (const line of lines) send(line);
  else idle.push(...lines);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  clearInterval(timer);
  const took = (performance.now() - begun) / 1000;
  const told = { seconds: took, good: timesOf(good), shed: timesOf(shed), wrong, unsent, ...(why === undefined ? {} : { why }) };
  isOver = true;
  // What is still under way ends whole: a server that is cut off has work which the next round would pay for.
  for (let waited = 0; waited < 100 && lines.some(({ isBusy }) => isBusy); waited++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  for (const { socket } of lines) socket.end();
  return told;
}

function timesOf(times: readonly number[]): Times {
  return times.length === 0
    ? { count: 0, p50: 0, p99: 0 }
    : { count: times.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** Undefined: not all has come. */
function readAnswer(text: string): { readonly status: number; readonly body: string } | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const length = /\r\ncontent-length: *([0-9]+)/i.exec(text)?.[1];
  const status = Number(text.slice(9, 12));
  if (length === undefined) return { status, body: "an answer without length" };
  const body = text.slice(end + 4);
  return body.length < Number(length) ? undefined : { status, body };
}

process.on("message", (load: Load) => void run(load).then((told) => process.send?.(told)));
process.once("disconnect", () => process.exit());
process.send?.("ready");
