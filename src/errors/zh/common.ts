import type { common } from '../common.ts'
import type { Texts } from '../types.ts'
import { matchSite, otherSite, retriedBriefly, retriedToDeadline, ticket } from './shared.ts'

export const commonTexts = {
  ActionOffline: {
    meaning: '腾讯云已下线该接口。',
    fix: '如果工作流设置了 `api-version: 2022-01-06`，请改为默认值 `2022-09-01`。否则请升级到本 Action 的新版本。',
  },
  AuthFailure: {
    meaning: '腾讯云未通过该调用的签名或身份校验。',
    fix: `请重新保存访问管理（CAM）控制台中同一个密钥的 \`secret-id\` 和 \`secret-key\`；使用临时密钥时，还要保存 \`session-token\`。另请检查${matchSite}。`,
  },
  'AuthFailure.InvalidAuthorization': {
    meaning: '腾讯云收到的 `Authorization` 请求头无效：密钥中有多余的字符，或请求在运行器与腾讯云之间被修改。',
    fix: '请将 `secret-id` 和 `secret-key` 重新保存为 Secrets，不要带引号、空格或换行。如果使用了 `endpoint` 或代理，请确认其不会修改请求头。',
  },
  'AuthFailure.InvalidSecretId': {
    meaning: '`secret-id` 的值不是腾讯云 API 密钥的 ID。',
    fix: '请在访问管理（CAM）控制台打开主账号或子用户的 API 密钥，将 `SecretId` 和 `SecretKey` 分别保存为 `secret-id` 和 `secret-key`。请不要使用账号 UIN、APPID 或其他产品的密钥。',
  },
  'AuthFailure.MFAFailure': {
    meaning: '该账号的这项操作需要 MFA 校验，而工作流无法完成 MFA 校验。',
    fix: '请在访问管理（CAM）控制台新建调用 API 时无需 MFA 校验的子用户，将其密钥用作 `secret-id` 和 `secret-key`。',
  },
  'AuthFailure.SecretIdNotFound': {
    meaning:
      '腾讯云找不到该 `secret-id`：填写有误、已删除、已禁用、属于另一个站（中国站或国际站），或者是缺少令牌的临时密钥。',
    fix: `请在访问管理（CAM）控制台确认密钥存在且已启用，重新保存 \`secret-id\` 和 \`secret-key\`，首尾不要带空格。使用临时密钥时，还要设置 \`session-token\`。另请检查${matchSite}。`,
  },
  'AuthFailure.SignatureExpire': {
    meaning: '运行器与腾讯云的时间相差超过五分钟，签名被视为已过期。',
    fix: '步骤已自动校正一次时间差，但仍未成功。请同步自托管运行器的时钟（NTP）。如果时钟准确，请检查是否有代理延迟了请求。',
  },
  'AuthFailure.SignatureFailure': {
    meaning: '签名与请求不符：`secret-key` 与 `secret-id` 不属于同一个密钥，或请求在途中被修改。',
    fix: '请重新保存访问管理（CAM）控制台中同一个密钥的 `secret-id` 和 `secret-key`，不要带空格或换行。如果都正确，请确认代理或 `endpoint` 不会修改主机名、请求头或请求体。',
  },
  'AuthFailure.TokenFailure': {
    meaning: '临时密钥的令牌已过期、不完整，或属于其他密钥。',
    fix: '请使用同一作业中获取的同一个临时密钥的 `secret-id`、`secret-key` 和 `session-token`。使用永久密钥时，请将 `session-token` 和 `TENCENTCLOUD_…TOKEN` 变量留空。',
  },
  'AuthFailure.UnauthorizedOperation': {
    meaning: '该用户或角色没有执行此操作的权限。',
    fix: '请在访问管理（CAM）控制台关联策略，允许错误信息中的操作。绑定证书需要站点的 `teo:ModifyHostsCertificate` 权限，`QcloudSSLFullAccess` 不包含该权限。',
  },
  DryRunOperation: {
    meaning: '接口将该调用当作试运行处理：调用本会成功，但未做任何修改。',
    fix: `步骤从不发送 \`DryRun\`。请检查代理或 \`endpoint\` 是否在请求中添加了该参数。如果没有，请${ticket}。`,
  },
  FailedOperation: {
    meaning: `服务未能完成该调用。如果错误信息没有给出原因，已知的一种原因是${otherSite}。`,
    fix: `如果错误信息给出了原因，请按该原因处理。否则请设置 \`site\`：tencentcloud.com 的账号为 \`international\`，cloud.tencent.com 的账号为 \`china\`。如果设置正确，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`,
  },
  InternalError: {
    meaning: '服务发生内部错误。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  InvalidAction: {
    meaning: '请求的接口地址和版本中没有此接口。',
    fix: `请检查${matchSite}。如果工作流设置了 \`api-version: 2022-01-06\`，请改为 \`2022-09-01\`。如果设置了 \`endpoint\`，请确认每个 \`{service}\` 都指向该服务自己的主机名。`,
  },
  InvalidParameter: {
    meaning: '调用中有参数的格式或类型不正确。',
    fix: `请将 \`zone-id\`、\`hosts\` 和 \`cert-id\` 与控制台中的值核对。如果都正确，请${ticket}。`,
  },
  InvalidParameterValue: {
    meaning: '调用中有参数的取值不被服务接受。',
    fix: `请确认 \`zone-id\`、\`hosts\` 和 \`cert-id\` 所用的表达式不为空，并与 EdgeOne 控制台和 SSL 证书控制台中的值核对。如果都正确，请${ticket}。`,
  },
  InvalidRequest: {
    meaning: '服务收到的请求体格式不正确。',
    fix: `请确认代理或 \`endpoint\` 不会修改请求体。如果两者都没有使用，请${ticket}。`,
  },
  IpInBlacklist: {
    meaning: '运行器的 IP 地址在账号的黑名单中。',
    fix: '请在访问管理（CAM）控制台将该地址从黑名单中移除，或使用其他固定 IP 的自托管运行器。GitHub 托管的运行器每次作业的 IP 都会变化。',
  },
  IpNotInWhitelist: {
    meaning: '该账号或密钥只允许白名单中的 IP 地址调用，而运行器的 IP 地址不在白名单中。',
    fix: '请在固定 IP 的自托管运行器上运行作业，并在访问管理（CAM）控制台将该 IP 加入白名单。GitHub 托管的运行器每次作业的 IP 都会变化，如需使用，请取消该密钥的 IP 限制。',
  },
  LimitExceeded: {
    meaning: '账号的配额已用完，或一次调用中的域名数量超过了服务的上限。',
    fix: '步骤已尝试减少每次调用的域名数量，因此请在 EdgeOne 控制台检查配额。请删除不再需要的资源或申请提升配额，然后重新运行作业。',
  },
  MissingParameter: {
    meaning: '调用缺少服务所需的参数。',
    fix: `请保持 \`api-version\` 为 \`2022-09-01\`，并去掉会修改请求的 \`endpoint\` 或代理。如果仍未解决，请${ticket}。`,
  },
  NoSuchProduct: {
    meaning: '返回响应的主机不提供该产品。',
    fix: `请去掉 \`endpoint\`，或在其中使用 \`{service}\`，使 \`teo\`、\`ssl\` 和 \`sts\` 各自指向自己的主机名。如果没有设置 \`endpoint\`，请检查${matchSite}。`,
  },
  NoSuchVersion: {
    meaning: '请求的 API 版本在该站（中国站或国际站）不存在。',
    fix: '请将 `api-version` 设为默认值 `2022-09-01`。如果已是该值，请检查 `endpoint` 是否指向正确的产品。',
  },
  RequestLimitExceeded: {
    meaning: '账号一秒内调用该接口的次数超过了腾讯云的限制。',
    fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`,
  },
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': {
    meaning: '账号一秒内的调用次数超过了腾讯云的限制，按所有地域和所有用户合计。',
    fix: `${retriedToDeadline}如仍失败，请查明同一时间还有什么在使用该账号调用 API，将工作流错开时间运行，或调大 \`wait-minutes\`。`,
  },
  'RequestLimitExceeded.IPLimitExceeded': {
    meaning: '来自运行器 IP 地址的调用在一秒内过多。GitHub 托管的运行器可能共用同一个 IP。',
    fix: `${retriedToDeadline}如仍失败，请将工作流错开时间运行，调大 \`wait-minutes\`，或使用自托管运行器。`,
  },
  'RequestLimitExceeded.UinLimitExceeded': {
    meaning: '账号一秒内的调用次数超过了腾讯云的限制，按其所有用户和角色合计。',
    fix: `${retriedToDeadline}如仍失败，请查明同一时间还有什么在使用该账号调用 API，将工作流错开时间运行，或调大 \`wait-minutes\`。`,
  },
  RequestSizeLimitExceeded: {
    meaning: '请求的大小超过了服务的上限。',
    fix: '请将 `hosts` 拆分到多个步骤中。',
  },
  ResourceInUse: {
    meaning: '该资源正在被其他变更占用。',
    fix: `${retriedToDeadline}如仍失败，请在控制台检查是否有一直未结束的部署，然后稍后重新运行作业，或调大 \`wait-minutes\`。`,
  },
  ResourceInsufficient: {
    meaning: '服务缺少该调用所需的资源。',
    fix: `请在 EdgeOne 控制台和 SSL 证书控制台检查账号的套餐和配额。如果没有用完，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`,
  },
  ResourceNotFound: {
    meaning: '该账号下没有调用中指定的资源。',
    fix: `请在密钥所属账号的控制台中核对 \`zone-id\`、\`hosts\` 和 \`cert-id\`。如果都正确，请检查${matchSite}。`,
  },
  ResourceUnavailable: {
    meaning: '调用中指定的资源存在，但目前不可用。',
    fix: '请在 EdgeOne 控制台确认站点和域名在线，并在 SSL 证书控制台确认证书已签发，然后重新运行作业。',
  },
  ResponseSizeLimitExceeded: {
    meaning: '响应的大小超过了服务的上限。',
    fix: `请将 \`hosts\` 拆分到多个步骤中。如果域名很少的步骤也失败，请${ticket}。`,
  },
  ServiceUnavailable: {
    meaning: '服务暂时不可用。',
    fix: `${retriedBriefly}，运行前请确认 EdgeOne 和 SSL 证书服务没有故障公告。`,
  },
  UnauthorizedOperation: {
    meaning: '该用户或角色没有执行此操作的权限。',
    fix: `请在访问管理（CAM）控制台允许错误信息中的操作；绑定证书需要站点的 \`teo:ModifyHostsCertificate\` 权限。如果已关联策略，请检查${matchSite}。`,
  },
  UnknownParameter: {
    meaning: '调用中有参数是该站（中国站或国际站）的这个 API 版本不支持的。',
    fix: `请将 \`api-version\` 设为默认值 \`2022-09-01\`，并去掉会添加参数的 \`endpoint\` 或代理。如果仍未解决，请${ticket}。`,
  },
  UnsupportedOperation: {
    meaning: '对于该账号或调用中指定的资源，服务不支持此操作。',
    fix: `请在 EdgeOne 控制台确认站点的套餐支持自有证书。如果同样的修改在控制台可以完成，请${ticket}。`,
  },
  UnsupportedProtocol: {
    meaning: '服务收到的请求使用了 API 不接受的 HTTP 方法或协议。',
    fix: `请检查代理和 \`endpoint\`：必须以 HTTPS 转发 \`POST\` 请求，且不能重定向。如果两者都没有使用，请${ticket}。`,
  },
  UnsupportedRegion: {
    meaning: '该服务不支持请求的地域。',
    fix: '步骤只向 STS 发送地域，请检查 `region`。对于其他调用，请去掉会添加地域的代理或 `endpoint`。',
  },
} as const satisfies Readonly<Record<keyof typeof common, Texts>>
