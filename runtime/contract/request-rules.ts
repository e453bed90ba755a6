/** What a gateway says about the shape of requests, bound when it starts. Sizes in bytes. */
export type RequestRules = {
  /** Accepted host names, lower-case, without port; empty: any. */
  readonly hosts: readonly string[];
  readonly limits: RequestLimits;
  readonly paths: PathRules;
  /** Lower-case names of the fields that identities read their token from. */
  readonly identityHeaders: readonly string[];
  /** Whether there is any route on which a connection may become a WebSocket. */
  readonly upgrades: boolean;
};

/** `headers` and `headerField` count name + value + 4 for each field, as on the wire. */
export type RequestLimits = {
  readonly target: number;
  readonly headers: number;
  readonly headerField: number;
  readonly headerCount: number;
};

export type PathRules = {
  readonly trailingSlash: "ignore" | "refuse";
  readonly dotSegments: "refuse" | "resolve";
  readonly emptySegments: "refuse" | "merge";
  readonly semicolons: "refuse" | "allow";
};
