/** Times of signed requests: `YYYYMMDDThhmmssZ`, and the `Date` field of RFC 9110 section 5.6.7. Only moments that exist. */

export type Timestamp = {
  /** `YYYYMMDDThhmmssZ` */
  readonly text: string;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
};

const basic = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$/;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const field = new RegExp(
  `^(Sun|Mon|Tue|Wed|Thu|Fri|Sat), ([0-9]{2}) (${months.join("|")}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$`,
);

export function readTimestamp(text: string): Timestamp | undefined {
  const parts = basic.exec(text);
  if (parts === null) return undefined;
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), Number(parts[4]), Number(parts[5]), Number(parts[6]));
  return basicText(time) === text ? { text, time } : undefined;
}

/** Of a `Date` field: either form. */
export function readDateField(value: string): Timestamp | undefined {
  const parts = field.exec(value);
  if (parts === null) return readTimestamp(value);
  const month = String(months.indexOf(parts[3] ?? "") + 1).padStart(2, "0");
  const read = readTimestamp(`${parts[4]}${month}${parts[2]}T${parts[5]}${parts[6]}${parts[7]}Z`);
  return read !== undefined && new Date(read.time).toUTCString() === value ? read : undefined;
}

function basicText(time: number): string {
  return new Date(time).toISOString().replace(/-|:|\.[0-9]{3}/g, "");
}
