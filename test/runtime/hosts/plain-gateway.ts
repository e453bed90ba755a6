/** A gateway written by hand to the contract: hosts are tested without compiler and pipeline. Everything is allowed. */
import type { Cause, Gateway, HostSettings, Outcome } from "../../../runtime/contract/gateway.ts";
import type { RequestRules } from "../../../runtime/contract/request-rules.ts";
import { canonicalRequest } from "../../../runtime/kernel/canonical-request.ts";
import { forwardHeaders } from "../../../runtime/kernel/forward.ts";
import { refusal } from "../../../runtime/kernel/refusal.ts";

export const rules: RequestRules = {
  hosts: [],
  limits: { target: 8192, headers: 16_384, headerField: 8192, headerCount: 100 },
  paths: { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" },
  upgrades: false,
  identityHeaders: ["x-token"],
};

/** `/local` answers itself, `/typed` reads its body first, `/throw` breaks, `/nobody` has no backend; all else is forwarded. */
export function plainGateway(settings: HostSettings, requestRules: RequestRules = rules): Gateway {
  return {
    handle: async (request, world): Promise<Outcome> => {
      const requestId = world.requestId();
      const common = { requestId, client: request.peer };
      const refuse = (cause: Cause): Outcome => ({
        ...common,
        decision: { effect: "deny", cause, rules: [], parameters: {} },
        answer: refusal(cause, { requestId }),
      });
      const canonical = canonicalRequest(request, requestRules);
      if (!canonical.ok) return refuse(canonical.cause);
      const { method, path, query, hasBody, contentLength } = canonical.request;
      if (path === "*" || path === "/-/nothing-here") return refuse("no-route");
      if (path === "/throw") throw new Error("the password is 1234");
      if (contentLength !== undefined && contentLength > settings.limits.body) return refuse("body-too-large");
      const decision = { effect: "allow", cause: "rule", rules: ["0/1"], route: `${method} ${path}`, parameters: {} } as const;
      if (path === "/local") {
        const headers = [
          ["content-type", "text/plain"],
          ["x-request-id", requestId],
        ] as const;
        return { ...common, decision, answer: { kind: "local", status: 200, headers, body: "local" } };
      }
      const read = path === "/typed" ? await request.readBody(settings.limits.body) : undefined;
      if (read !== undefined && read.kind !== "bytes") return refuse(read.kind === "tooLarge" ? "body-too-large" : "incomplete-body");
      const facts = { client: request.peer, protocol: "http", requestId, set: [["x-set", "by gateway"]] } as const;
      return {
        ...common,
        decision: { ...decision, principal: { identity: "Customer", id: "u1", claims: { secret: "s3cret" } } },
        answer: {
          kind: "forward",
          backend: path === "/nobody" ? "none" : "main",
          method,
          target: query === undefined ? path : `${path}?${query}`,
          headers: forwardHeaders(canonical.request, facts) ?? [],
          body: read?.bytes ?? (hasBody ? "stream" : "none"),
          responseHeaders: [
            ["x-powered-by", []],
            ["x-request-id", [requestId]],
          ],
        },
      };
    },
  };
}
