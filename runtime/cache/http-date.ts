/** Dates in fields (RFC 9110, section 5.6.7). */

const preferred =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;
const ofRfc850 = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ([0-9]{2})-([A-Z][a-z]{2})-([0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) GMT$/;
const ofAsctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ 0-9][0-9]) ([0-9]{2}:[0-9]{2}:[0-9]{2}) ([0-9]{4})$/;

/** Milliseconds since 1970; undefined where it is no date. `now` tells the century of years with two digits. */
export function readHttpDate(text: string, now: number): number | undefined {
  if (preferred.test(text)) return known(Date.parse(text));
  const [, day = "", month = "", year = "", time = ""] = ofRfc850.exec(text) ?? [];
  if (day !== "") return known(Date.parse(`${day} ${month} ${wholeYear(Number(year), now)} ${time} GMT`));
  const [, monthName = "", date = "", clock = "", longYear = ""] = ofAsctime.exec(text) ?? [];
  return monthName === "" ? undefined : known(Date.parse(`${date.trim()} ${monthName} ${longYear} ${clock} GMT`));
}

/** What seems to be more than 50 years ahead is past. */
function wholeYear(year: number, now: number): number {
  const current = new Date(now).getUTCFullYear();
  const same = current - (current % 100) + year;
  return same > current + 50 ? same - 100 : same;
}

function known(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}
