/** JSON with two spaces and a newline at the end; nothing in it can drive a terminal that it is printed on. */
export function toJson(value: unknown): string {
  return `${escapeUnprintable(JSON.stringify(value, null, 2))}\n`;
}

/** Still the same JSON value: characters that one cannot see become `\uHHHH`. */
function escapeUnprintable(json: string): string {
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits);
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => hexEscape(character.charCodeAt(at))).join('');
}

function hexEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
