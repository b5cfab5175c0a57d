import { Buffer } from 'node:buffer'
import { isKeyText } from '../model/credential.ts'
import type { Environment, IdToken, Send } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import { fieldsOf, jsonOf, textOf } from '../util/json.ts'
import type { Text } from '../util/language.ts'

/**
 * The job's OIDC token, from the URL that the runner gives to jobs with `permissions: id-token: write`. Sends one request; the caller
 * retries transient errors. Throws `Input.NoIdToken`, `Network.…`, or the reason of the signal. Never prints the token.
 */
export const idTokens =
  (env: Environment, send: Send): IdToken =>
  async (audience, signal) => {
    const url = URL.parse(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '')
    const token = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''
    // The token is sent in a header.
    if (url === null || !isKeyText(token)) throw ownProblem('Input.NoIdToken', { message: missing(env) })
    url.searchParams.set('audience', audience)
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
    const { status, body } = await send({ method: 'GET', url, headers, body: Buffer.alloc(0) }, signal)
    if (status !== 200) {
      throw ownProblem('Network.HttpStatus', {
        message: {
          en: `HTTP ${status} from GitHub's token service (${url.hostname})`,
          zh: `GitHub 的令牌服务（${url.hostname}）返回 HTTP ${status}`,
        },
        status,
      })
    }
    const value = textOf(fieldsOf(jsonOf(body))['value'])
    if (value === undefined) {
      throw ownProblem('Network.Response', {
        message: {
          en: `The answer of GitHub's token service (${url.hostname}) contains no token`,
          zh: `GitHub 的令牌服务（${url.hostname}）的响应中没有令牌`,
        },
      })
    }
    return value
  }

const missing = (env: Environment): Text =>
  env['GITHUB_EVENT_NAME'] === 'pull_request'
    ? {
        en: 'GitHub gave this job no OIDC token: it lacks the permission, or the pull request comes from a fork',
        zh: 'GitHub 未向此作业提供 OIDC 令牌：作业缺少权限，或拉取请求来自 fork 仓库',
      }
    : {
        en: 'GitHub gave this job no OIDC token: it lacks the permission',
        zh: 'GitHub 未向此作业提供 OIDC 令牌：作业缺少权限',
      }
