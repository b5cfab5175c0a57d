import type { ssl } from '../ssl.ts'
import type { Texts } from '../types.ts'
import { matchSite, otherSite, retriedBriefly, retriedToDeadline, ticket } from './shared.ts'

export const sslTexts = {
  AuthFailure: {
    meaning: 'SSL 证书服务未通过该调用的签名或身份校验。',
    fix: `请重新保存访问管理（CAM）控制台中同一个密钥的 \`secret-id\` 和 \`secret-key\`；使用临时密钥时，还要保存 \`session-token\`。另请检查${matchSite}。`,
  },
  'AuthFailure.UnauthorizedOperation': {
    meaning: '该用户或角色没有对 SSL 证书服务执行此操作的权限。',
    fix: '请在访问管理（CAM）控制台关联策略，允许错误信息中的操作。上传证书需要 `ssl:UploadCertificate` 权限，资源为 `*`。也可以用其他方式上传证书，再把证书 ID 填入 `cert-id`。',
  },
  FailedOperation: {
    meaning: `SSL 证书服务未能完成该调用。如果错误信息没有给出原因，已知的一种原因是${otherSite}。`,
    fix: `如果错误信息给出了原因，请按该原因处理。否则请设置 \`site\`：tencentcloud.com 的账号为 \`international\`，cloud.tencent.com 的账号为 \`china\`。如果设置正确，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`,
  },
  'FailedOperation.AuthError': {
    meaning: '该用户或角色没有对 SSL 证书服务执行此操作的权限。',
    fix: '请在访问管理（CAM）控制台允许错误信息中的操作。上传证书需要 `ssl:UploadCertificate` 权限，资源为 `*`；绑定证书需要 `teo:ModifyHostsCertificate` 权限。',
  },
  'FailedOperation.CAMAuthorizedFail': {
    meaning: 'SSL 证书服务向访问管理（CAM）校验调用者的权限时出错或被拒绝。',
    fix: `请在访问管理（CAM）控制台确认该用户或角色有执行此操作的权限，例如 \`ssl:UploadCertificate\`，资源为 \`*\`。如果已有权限，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`,
  },
  'FailedOperation.CancelOrderFailed': {
    meaning: '证书订单取消失败。步骤不会取消订单，因此通常不会出现该错误码。',
    fix: `请在 SSL 证书控制台检查该证书是否有未完成的订单。如果没有，请${ticket}。`,
  },
  'FailedOperation.CannotBeDeletedIssued': {
    meaning: '该证书已签发，SSL 证书服务不允许删除。',
    fix: '请将 `old-certificates` 设为 `mute` 或 `keep`。如需移除该证书，请在 SSL 证书控制台吊销或删除。',
  },
  'FailedOperation.CannotBeDeletedWithinHour': {
    meaning: '该证书是申请未满一小时的免费证书，暂时不能删除。',
    fix: '请稍后在 SSL 证书控制台删除，或将 `old-certificates` 设为 `keep` 或 `mute`。新证书不受影响。',
  },
  'FailedOperation.CannotGetOrder': {
    meaning: 'SSL 证书服务未能获取证书的订单信息。',
    fix: `请稍后重新运行作业。如果再次出现同样的错误，请在 SSL 证书控制台检查该证书，再${ticket}。`,
  },
  'FailedOperation.CertificateCaError': {
    meaning: 'SSL 证书服务把上传的内容当作 CA 证书，且认为其无效。通常是因为内容不是服务器证书及其证书链。',
    fix: '请在 `certificate` 中填写服务器证书及其中间证书，在 `private-key` 中填写服务器证书的私钥。请去掉根证书和其他证书链的证书。',
  },
  'FailedOperation.CertificateChainError': {
    meaning: '证书链中有证书已损坏、已过期，或与前一张证书不匹配。',
    fix: '请在 `certificate` 中填写 CA 提供的完整证书链（通常是 `fullchain.pem`）：服务器证书和每张中间证书各一份，内容完整。如果没有证书链文件，请从 CA 下载中间证书。',
  },
  'FailedOperation.CertificateEncryptInvalid': {
    meaning: '该证书似乎是国密（SM2）证书，不能按普通证书上传。',
    fix: '请在 SSL 证书控制台选择国密标准上传 SM2 证书，并在 `cert-id` 中填写其 ID。如果应该是 RSA 或 ECC 证书，请检查 `certificate` 和 `private-key` 指定的文件。',
  },
  'FailedOperation.CertificateExists': {
    meaning: '账号下已有该证书。',
    fix: `请在 SSL 证书控制台找到其 ID，填入 \`cert-id\`，不再填写 \`certificate\` 和 \`private-key\`。如果控制台中没有该证书，请${ticket}。`,
  },
  'FailedOperation.CertificateInvalid': {
    meaning: 'SSL 证书服务认为上传的内容不是有效的证书。',
    fix: '请确认 `certificate` 是完整的 PEM 内容，从 `-----BEGIN CERTIFICATE-----` 到 `-----END CERTIFICATE-----`，且换行完好。如果取自 Secrets，请重新保存文件内容，不要带引号或多余的空格。',
  },
  'FailedOperation.CertificateMatchError': {
    meaning: '私钥与证书不匹配，或其中一个因多余的空格或换行而改变。',
    fix: '请使用同一次续期的 `certificate` 和 `private-key`，续期大多会生成新的私钥。如果都取自 Secrets，请重新保存这两项。',
  },
  'FailedOperation.CertificateMismatch': {
    meaning: '私钥与证书不匹配。',
    fix: '请使用同一次续期的 `certificate` 和 `private-key`，续期大多会生成新的私钥。如果都取自 Secrets，请同时更新这两项。',
  },
  'FailedOperation.CertificateNotFound': {
    meaning: '账号下没有该 ID 的证书：证书已删除、ID 填写有误，或证书属于其他账号或另一个站（中国站或国际站）。',
    fix: `请在正确账号的 SSL 证书控制台复制证书 ID，填入 \`cert-id\`，并检查${matchSite}。如果证书已删除，请填写 \`certificate\` 和 \`private-key\`。`,
  },
  'FailedOperation.CertificateParseError': {
    meaning: 'SSL 证书服务无法解析证书或私钥。常见原因是有多余的空格、缺少换行，或 PEM 内容不完整。',
    fix: '请将 CA 提供的文件原样用作 `certificate` 和 `private-key`，或重新保存 Secrets 并保留换行。私钥必须是未加密的 PEM。',
  },
  'FailedOperation.ExceedsFreeLimit': {
    meaning: '账号的免费证书数量已达上限。',
    fix: `请在 SSL 证书控制台删除过期的免费证书，或购买更多额度，然后重新运行作业。上传的证书通常不计入该上限；如果没有可删除的证书，请${ticket}。`,
  },
  'FailedOperation.InvalidCertificateStatusCode': {
    meaning: '证书的当前状态不允许此操作，例如尚未签发、已吊销或正在删除。',
    fix: '请在 SSL 证书控制台检查其状态，并在 `cert-id` 中填写已签发证书的 ID，或更换 `certificate` 及其 `private-key`。',
  },
  'FailedOperation.InvalidParam': {
    meaning: '调用中有参数不被 SSL 证书服务接受。',
    fix: `请确认 \`certificate\` 和 \`private-key\` 是一张完整的证书及其私钥，并使用不含特殊字符的简短 \`cert-alias\`。如果都正确，请${ticket}。`,
  },
  'FailedOperation.NetworkError': {
    meaning: 'SSL 证书服务所访问的证书颁发机构（CA）繁忙。',
    fix: `${retriedBriefly}；如果持续数小时失败，请${ticket}，或在 \`cert-id\` 中填写账号下已有证书的 ID。`,
  },
  'FailedOperation.NoProjectPermission': {
    meaning: '该用户或角色没有证书所属项目的操作权限。',
    fix: '步骤不指定项目，因此使用账号的默认项目，请在访问管理（CAM）控制台授予该项目的权限。也可以在 `cert-id` 中填写该用户或角色有权使用的证书 ID。',
  },
  'FailedOperation.NoRealNameAuth': {
    meaning: '账号尚未完成实名认证，中国站的 SSL 证书服务要求实名认证。',
    fix: '请用主账号在账号中心完成实名认证，然后重新运行作业。如果是 tencentcloud.com 的账号，请设置 `site: international`。',
  },
  'FailedOperation.OrderAlreadyReplaced': {
    meaning: '证书的订单已重颁发。步骤不会重颁发证书，因此通常不会出现该错误码。',
    fix: `请在 SSL 证书控制台找到重颁发后的证书，在 \`cert-id\` 中填写其 ID。如果没有，请${ticket}。`,
  },
  'FailedOperation.OrderReplaceFailed': {
    meaning: '证书重颁发失败。步骤不会重颁发证书，因此通常不会出现该错误码。',
    fix: `请在 SSL 证书控制台检查该订单，必要时在控制台重颁发证书。如果仍未解决，请${ticket}。`,
  },
  'FailedOperation.SystemError': {
    meaning: 'SSL 证书服务发生内部错误。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  InternalError: {
    meaning: 'SSL 证书服务发生内部错误。',
    fix: `请稍后重新运行作业。查询类调用会自动重试几次，上传不会重复提交。如果再次失败，请${ticket}。`,
  },
  'InvalidParameter.MissMatchPrivateKey': {
    meaning: '调用中的私钥均与证书不匹配。',
    fix: '请在 `private-key` 中填写签发该 `certificate` 时使用的私钥，续期大多会生成新的私钥。如果都取自 Secrets，请同时更新这两项。',
  },
  'InvalidParameter.WithDetailReason': {
    meaning: '调用中有参数不被 SSL 证书服务接受，具体原因见错误信息。',
    fix: `请查看输出 \`error-message\`，并修正其中涉及的输入：\`certificate\`、\`private-key\` 或 \`cert-alias\`。如果与这些输入都无关，请${ticket}。`,
  },
  'LimitExceeded.RateLimitExceeded': {
    meaning: 'SSL 证书服务一秒内收到的同类调用超过了限制，其他作业的调用也计算在内。',
    fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`,
  },
} as const satisfies Readonly<Record<keyof typeof ssl, Texts>>
