/** About how wide a letter of Inter's semibold is, by its size. */
const LETTER = 0.58;

/** A name of which less can be shown is left out, unless what is shown is this long. */
const USEFUL = 0.75;
const TELLING = 7;

const known = new Map<string, readonly string[]>();

/**
 * A name in as many lines as fit into a box, broken where its words meet; what does not fit ends
 * in an ellipsis. Empty if too little of it would be seen to be of use.
 */
export function fitName(
  name: string,
  width: number,
  height: number,
  size: number,
): readonly string[] {
  const letters = Math.floor(width / (size * LETTER));
  const rows = Math.max(1, Math.floor(height / (size * 1.2)));
  const key = `${letters} ${Math.min(rows, 3)} ${name}`;
  let lines = known.get(key);
  if (lines === undefined) {
    lines = broken(name, letters, Math.min(rows, 3));
    if (known.size > 20_000) known.clear();
    known.set(key, lines);
  }
  return lines;
}

function broken(name: string, letters: number, rows: number): readonly string[] {
  if (letters < 4) return [];
  // `order_items` and `OrderItems` are two words each.
  const words = name.match(/[A-Z]?[^_A-Z\s.-]+[_\s.-]?|[A-Z]+[_\s.-]?|[_\s.-]+/g) ?? [name];
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + word.length > letters) {
      lines.push(line);
      line = '';
    }
    line += word;
  }
  lines.push(line);
  // The last row takes all that is left, for as far as it goes.
  const shown = [...lines.slice(0, rows - 1), lines.slice(rows - 1).join('')];
  const cut = shown
    .filter((it) => it !== '')
    .map((it) => (it.length > letters ? `${it.slice(0, letters - 1)}…` : it));
  // Stubs of names are noise.
  const seen = cut.reduce((sum, it) => sum + it.length, 0);
  return seen < USEFUL * name.length && seen < TELLING ? [] : cut;
}
