/** What is wrong, and a hint, each a sentence without what the file holds. */
interface Fault {
  readonly seen: string
  readonly expected: string
}

const quoted = 'Put a value that holds `: `, ` #`, or begins with any of `* & ! % @ { [ | >` into quotes.'
const indented = 'Indent with spaces, the keys of one mapping by the same number.'

/** By the codes of the parser (`ErrorCode` of the package yaml), and our own. */
const faults: Readonly<Record<string, readonly [seen: string, expected: string]>> = {
  ALIAS_PROPS: ['An alias has an anchor or a tag', 'Write the alias alone.'],
  BAD_ALIAS: ['An alias stands for no earlier anchor', quoted],
  BAD_DQ_ESCAPE: [
    'An escape in double quotes does not exist',
    'Use single quotes, in which a backslash is a backslash.',
  ],
  BAD_INDENT: ['A line is not indented as YAML needs it, or a bracket is not closed', indented],
  BAD_SCALAR_START: ['A value begins with a character that has a meaning in YAML', quoted],
  BLOCK_AS_IMPLICIT_KEY: ['A mapping begins where YAML allows none', indented],
  BLOCK_IN_FLOW: ['A list or mapping of several lines stands in `[ ]` or `{ }`', 'Write it in `[ ]` or `{ }` as well.'],
  DUPLICATE_KEY: ['A key occurs twice', 'Keep one of the two.'],
  MISSING_CHAR: ['A character is missing, such as a colon, a quote, a comma, or the end of a bracket', 'Add it.'],
  MULTIPLE_DOCS: ['The file holds several YAML documents', 'Keep one, and remove the lines `---`.'],
  NON_STRING_KEY: ['A key is not a name', 'Use the names of inputs as keys.'],
  RESOURCE_EXHAUSTION: ['Lists or mappings are nested too deeply', 'A manifest needs no more than five levels.'],
  TAB_AS_INDENT: ['A tab is used to indent', indented],
  TAG_RESOLVE_FAILED: ['A value has a tag (`!…`) that is not allowed here', `Remove the tag. ${quoted}`],
  TOO_DEEP: ['Lists or mappings are nested too deeply', 'A manifest needs no more than five levels.'],
}

/** What a syntax error is, in a sentence. The file is not quoted: it may hold a key. */
export const faultOf = (code: string): Fault => {
  const [seen, expected] = (Object.hasOwn(faults, code) ? faults[code] : undefined) ?? [
    'This is neither YAML nor JSON',
    quoted,
  ]
  return { seen, expected }
}
