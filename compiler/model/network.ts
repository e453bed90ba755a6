/** Sets of addresses with a name, as a checked program has them. */
import type { Span } from "../../grammar/source/span.ts";
import type { NetworkList } from "../../runtime/contract/network-lists.ts";

/** `cidrs`: canonical, sorted, folded: no entry holds or touches another to a larger block. Algebra and files are resolved. */
export type Network = {
  readonly name: string;
  readonly cidrs: readonly string[];
  /** Where its list is read again while the gateway serves: `cidrs` are those of the build. */
  readonly reload?: Omit<NetworkList, "name">;
  readonly span: Span;
};
