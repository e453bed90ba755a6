/** A release in the tables: `from` and `to` are indexes of backends. */
export type ReleaseData = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly stop?: ReleaseStop;
};
/** More than `share` percent of the last `of` calls. */
export type ReleaseStop = { readonly share: number; readonly of: number };

/** What a host watches: `next` is the name of the backend that calls are sent on to. */
export type HostRelease = { readonly name: string; readonly next: string; readonly stop?: ReleaseStop };
