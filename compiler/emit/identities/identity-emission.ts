/** What emission must know of one kind of identity: its row in the tables, and the values that are known only when the gateway starts. */
import type { IdentityData } from "../../../runtime/contract/identity-data.ts";
import type { Identity, IdentityKind } from "../../model/program.ts";
import type { LateSetting } from "../late-setting.ts";
import type { RuntimeName } from "../vocabulary.ts";

export type IdentityEmission<Kind extends IdentityKind> = {
  /** The door's name of the kind. Only handlers that have such an identity import it, so that the others do not carry its code. */
  readonly door: RuntimeName;
  /** `secrets`: the program's, which data names by index. */
  readonly data: (identity: Extract<Identity, { kind: Kind }>, secrets: readonly string[]) => Extract<IdentityData, { kind: Kind }>;
  /** Setting and values, in a fixed order. */
  readonly late: (identity: Extract<Identity, { kind: Kind }>) => readonly LateSetting[];
};
