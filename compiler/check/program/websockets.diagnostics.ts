/** What only the whole program shows of its WebSockets. */
import { defineError, defineWarning } from "../../../grammar/source/diagnostic.ts";

export const websocketRoute = defineError<{ route: string; backend: string; why: "method" | "body" }>({
  code: "GWL4490",
  name: "websocket-route",
  message: ({ route, backend, why }) =>
    why === "method"
      ? `\`${route}\` leads to the WebSockets of \`${backend}\`, and only a GET can be upgraded`
      : `\`${route}\` leads to the WebSockets of \`${backend}\`, and a request to upgrade has no body`,
  help: ({ why }) =>
    why === "method" ? "write the route with `GET`" : "leave `body` out: what is said on a WebSocket is the backend's to check",
});

export const websocketRelease = defineError<{ release: string; backend: string }>({
  code: "GWL4492",
  name: "websocket-release",
  message: ({ release, backend }) =>
    `the release \`${release}\` leads from WebSockets to something else, or the other way: \`${backend}\` is of another kind`,
  help: () => "lead from one `websocket` backend to another",
});

export const noPageConnects = defineWarning<{ route: string; backend: string }>({
  code: "GWL4493",
  name: "no-page-connects",
  message: ({ route }) => `no page of a browser can connect to \`${route}\`: \`cors { origins: any }\` names none`,
  label: () => "a browser would send cookies along, from whatever page",
  help: ({ backend }) => `name the pages in \`cors\`, or write \`origins: any\` in \`${backend}\` where no cookie lets anybody in`,
});

export const WEBSOCKET_DIAGNOSTICS = [websocketRoute, websocketRelease, noPageConnects] as const;
