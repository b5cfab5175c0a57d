import { zhTables } from '../src/errors/zh/index.ts'
import { maxAttempts, maxTime } from '../src/tencent/retry.ts'
import type { Words } from './errors-page.ts'

const lead = `# 错误码

<!-- 由 scripts/errors.ts 根据 src/errors/ 生成。 -->

[English](errors.md)

步骤失败时，错误码会显示在注解、输出 \`error-code\` 和作业摘要的开头，并附上下表中的含义和处理办法；在工作流中设置
\`language: zh-CN\` 即以中文显示。向腾讯云提交工单时，请提供 RequestId。未列出的错误码会显示服务返回的错误信息，并使用上一级错误码
的说明，例如 \`InternalError.Xyz\` 使用 \`InternalError\` 的说明。每个错误码在本页都有锚点，例如
\`#teo-FailedOperation.ModifyFailed\`。因缺少权限而被拒绝时，步骤给出的说明会具体指出所缺的权限和对应的资源。

**是否重试**表示步骤是否会重试该调用：

- *不重试*：错误不是暂时的，步骤不再尝试。
- *重试至截止时间*：触发频率限制，或站点、域名正忙。步骤会一直重试，直至 \`wait-minutes\` 设定的时间用完。
- *重试几次*：服务或网络故障。步骤在 ${maxTime / 60_000} 分钟内最多尝试 ${maxAttempts} 次。

每次重试前的等待时间是随机的，并逐渐变长：*重试至截止时间*最长 8 秒，*重试几次*最长 30 秒。运行器的时钟不准时，
\`AuthFailure.SignatureExpire\` 会按服务的时间重试一次。

**影响范围**表示 EdgeOne 拒绝一次包含多个域名的调用时，步骤如何处理其他域名：

- *单个域名*：错误可能只与其中一个域名有关。步骤会拆分调用，直到找出该域名，并修改其余域名。
- *配置不同的域名*：步骤会逐个修改这些域名，每个域名一次调用。
- *证书*：任何域名都无法使用该证书。
- *所有域名*：所有域名都会被拒绝，步骤停止。
`

export const chinese: Words = {
  lead,
  sections: {
    teo: ['EdgeOne', '`ModifyHostsCertificate`（两个 API 版本）和查询类接口的错误码。'],
    common: ['公共错误码', '腾讯云所有 API 都可能返回的错误码。'],
    own: ['本 Action', '由本 Action 产生的错误码，腾讯云不会返回。'],
    ssl: ['SSL 证书服务', '`UploadCertificate` 以及查询证书、关闭到期提醒和删除证书的接口的错误码。'],
    sts: ['临时密钥（STS）', '扮演角色和查询密钥所属账号的接口的错误码。'],
  },
  columns: ['错误码', '含义', '处理办法', '是否重试', '影响范围'],
  concerns: { host: '单个域名', certificate: '证书', all: '所有域名', together: '配置不同的域名' },
  retried: { never: '不重试', deadline: '重试至截止时间', bounded: '重试几次' },
  conditions: {
    'without a reason, or for two minutes after an upload with a generic one':
      '仅限没有给出原因时，或上传证书后两分钟内只给出笼统的原因时',
    'for two minutes after an upload': '仅限上传证书后两分钟内',
    'with HTTP 5xx or 429': '仅限 HTTP 5xx 或 429',
    'except for uploads': '上传除外',
  },
  comma: '，',
  texts: zhTables,
}
