import { distance } from 'fastest-levenshtein'

/** The names nearest to `name` by edit distance, nearest first; none that is much farther than the nearest, or far from `name`. */
export const nearest = (name: string, names: Iterable<string>, max: number): string[] => {
  const limit = Math.max(2, Math.floor(name.length / 3))
  const ranked: { readonly other: string; readonly edits: number }[] = []
  for (const other of names) {
    if (Math.abs(other.length - name.length) > limit) continue
    const edits = distance(name, other)
    if (edits <= limit) ranked.push({ other, edits })
  }
  const best = ranked.reduce((min, { edits }) => Math.min(min, edits), limit)
  return ranked
    .filter(({ edits }) => edits <= best + 1)
    .toSorted((a, b) => a.edits - b.edits || (a.other < b.other ? -1 : 1))
    .slice(0, max)
    .map(({ other }) => other)
}
