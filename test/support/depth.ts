/** Whether everything is tried (`npm run test:all`, as a release does), or a sample of what takes long (`npm test`). */
export const isDeep = process.env['DEPTH'] === 'all'

/** How often a property is tried: a fifth, with other values each time, unless everything is tried. */
export const runs = (n: number): number => (isDeep ? n : Math.ceil(n / 5))
