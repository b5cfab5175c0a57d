import { credentialInputs } from '../../src/inputs/table.ts'
import type { auditOutputNames } from '../../src/report/audit-outputs.ts'
import { inputTexts } from './inputs.ts'

// What audit/action.yml says of each input and output, in Chinese.

/** Inputs that are the same in both actions. */
const shared = [
  'zone-id',
  'shard',
  ...credentialInputs,
  'region',
  'site',
  'endpoint',
  'api-version',
] as const satisfies readonly (keyof typeof inputTexts)[]

export const auditInputTexts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(shared.map((name) => [name, inputTexts[name]])),
  'zone-name':
    'EdgeOne 站点名称，例如 `example.com`，用来代替站点 ID；可填写多个。填写 `all` 时，选用账号下已绑定套餐的全部站点。',
  manifest:
    '工作区内 YAML 或 JSON 清单文件的路径，即部署所用的清单（docs/many-sites.zh-CN.md）。巡检读取其中的账号，以及每个站点的 `zone-id`、`zone-name`、`hosts`、`match`、`api-version` 和 `connect-to`。使用清单时不能再填写 `zone-id`、`zone-name` 和 `hosts`；其他输入作为默认值，优先级低于清单中的 `defaults`。',
  hosts:
    '缩小域名范围的匹配规则，以逗号、空格或换行分隔：`*` 匹配恰好一级，`**` 匹配一级或多级，以 `!` 开头表示排除。`#` 之后直到行尾为注释。不填写时检查全部域名。',
  'expires-within-days':
    '剩余有效期少于该天数的证书视为问题，最大 3650。EdgeOne 免费证书会自动续期，只有续期逾期时才视为问题。',
  'fail-on':
    '使步骤失败的问题，以逗号、空格或换行分隔：`expired`、`expiring`、`not-served`、`not-trusted`、`not-covered`、`no-certificate`、`deploy-failed`、`unreadable` 中的任意几项；或填写 `none`。其他问题只给出警告。',
  'look-at-served':
    '`true`：同时与每个域名进行 TLS 握手，涵盖域名的每个地址和每种算法，并把实际返回的证书与 EdgeOne 的配置进行比对。',
  'connect-to':
    '设置 `look-at-served` 时，TLS 握手连接的地址，用来代替域名本身：`host[:port]`；或填写 `cname`，连接 EdgeOne 为域名分配的 CNAME，在 DNS 切换到 EdgeOne 之前即可使用。',
  language:
    '作业摘要、注解、拉取请求评论、Issue 和 API 返回信息的语言：`en-US` 或 `zh-CN`。日志、错误码、输出和结果文件均为英文。',
  'comment-on-pull-request':
    '`true`：在拉取请求中保留一条评论，内容为作业摘要，并随每次运行更新。工作流的每个步骤各有一条评论，在原处修改（docs/pull-requests.zh-CN.md）。',
  'open-issue':
    '`true`：有问题时保持一个打开的 GitHub Issue，随每次运行更新，没有问题时关闭。通过隐藏标记和标签 `edgeone-certificate` 找到它；每个步骤各有一个。',
  'github-token':
    '发表评论（`permissions: pull-requests: write`）和更新 Issue（`permissions: issues: write`）所用的令牌。如果 GitHub 拒绝，步骤只给出提示，不会失败。',
  'wait-minutes':
    '整个步骤的时限，单位为分钟，从步骤开始计时，包括所有重试；大于 0，最大 360。到时限仍未检查的对象记为 `unreadable`。',
}

export const auditOutputTexts: Readonly<Record<(typeof auditOutputNames)[number], string>> = {
  ok: '没有发现 `fail-on` 中的问题时为 `true`；无法完成巡检时也为 `false`：输入有误、所有站点都无法读取，或运行被取消。',
  findings:
    'JSON 数组，元素为 `{ site, host, finding, certificate, not-after, detail }`，最严重的在前，最多 200 项。`site` 为站点 ID，未知时为站点名称；`host` 为 null 表示问题涉及整个站点；`certificate` 为证书 ID，多个以逗号分隔。',
  'finding-count': '问题总数。',
  'host-count': '已检查的域名数量，即在线或部署中的域名。',
  'site-count': '站点数量。',
  'earliest-expiry': '使用中的证书里最早的到期时间，包括已过期的证书，ISO 8601 格式，UTC；未知时为空。',
  'result-path':
    '运行器临时目录中一个 JSON 文件的路径，包含完整结果（docs/audit.schema.json）：每个域名的证书、实际返回的证书和问题，跳过的域名，每次 API 调用及其 RequestId，以及全部警告。',
}
