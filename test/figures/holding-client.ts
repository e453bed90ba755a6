/**
 * Holds calls that are not answered yet: `node holding-client.ts PORT CALLS ADDRESS RATE`. Tells `held` when all are sent, then how many were answered with 200
 * and what became of the others.
 */
import { request } from "node:http";

const [, , port = "", calls = "", address = "", rate = ""] = process.argv;
const atOnce = 5;
const pause = (atOnce * 1000) / Number(rate);
const failures: Record<string, number> = {};
let [sent, good, over] = [0, 0, 0];

const end = (why?: string): void => {
  if (why === undefined) good++;
  else failures[why] = (failures[why] ?? 0) + 1;
  if (++over === Number(calls)) process.send?.({ good, failures }, () => process.exit());
};
const send = (): void => {
  const call = request({ host: "127.0.0.1", port, localAddress: address, agent: false, path: "/held" }, (response) => {
    response
      .resume()
      .once("close", () => end(response.statusCode === 200 && response.complete ? undefined : `status ${response.statusCode}`));
  });
  call.on("error", (error) => end(error.message)).end();
};
const timer = setInterval(() => {
  for (let one = 0; one < atOnce && sent < Number(calls); one++, sent++) send();
  if (sent < Number(calls)) return;
  clearInterval(timer);
  process.send?.("held");
}, pause);
process.once("disconnect", () => process.exit());
