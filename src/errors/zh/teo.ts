import type { teo } from '../teo.ts'
import type { Texts } from '../types.ts'
import { matchSite, otherSite, retriedBriefly, retriedToDeadline, ticket } from './shared.ts'
import { hostSettingsTexts } from './teo-settings.ts'

const keepTrying =
  '如仍失败，请调大 `wait-minutes`，避免其他工作流同时修改该站点（使用 `concurrency` 分组），或等 EdgeOne 控制台显示域名在线后重新运行作业。'
const oneByOne = '无需处理，步骤会逐个修改这些域名。'
const findHost =
  '请将 `hosts` 与 EdgeOne 控制台中该站点的加速域名核对。使用 `match: exact` 时，名称必须与列表中完全一致，包括 `*.example.com`；如需按通配规则选择，请设置 `match: pattern`。如果域名属于其他站点，请修正 `zone-id`。'
const findLock = `请在 EdgeOne 控制台查明锁定的原因或锁定人，解除锁定后重新运行作业。如果控制台没有显示锁定，请${ticket}。`
const copyZone = '请从 EdgeOne 控制台复制站点 ID（`zone-…`），填入 `zone-id`'
const zoneResource = '`qcs::teo::uin/<主账号 UIN>:zone/<站点 ID>`'

export const teoTexts = {
  ...hostSettingsTexts,
  'AuthFailure.UnauthorizedOperation': {
    meaning: '该用户或角色没有执行此 EdgeOne 操作的权限。SSL 证书的权限不包含 EdgeOne 的权限。',
    fix: `请在访问管理（CAM）控制台关联策略，授予 \`teo:DescribeAccelerationDomains\` 和 \`teo:ModifyHostsCertificate\` 权限，资源为 ${zoneResource}。被拒绝的操作见错误信息。\`QcloudSSLFullAccess\` 不包含 EdgeOne 的权限。`,
  },
  FailedOperation: {
    meaning: `EdgeOne 未能完成该调用。如果错误信息没有给出原因，通常是因为${otherSite}。`,
    fix: `如果错误信息给出了原因，请按该原因处理。否则请设置 \`site\`：tencentcloud.com 的账号为 \`international\`，cloud.tencent.com 的账号为 \`china\`。如果设置正确，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`,
  },
  'FailedOperation.CertificateHasExpired': {
    meaning: '证书已过期，EdgeOne 不会下发已过期的证书。',
    fix: '请续期证书，上传到 SSL 证书服务，并在 `cert-id` 中填写新的 ID。',
  },
  'FailedOperation.CertificateNotFound': {
    meaning: 'EdgeOne 在该账号下找不到此 ID 的边缘证书。',
    fix: '请从同一账号、同一站（中国站或国际站）的 SSL 证书控制台复制证书 ID，填入 `cert-id`。如果证书已删除，请重新上传并填写新的 ID。',
  },
  'FailedOperation.InvalidZoneStatus': {
    meaning: '站点的当前状态不允许修改证书，例如尚未激活、已停用或已锁定。',
    fix: '请在 EdgeOne 控制台打开该站点，完成其中提示的事项（归属权验证、DNS、套餐），或重新启用站点。站点激活后重新运行作业。',
  },
  'FailedOperation.ModifyFailed': {
    meaning:
      'EdgeOne 没有完成修改。没有错误信息或只有“操作失败”时，通常是暂时的，多出现在刚上传证书之后。有其他错误信息时，通常是域名不在该站点中。',
    fix: `没有错误信息时，步骤已自动重试，直至 \`wait-minutes\` 设定的时间用完。域名不存在时也可能返回同样的结果，因此请将 \`hosts\` 与站点的域名列表核对，并稍后重新运行作业。如果再次出现同样的错误，请${ticket}。`,
  },
  'InternalError.ConfigLocked': {
    meaning: '站点或域名的配置已锁定，无法修改。',
    fix: findLock,
  },
  'InternalError.DBError': {
    meaning: 'EdgeOne 读取站点时发生内部错误。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.GetRoleError': {
    meaning: 'EdgeOne 无法使用读取 SSL 证书所需的服务角色，通常是从未授权，或角色已被删除。',
    fix: '请用主账号登录，在 EdgeOne 控制台为某个域名绑定任意一张 SSL 证书服务中的证书，并同意其中的授权提示，然后重新运行作业。该角色在访问管理（CAM）控制台中名为 `TEO_QCSLinkedRoleInCertlist`。',
  },
  'InternalError.ProxyServer': {
    meaning: 'EdgeOne API 的内部服务器出错。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.RouteError': {
    meaning: 'EdgeOne API 无法访问其内部服务器。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.SystemError': {
    meaning: 'EdgeOne 发生内部错误。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.UnknowError': {
    meaning: 'EdgeOne 发生内部错误，且没有给出原因。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InvalidParameter.ActionInProgress': {
    meaning: '域名或站点之前的修改仍在进行中，或修改过于频繁。',
    fix: `${retriedToDeadline}${keepTrying}`,
  },
  'InvalidParameter.CertNotMatchDomain': {
    meaning: '证书未覆盖该域名。`*.example.com` 既不覆盖 `example.com`，也不覆盖 `a.b.example.com`。',
    fix: '请从 `hosts` 中去掉该域名，或填写覆盖该域名的证书 ID。',
  },
  'InvalidParameter.CertToExpire': {
    meaning: '证书即将过期，EdgeOne 不接受。',
    fix: '请提前续期证书，上传到 SSL 证书服务，并在 `cert-id` 中填写新的 ID。',
  },
  'InvalidParameter.CertTooShortKeySize': {
    meaning: '证书的密钥长度不满足 EdgeOne 的要求：RSA（以及 DSA、DH）至少 2048 位，EC 至少 225 位。',
    fix: '请使用 RSA 2048 或 EC P-256 密钥重新签发证书，上传后在 `cert-id` 中填写其 ID。',
  },
  'InvalidParameter.CnameWildHostNotAllowApplyCertificate': {
    meaning: '对于以 CNAME 方式接入的站点，EdgeOne 不为泛域名签发免费证书。',
    fix: '请从 `hosts` 中去掉泛域名，或以 ID 绑定自有的泛域名证书。',
  },
  'InvalidParameter.DomainNotFound': {
    meaning: '调用中有域名不是该站点的加速域名。',
    fix: findHost,
  },
  'InvalidParameter.HostStatusNotAllowApplyCertificate': {
    meaning: 'EdgeOne 无法申请免费证书，因为该域名尚未指向 EdgeOne：CNAME 未切换，或验证请求无法到达。',
    fix: '请在 DNS 服务商处设置 EdgeOne 控制台为该域名显示的 CNAME，解析生效后重新运行作业。在此之前，可绑定自有证书：设置 `mode: sslcert` 和 `cert-id`。',
  },
  'InvalidParameter.InvalidCertInfo': {
    meaning: 'EdgeOne 不接受为该域名指定的证书。',
    fix: '请在 SSL 证书控制台确认 `cert-id` 中的每个 ID 都是已签发的服务器证书，且 RSA、ECC、SM2 各不超过一张。已过期、已吊销的证书和 CA 证书均不接受。',
  },
  'InvalidParameter.InvalidHttpsCertInfo': {
    meaning: 'EdgeOne 无法使用该证书的内容：PEM 文本或证书链已损坏，或不是服务器证书。',
    fix: '请将服务器证书、中间证书和服务器证书的私钥重新上传到 SSL 证书服务，并在 `cert-id` 中填写其 ID。如果仍被拒绝，请重新签发证书。',
  },
  'InvalidParameter.ZoneIsGrayPublishing': {
    meaning: 'EdgeOne 正在升级该站点，升级完成前不接受修改。',
    fix: `${retriedToDeadline}如仍失败，请等 EdgeOne 控制台不再显示升级后重新运行作业。如果超过一天仍未完成，请${ticket}。`,
  },
  'InvalidParameter.ZoneNotFound': {
    meaning: '站点不存在。',
    fix: `${copyZone}，并检查${matchSite}。`,
  },
  InvalidParameterValue: {
    meaning: '调用中有参数为空或格式不正确：通常是域名列表，也可能是站点 ID、域名或证书 ID。',
    fix: '请确认 `hosts`、`zone-id` 和 `cert-id` 所用的表达式不为空。域名不要带 `https://` 或路径，站点 ID 形如 `zone-2fgd17m17xw`，证书 ID（不是备注名）在 SSL 证书控制台查看。',
  },
  'InvalidParameterValue.ZoneNotFound': {
    meaning: 'EdgeOne 在该账号下找不到此 ID 的站点。',
    fix: `${copyZone}。如果填写正确，则是密钥属于其他账号，或 \`site\` 设置有误。`,
  },
  'LimitExceeded.RateLimitExceeded': {
    meaning: 'EdgeOne 一秒内收到的同类调用超过了限制，其他作业和控制台的调用也计算在内。',
    fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`,
  },
  OperationDenied: {
    meaning: '由于域名或站点的当前状态，EdgeOne 拒绝了修改，通常是域名仍在部署中。',
    fix: '请在 EdgeOne 控制台检查域名是否在部署中、已停用或已锁定，以及站点是否已停用。域名在线后重新运行作业。',
  },
  'OperationDenied.CertificatePrivateKeyIsEmpty': {
    meaning: 'SSL 证书服务中的该证书没有私钥，EdgeOne 仅在无私钥证书（keyless）模式下接受这样的证书。',
    fix: '请填写在 SSL 证书服务中存有私钥的证书 ID，或将该证书连同私钥重新上传。步骤不会修改无私钥证书（keyless）配置，请在 EdgeOne 控制台修改。',
  },
  'OperationDenied.ConfigLocked': {
    meaning: '站点或域名的配置已锁定，EdgeOne 不接受修改。',
    fix: findLock,
  },
  'OperationDenied.DisableZoneNotCompleted': {
    meaning: '站点正在停用，停用完成前 EdgeOne 不接受修改。',
    fix: `${retriedToDeadline}如果仍在使用该站点，请在 EdgeOne 控制台启用站点后重新运行作业。否则请从工作流中去掉该站点。`,
  },
  'OperationDenied.ErrZoneIsAlreadyPaused': {
    meaning: '站点已停用，EdgeOne 不会修改已停用站点的证书。',
    fix: '请在 EdgeOne 控制台启用站点后重新运行作业。如果该站点应保持停用，请从工作流中去掉使用该 `zone-id` 的步骤。',
  },
  'OperationDenied.HostsCertificateInconsistency': {
    meaning: '同一次调用中各域名当前的边缘证书不同，只有相同时 EdgeOne 才能一起修改。',
    fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`,
  },
  'OperationDenied.HostsClientCertificateInconsistency': {
    meaning: '同一次调用中各域名的客户端 CA 证书配置（边缘双向认证）不同，只有相同时 EdgeOne 才能一起修改。',
    fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`,
  },
  'OperationDenied.HostsKeylessServerInconsistency': {
    meaning: '同一次调用中各域名的 keyless 服务端不同，只有相同时 EdgeOne 才能一起修改。',
    fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`,
  },
  'OperationDenied.HostsUpstreamCertificateInconsistency': {
    meaning: '同一次调用中各域名回源双向认证的客户端证书不同，只有相同时 EdgeOne 才能一起修改。',
    fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`,
  },
  'OperationDenied.HostsUpstreamCertificateVerifyInconsistency': {
    meaning: '同一次调用中各域名的源站证书校验配置不同，只有相同时 EdgeOne 才能一起修改。',
    fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`,
  },
  'OperationDenied.KeylessCertSwitchToFreeCertConflict': {
    meaning: '同一次调用中各域名的证书或 keyless 服务端不同，EdgeOne 不会将它们一起切换为免费证书。',
    fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请先在 EdgeOne 控制台为该域名关闭无私钥证书（keyless）模式。`,
  },
  'OperationDenied.VersionControlIsGraying': {
    meaning: '站点有正在使用的测试版本，在该版本发布现网或回滚之前，EdgeOne 不接受其他修改。',
    fix: '请在 EdgeOne 控制台该站点的版本管理中，将测试版本发布现网，或将其回滚，然后重新运行作业。',
  },
  ResourceInUse: {
    meaning: '域名或站点正在被其他变更占用，例如正在部署。',
    fix: `${retriedToDeadline}${keepTrying}`,
  },
  'ResourceUnavailable.CertNotFound': {
    meaning:
      'EdgeOne 无法读取该证书：ID 有误，证书属于其他账号或另一个站（中国站或国际站），或从未授权 EdgeOne 的服务角色读取 SSL 证书。',
    fix: `请确认在正确账号的 SSL 证书控制台中能找到 \`cert-id\` 中的 ID，并检查${matchSite}。如果都正确，请在 EdgeOne 控制台绑定一次证书，按提示完成授权，然后重新运行作业。`,
  },
  'ResourceUnavailable.DomainNotFound': {
    meaning: 'EdgeOne 在该站点中找不到此名称的加速域名。',
    fix: findHost,
  },
  'ResourceUnavailable.HostNotFound': {
    meaning: '该域名不是该站点的加速域名，或 EdgeOne 未代理该域名（未开启加速）。',
    fix: '请检查 `hosts` 中的拼写，并确认 `zone-id` 是该域名所属的站点。如果 EdgeOne 控制台显示该域名已停用或未开启代理，请为其开启加速，或从 `hosts` 中去掉该域名。',
  },
  'ResourceUnavailable.ZoneNotFound': {
    meaning: '站点不存在，或不属于密钥所属的账号。',
    fix: `${copyZone}。如果填写正确，请使用站点所属账号的密钥，并检查${matchSite}。`,
  },
  UnauthorizedOperation: {
    meaning: '该用户或角色没有执行此 EdgeOne 操作的权限。',
    fix: `请在访问管理（CAM）控制台授予错误信息中的操作权限，例如 \`teo:ModifyHostsCertificate\`，资源为 ${zoneResource}。`,
  },
  'UnauthorizedOperation.CamUnauthorized': {
    meaning: '该用户或角色没有在该站点执行此 EdgeOne 操作的权限。',
    fix: `请在访问管理（CAM）控制台关联策略，授予错误信息中的操作权限，例如 \`teo:ModifyHostsCertificate\`，资源为 ${zoneResource}。如果已关联，请确认策略的资源包含该站点。`,
  },
  'UnauthorizedOperation.NoPermission': {
    meaning: '该子账号或角色没有执行此 EdgeOne 操作的权限。',
    fix: `请在访问管理（CAM）控制台关联策略，授予 \`teo:DescribeAccelerationDomains\` 和 \`teo:ModifyHostsCertificate\` 权限，资源为 ${zoneResource}；使用 \`zone-name\` 时还需要 \`teo:DescribeZones\`。`,
  },
  'UnauthorizedOperation.Unknown': {
    meaning: 'EdgeOne API 的内部服务器出错。虽然错误码名为未授权，但与权限无关。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
} as const satisfies Readonly<Record<keyof typeof teo, Texts>>
