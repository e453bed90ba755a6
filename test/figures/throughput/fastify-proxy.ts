/**
 * What the shop's gateway does on the measured route, with fastify and its own plugins: verified tokens remembered, a limit by address, figures, a line of the log a
 * call. `node fastify-proxy.ts BACKEND_PORT ISSUER PUBLIC_KEY LOG MOST_CALLS`. Tells its port.
 */
import type { AddressInfo } from "node:net";
import proxy from "@fastify/http-proxy";
import jwt from "@fastify/jwt";
import limits from "@fastify/rate-limit";
import fastify, { type FastifyRequest, LogController } from "fastify";
import metrics from "fastify-metrics";
import { destination } from "pino";

const [, , backend = "", issuer = "", key = "", log = "", mostCalls = ""] = process.argv;
// As the gateway's: many lines at a time, and one line a call.
const stream = destination({ dest: log, sync: false, minLength: 8 * 1024 });
const app = fastify({ logger: { stream }, logController: new LogController({ disableRequestLogging: true }), keepAliveTimeout: 60_000 });
app.addHook("onResponse", async (request, reply) => {
  const { id, ip, method, routeOptions, user } = request as FastifyRequest & { user?: { sub?: string } };
  const { statusCode: status, elapsedTime } = reply;
  request.log.info({ id, client: ip, method, path: request.url, route: routeOptions.url, status, principal: user?.sub, ms: elapsedTime });
});
await app.register(metrics.default, { routeMetrics: { enabled: { histogram: true, summary: false } }, defaultMetrics: { enabled: false } });
await app.register(limits, { max: Number(mostCalls), timeWindow: 1_000 });
await app.register(jwt, {
  secret: { public: key },
  verify: { algorithms: ["RS256"], allowedIss: issuer, allowedAud: "shop-web", cache: 1_000 },
});
await app.register(proxy, {
  upstream: `http://127.0.0.1:${backend}`,
  prefix: "/orders",
  rewritePrefix: "/orders",
  preHandler: async (request) => void (await request.jwtVerify()),
  replyOptions: {
    rewriteRequestHeaders: (request, headers) => ({ ...headers, "x-forwarded-for": request.ip, "x-request-id": request.id }),
  },
});
await app.listen({ port: 0, host: "127.0.0.1" });
process.send?.((app.server.address() as AddressInfo).port);
process.once("disconnect", () => process.exit());
