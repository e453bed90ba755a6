/** What calls of a function come to, between the parts that carry them out. */
import type { Answer } from "../../../contract/gateway.ts";
import type { HostFault } from "../host-fault.ts";

export type InvokeAnswer = Extract<Answer, { kind: "invoke" }>;
/** `held`: whoever watches has the answer. `cut`: the connection to the client is broken, or has to be. */
export type Passed = "passed" | "held" | "cut" | HostFault;
