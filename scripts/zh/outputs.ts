import type { outputNames } from '../../src/report/outputs.ts'

// What action.yml says of each output, in Chinese.

export const outputTexts: Readonly<Record<(typeof outputNames)[number], string>> = {
  outcome:
    '结果：`changed`（已变更）、`unchanged`（无需变更）、`planned`（试运行）、`failed`（失败）、`rolled-back`（已回滚）或 `cancelled`（已取消）。',
  changed: '`changed-hosts` 中有域名时为 `true`，否则为 `false`。',
  'request-id':
    '最后一次调用 ModifyHostsCertificate 的 RequestId（请求 ID）；失败时为失败的那次调用的 RequestId。没有收到应答时为空。',
  'error-code':
    '腾讯云的错误码，或本 Action 的错误码（`Input.…`、`Certificate.…`、`Verify.…`、`Network.…`、`Run.…`）；成功时为空。',
  'error-message': '错误信息，只有一行；成功时为空。',
  'cert-id':
    '本步骤绑定的证书 ID，或已经绑定、无需变更的证书 ID，多个以逗号分隔；`changed-hosts` 和 `unchanged-hosts` 均为空时为空。',
  'not-after': '上述证书中最早的到期时间，ISO 8601 格式，UTC；未知时为空。',
  'changed-hosts':
    'JSON 数组：本次运行中 EdgeOne 已受理其变更的域名，已回滚的除外。其中未达到 `wait-for` 的域名同时列在 `failed-hosts` 中。',
  'unchanged-hosts': 'JSON 数组：已绑定该证书、无需变更的域名。',
  'failed-hosts':
    'JSON 数组：未达到 `wait-for` 的域名，包括变更失败、已回滚、未执行变更和状态未知的域名。只要数组不为空，步骤就是失败或已取消。',
  'changed-count': '`changed-hosts` 中的域名数量。',
  'unchanged-count': '`unchanged-hosts` 中的域名数量。',
  'failed-count': '`failed-hosts` 中的域名数量。',
  'failed-sites': 'JSON 数组：失败的站点，已知 ID 时为站点 ID，否则为站点名称。',
  'result-path':
    '运行器临时目录中一个 JSON 文件的路径，包含完整结果（docs/result.schema.json）：证书，每个域名变更前后的配置、状态、RequestId 和错误，每次 API 调用及其 RequestId，以及全部警告。',
}
