/** What a PROXY header says, and how far the reading of one has come. */
export type ProxyHeader = {
  /** Bytes; what follows belongs to the connection. */
  readonly length: number;
  /** Text of the client's address. Absent: the connection is the balancer's own, such as a health check. */
  readonly source?: string;
  /** Id of the VPC endpoint that it came by, as AWS load balancers tell it. */
  readonly vpce?: string;
};

/** `more`: the bytes so far may become a header. */
export type ProxyReading =
  | { readonly kind: "header"; readonly header: ProxyHeader }
  | { readonly kind: "more" }
  | { readonly kind: "refused"; readonly why: string };

/** Bytes: the longest header that is read. Those of load balancers have some 100. */
export const mostHeaderBytes = 4_096;
