/** What a value of a workflow command was before `@actions/core` escaped it. */
const unescaped = (text: string): string =>
  text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')

/** The annotations in what a step printed. */
export const annotationsIn = (printed: string) =>
  [...printed.matchAll(/^::(error|warning|notice) title=(.*?)::(.*)$/gm)].map(
    ([, level, title = '', message = '']) => ({
      level,
      title: unescaped(title),
      message: unescaped(message),
    }),
  )
