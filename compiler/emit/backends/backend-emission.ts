/** What emission must know of one kind of backend: its row in the tables, and the values that are known only when the gateway starts. */
import type { BackendData } from "../../../runtime/contract/backend-data.ts";
import type { Backend, BackendKind } from "../../model/program.ts";
import type { LateSetting } from "../late-setting.ts";
import type { RuntimeName } from "../vocabulary.ts";

export type BackendEmission<Kind extends BackendKind> = {
  /** The door's name of the kind. Only handlers that have such a backend import it, so that the others do not carry its code. */
  readonly door: RuntimeName;
  readonly data: (backend: Extract<Backend, { kind: Kind }>) => Extract<BackendData, { kind: Kind }>;
  /** Setting and values, in a fixed order. */
  readonly late: (backend: Extract<Backend, { kind: Kind }>) => readonly LateSetting[];
};
