import { chinese } from './errors-chinese.ts'
import { english } from './errors-english.ts'
import { pageIn } from './errors-page.ts'
import { generated } from './generated.ts'

// docs/errors.md and docs/errors.zh-CN.md, from the catalogue in src/errors/.

generated('docs/errors.md', pageIn(english), 'npm run docs')
generated('docs/errors.zh-CN.md', pageIn(chinese), 'npm run docs')
