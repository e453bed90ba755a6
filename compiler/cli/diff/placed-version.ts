/** One of two versions as people name it, with places for its rules. */
import type { Program } from "../../model/program.ts";
import type { PlaceRule } from "../rule-places.ts";

export type PlacedVersion = { readonly name: string; readonly program: Program; readonly placeRule: PlaceRule };
