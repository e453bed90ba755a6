/** Faults in how HTTP/1.1 is read: by doors, and in what doors and the client for servers have in common. */
import type { Fault } from "./fault.ts";

const connections = ["test/runtime/hosts/http1-doors/connections"];
const pipelines = ["test/runtime/hosts/hardening"];
const answers = ["test/runtime/hosts/http1-doors/answers"];

export const DOOR_FAULTS: readonly Fault[] = [
  {
    what: "a length that is said twice is the last one",
    file: "runtime/hosts/node/http1/head-fields.ts",
    from: "if (length !== undefined || !/^[0-9]{1,15}$/.test(value)) return undefined;",
    to: "if (!/^[0-9]{1,15}$/.test(value)) return undefined;",
    tests: connections,
  },
  {
    what: "chunks and a length go together",
    file: "runtime/hosts/node/http1/head-fields.ts",
    from: "isChunked && length !== undefined ? undefined : {",
    to: "{",
    tests: connections,
  },
  {
    what: "`chunked` is a coding of HTTP/1.0",
    file: "runtime/hosts/node/http1/request-head.ts",
    from: 'if (isChunked && httpVersion === "1.0") return undefined;',
    to: "",
    tests: connections,
  },
  {
    what: "`close` counts only where nothing was said before",
    file: "runtime/hosts/node/http1/head-fields.ts",
    from: 'if (hasMember(value, "close")) says = "close";',
    to: 'if (says === undefined && hasMember(value, "close")) says = "close";',
    tests: connections,
  },
  {
    what: "what comes before its turn is looked at before what came earlier",
    file: "runtime/hosts/node/http1/connection.ts",
    from: "else if (this.request === undefined && this.ahead === undefined) this.takeHead(chunk);",
    to: "else if (this.request === undefined) this.takeHead(chunk);",
    tests: connections,
  },
  {
    what: "a connection lives on behind an answer that said it ends",
    file: "runtime/hosts/node/http1/connection.ts",
    from: "if (response?.shouldKeepAlive !== true || !request.complete",
    to: "if (!request.complete",
    tests: pipelines,
  },
  {
    what: "a connection lives on behind a body that did not come",
    file: "runtime/hosts/node/http1/connection.ts",
    from: "if (response?.shouldKeepAlive !== true || !request.complete",
    to: "if (response?.shouldKeepAlive !== true",
    tests: connections,
  },
  {
    what: "a body that breaks off is told as whole",
    file: "runtime/hosts/node/http1/request.ts",
    from: "if (!this.complete) this.sink?.onGone();",
    to: "this.sink?.onEnd();",
    tests: pipelines,
  },
  {
    what: "an answer may be longer than its head says",
    file: "runtime/hosts/node/http1/response.ts",
    from: "if (this.left < 0) {",
    to: "if (this.left < 0 && this.destroyed) {",
    tests: answers,
  },
];
