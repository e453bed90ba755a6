/** What a host refuses by itself, beside the gateway's decision: faults of backends, and its own. */

export type HostFault =
  | "internal"
  | "bad-gateway"
  /** The backend's answer is none that the route says it has. */
  | "invalid-answer"
  /** One of the backends that answer together has said what all of it is. */
  | "decided-by-part"
  | "backend-unavailable"
  | "backend-timeout"
  | "body-too-large"
  | "incomplete-body"
  | "malformed"
  | "headers-too-large"
  | "incomplete-head";
