/** Words that people write for ours; what is close in spelling is found without this list. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['action', 'interface'],
  ['amount', 'money'],
  ['bank', 'branch'],
  ['client', 'customer'],
  ['customerrequestid', 'id'],
  ['initialbalance', 'balance'],
  ['operation', 'interface'],
  ['read', 'query'],
  ['requests', 'events'],
  ['value', 'money'],
  ['withdrawal', 'withdraw'],
]);

/** The one of the allowed words that was probably meant, if any is near enough. */
export function suggest(written: string, allowed: readonly string[]): string | undefined {
  const word = plain(written);
  const known = allowed.find((name) => plain(name) === word || name === synonyms.get(word));
  if (known !== undefined || word.length > longestWord) return known;
  const [nearest] = allowed
    .map((name) => ({ name, distance: editDistance(word, plain(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest?.name;
}

/** No word of ours is near to a longer one. */
const longestWord = 40;

/** Letters and digits alone, small: `"Initial_Balance"` and `initial-balance` read the same. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** How many letters have to be added, removed or replaced to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1];
    for (const [column, other] of to.split('').entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      const removed = (row[column + 1] ?? 0) + 1;
      const added = (next[column] ?? 0) + 1;
      next.push(Math.min(replaced, removed, added));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
