import { distance } from 'fastest-levenshtein'

/** The names that resemble `name` most, nearest first, none much worse than the best; none when nothing is at all like it. */
export const nearest = (name: string, names: Iterable<string>, most: number): string[] => {
  const limit = Math.max(2, Math.floor(name.length / 3))
  const ranked: { readonly other: string; readonly far: number }[] = []
  for (const other of names) {
    if (Math.abs(other.length - name.length) > limit) continue
    const far = distance(name, other)
    if (far <= limit) ranked.push({ other, far })
  }
  const best = ranked.reduce((least, { far }) => Math.min(least, far), limit)
  return ranked
    .filter(({ far }) => far <= best + 1)
    .toSorted((a, b) => a.far - b.far || (a.other < b.other ? -1 : 1))
    .slice(0, most)
    .map(({ other }) => other)
}
