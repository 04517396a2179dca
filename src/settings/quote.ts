const longest = 80;

/** Text from outside between backticks, for one line of a message: control and bidirectional characters escaped, shortened. */
export function quote(text: string): string {
  const characters = [...text.slice(0, 4 * longest)];
  const shown = characters.slice(0, longest).map(visible).join('');
  const isCut = characters.length > longest || text.length > 4 * longest;
  return `\`${shown}${isCut ? '…' : ''}\``;
}

function visible(character: string): string {
  if (!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/u.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
