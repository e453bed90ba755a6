/** Times of signed requests: `YYYYMMDDThhmmssZ`, and the `Date` field of RFC 9110 section 5.6.7. Only moments that exist. */

export type Timestamp = {
  /** `YYYYMMDDThhmmssZ` */
  readonly text: string;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
};

const basic = /^[0-9]{8}T[0-9]{6}Z$/;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const field = new RegExp(
  `^(Sun|Mon|Tue|Wed|Thu|Fri|Sat), ([0-9]{2}) (${months.join("|")}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$`,
);

export function readTimestamp(text: string): Timestamp | undefined {
  if (!basic.test(text)) return undefined;
  const number = (from: number, to: number): number => Number(text.slice(from, to));
  const [month, day, hour, minute, second] = [number(4, 6), number(6, 8), number(9, 11), number(11, 13), number(13, 15)];
  const time = Date.UTC(number(0, 4), month - 1, day, hour, minute, second);
  const exists = hour < 24 && minute < 60 && second < 60 && month <= 12 && day >= 1 && new Date(time).getUTCMonth() === month - 1;
  return exists ? { text, time } : undefined;
}

/** Of a `Date` field: either form. */
export function readDateField(value: string): Timestamp | undefined {
  const parts = field.exec(value);
  if (parts === null) return readTimestamp(value);
  const month = String(months.indexOf(parts[3] ?? "") + 1).padStart(2, "0");
  const read = readTimestamp(`${parts[4]}${month}${parts[2]}T${parts[5]}${parts[6]}${parts[7]}Z`);
  return read !== undefined && new Date(read.time).toUTCString() === value ? read : undefined;
}
