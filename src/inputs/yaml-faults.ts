import { sentences, type Text } from '../util/language.ts'

/** What is wrong, and a hint, each a sentence without what the file holds. */
interface Fault {
  readonly seen: Text
  readonly expected: Text
}

const quoted: Text = {
  en: 'Put a value that holds `: `, ` #`, or begins with any of `* & ! % @ { [ | >` into quotes.',
  zh: '含有 `: ` 或 ` #`，或以 `* & ! % @ { [ | >` 之一开头的值，请加引号。',
}
const indented: Text = {
  en: 'Indent with spaces, the keys of one mapping by the same number.',
  zh: '请用空格缩进，同一映射的各个键缩进相同的空格数。',
}
const tooDeep: readonly [Text, Text] = [
  { en: 'Lists or mappings are nested too deeply', zh: '列表或映射嵌套过深' },
  { en: 'A manifest needs no more than five levels.', zh: '清单文件最多需要五层。' },
]

/** By the codes of the parser (`ErrorCode` of the package yaml), and our own. */
const faults: Readonly<Record<string, readonly [seen: Text, expected: Text]>> = {
  ALIAS_PROPS: [
    { en: 'An alias has an anchor or a tag', zh: '别名带有锚点或标签' },
    { en: 'Write the alias alone.', zh: '请只写别名本身。' },
  ],
  BAD_ALIAS: [{ en: 'An alias stands for no earlier anchor', zh: '别名没有对应的、在它之前的锚点' }, quoted],
  BAD_DQ_ESCAPE: [
    { en: 'An escape in double quotes does not exist', zh: '双引号中的转义序列不存在' },
    {
      en: 'Use single quotes, in which a backslash is a backslash.',
      zh: '请使用单引号，其中的反斜杠就是反斜杠本身。',
    },
  ],
  BAD_INDENT: [
    {
      en: 'A line is not indented as YAML needs it, or a bracket is not closed',
      zh: '某一行的缩进不符合 YAML 的要求，或括号没有闭合',
    },
    indented,
  ],
  BAD_SCALAR_START: [
    { en: 'A value begins with a character that has a meaning in YAML', zh: '值以在 YAML 中有特殊含义的字符开头' },
    quoted,
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    { en: 'A mapping begins where YAML allows none', zh: '映射出现在 YAML 不允许的位置' },
    indented,
  ],
  BLOCK_IN_FLOW: [
    {
      en: 'A list or mapping of several lines stands in `[ ]` or `{ }`',
      zh: '`[ ]` 或 `{ }` 中有多行形式的列表或映射',
    },
    { en: 'Write it in `[ ]` or `{ }` as well.', zh: '请将其也写成 `[ ]` 或 `{ }` 的形式。' },
  ],
  DUPLICATE_KEY: [
    { en: 'A key occurs twice', zh: '键重复出现' },
    { en: 'Keep one of the two.', zh: '请只保留其中一个。' },
  ],
  MISSING_CHAR: [
    {
      en: 'A character is missing, such as a colon, a quote, a comma, or the end of a bracket',
      zh: '缺少字符，例如冒号、引号、逗号或右括号',
    },
    { en: 'Add it.', zh: '请补上。' },
  ],
  MULTIPLE_DOCS: [
    { en: 'The file holds several YAML documents', zh: '文件中有多个 YAML 文档' },
    { en: 'Keep one, and remove the lines `---`.', zh: '请只保留一个，并删除 `---` 行。' },
  ],
  NON_STRING_KEY: [
    { en: 'A key is not a name', zh: '键不是名称' },
    { en: 'Use the names of inputs as keys.', zh: '请用输入的名称作为键。' },
  ],
  RESOURCE_EXHAUSTION: tooDeep,
  TAB_AS_INDENT: [{ en: 'A tab is used to indent', zh: '使用了制表符缩进' }, indented],
  TAG_RESOLVE_FAILED: [
    { en: 'A value has a tag (`!…`) that is not allowed here', zh: '值带有此处不允许的标签（`!…`）' },
    sentences([{ en: 'Remove the tag.', zh: '请删除标签。' }, quoted]),
  ],
  TOO_DEEP: tooDeep,
}

/** What a syntax error is, in a sentence. The file is not quoted: it may hold a key. */
export const faultOf = (code: string): Fault => {
  const [seen, expected] = (Object.hasOwn(faults, code) ? faults[code] : undefined) ?? [
    { en: 'This is neither YAML nor JSON', zh: '内容既不是 YAML 也不是 JSON' },
    quoted,
  ]
  return { seen, expected }
}
