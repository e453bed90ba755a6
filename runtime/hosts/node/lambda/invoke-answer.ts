/** What calls of a function come to, between the parts that carry them out. */
import type { Answer } from "../../../contract/gateway.ts";
import type { HostFault } from "../host-fault.ts";

export type InvokeAnswer = Extract<Answer, { kind: "invoke" }>;
/** `cut`: the connection to the client is broken, or has to be. */
export type Passed = "passed" | "cut" | HostFault;
