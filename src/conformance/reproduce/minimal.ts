/**
 * The least part of a list for which a test still holds, by delta debugging (Zeller and Hildebrandt 2002): halves are left out, then quarters, to single
 * items, until none can be left out alone. Of n items of which k are needed it asks about 2·k·log₂(n/k) times.
 *
 * @param holds holds for the whole list; is given what is left, in order
 * @param mayGoOn whether there is time left; without, what was reached is given
 */
export async function minimal<T>(
  items: readonly T[],
  holds: (kept: readonly T[]) => Promise<boolean>,
  mayGoOn: () => boolean,
): Promise<readonly T[]> {
  if (items.length === 0 || (mayGoOn() && (await holds([])))) return [];
  let kept = items;
  for (let size = Math.ceil(kept.length / 2); kept.length > 0; ) {
    const before = kept.length;
    for (let at = 0; at < kept.length && mayGoOn(); ) {
      const without = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (without.length > 0 && (await holds(without))) kept = without;
      else at += size;
    }
    if (!mayGoOn() || (size === 1 && kept.length === before)) break;
    size = Math.max(1, Math.min(Math.ceil(size / 2), Math.ceil(kept.length / 2)));
  }
  return kept;
}
