import type { Kept, Obstacle } from '../model/github.ts'
import { inBoth, type Text } from '../util/language.ts'
import type { Post } from './post.ts'

type Left = Extract<Kept, { readonly why: Obstacle }>

/** A comment or an issue in a sentence, and what the token needs for it. */
export const posts: Readonly<Record<Post, { readonly name: Text; readonly permission: string }>> = {
  comment: { name: { en: 'Pull request comment', zh: '拉取请求评论' }, permission: 'pull-requests' },
  issue: { name: inBoth('Issue'), permission: 'issues' },
}

/** Why nothing was written, for a notice. */
export const leftText = ({ why, detail }: Left, what: Post): Text => {
  const { name, permission } = posts[what]
  const reason = reasons[why](detail, permission)
  return {
    en: `${name.en} not written: ${reason.en}`,
    zh: `未写入${what === 'issue' ? ' Issue' : name.zh}：${reason.zh}`,
  }
}

const reasons: Readonly<Record<Obstacle, (detail: string, permission: string) => Text>> = {
  'no token': () => ({
    en: 'the input github-token holds no token. It defaults to the token of the job; secrets are empty in a pull request from a fork.',
    zh: '输入参数 github-token 中没有令牌。默认使用作业的令牌；来自 fork 的拉取请求中，secrets 为空。',
  }),
  'no pull request': (event) => ({
    en: `the event ${event === '' ? 'of this run' : `“${event}”`} belongs to no pull request.`,
    zh: `触发本次运行的事件${event === '' ? '' : `“${event}”`}不属于任何拉取请求。`,
  }),
  refused: (detail, permission) => ({
    en: `GitHub refused it (${detail}). The job needs the permission “${permission}: write”; in a pull request from a fork, its token may only read.`,
    zh: `GitHub 拒绝了写入（${detail}）。作业需要权限 “${permission}: write”；在来自 fork 的拉取请求中，作业的令牌只能读取。`,
  }),
  'rate limit': (detail) => ({
    en: `GitHub’s rate limit is used up (${detail}).`,
    zh: `已达到 GitHub 的频率限制（${detail}）。`,
  }),
  fault: (detail) => ({
    en: `GitHub could not be reached, or did not do it (${detail}).`,
    zh: `无法连接 GitHub，或 GitHub 未能完成写入（${detail}）。`,
  }),
  deadline: (detail) => ({ en: `${detail}.`, zh: 'GitHub 未在截止时间前响应。' }),
  cancelled: (detail) => ({ en: `${detail}.`, zh: '运行已取消。' }),
}
