const LEAST = 20;

/** `text` on at most `room` columns, or the few that say anything; of a statement its reason stays readable. */
export function shortened(text: string, room: number): string {
  const most = Math.max(LEAST, room);
  if (text.length <= most) return text;
  const reason = /^.* (because .*)$/s.exec(text)?.[1];
  if (reason !== undefined && reason.length + LEAST <= most) return `${cut(text, most - reason.length - 1)} ${reason}`;
  return cut(text, most);
}

function cut(text: string, most: number): string {
  return `${Array.from(text)
    .slice(0, most - 1)
    .join("")
    .trimEnd()}…`;
}
