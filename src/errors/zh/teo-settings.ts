import type { hostSettings } from '../teo-settings.ts'
import type { Texts } from '../types.ts'
import { ticket } from './shared.ts'

const clientCa = '步骤不会修改客户端 CA 证书配置，问题出在该域名的现有配置。'
const originPull = '步骤不会修改回源配置，问题出在该域名的现有配置。'
const keyless = '步骤不会修改无私钥证书（keyless）配置，问题出在该域名的现有配置。'
const https = '在 EdgeOne 控制台该域名的 HTTPS 配置中'
const origin = '在 EdgeOne 控制台该域名的回源配置中'
const again = '，然后重新运行作业。'

export const hostSettingsTexts = {
  'FailedOperation.EdgeClientCertificateHasExpired': {
    meaning: '该域名用于校验访客的客户端 CA 证书已过期。',
    fix: `${clientCa}请${https}更换过期的客户端 CA 证书，或关闭边缘双向认证${again}`,
  },
  'FailedOperation.UpstreamClientCertificateHasExpired': {
    meaning: '该域名回源时向源站出示的客户端证书（回源双向认证）已过期。',
    fix: `${originPull}请${origin}更换该证书${again}`,
  },
  'FailedOperation.UpstreamVerifyCustomCACertificateHasExpired': {
    meaning: '该域名用于校验源站的 CA 证书已过期。',
    fix: `${originPull}请${origin}更换源站 CA 证书，或关闭源站证书校验${again}`,
  },
  'InvalidParameter.AliasDomainNotSupportKeyless': {
    meaning: '该域名是别称域名，别称域名不支持无私钥证书（keyless）。',
    fix: `请使用在 SSL 证书服务中存有私钥的证书：在 \`cert-id\` 中填写其他证书的 ID，或将该证书连同私钥重新上传。如果该域名使用了 keyless 服务端，请${https}更改。`,
  },
  'InvalidParameter.CertificateConflictWithKeylessServer': {
    meaning: '该域名尚未绑定证书或 keyless 服务端，或其 keyless 服务端与证书不匹配。',
    fix: `${keyless}请${https}绑定一次证书，或绑定一次 keyless 服务端及其证书${again}`,
  },
  'InvalidParameter.EdgeClientCertCheckError': {
    meaning: '该域名的客户端 CA 证书配置（边缘双向认证）无效。',
    fix: `${clientCa}请${https}修正客户端 CA 证书，或关闭边缘双向认证${again}`,
  },
  'InvalidParameter.InvalidHttpsTlsVersion': {
    meaning: '该域名设置的 TLS 版本组合无效。',
    fix: `步骤不会修改 TLS 版本，问题出在该域名的现有配置。请${https}选择有效的组合，例如 TLS 1.2 和 1.3${again}`,
  },
  'InvalidParameter.UpstreamClientCertCheckError': {
    meaning: '该域名回源时向源站出示的客户端证书（回源双向认证）无效。',
    fix: `${originPull}请${origin}选择其他客户端证书${again}`,
  },
  'InvalidParameter.UpstreamVerifyCertCheckError': {
    meaning: '该域名的源站证书校验配置无效。',
    fix: `${originPull}请${origin}修正源站证书校验，或将其关闭${again}`,
  },
  'InvalidParameter.UpstreamVerifyCustomCACertNoInfo': {
    meaning: '该域名用于校验源站的 CA 证书内容为空。',
    fix: `${originPull}请${origin}重新选择源站 CA 证书，或关闭源站证书校验${again}`,
  },
  'InvalidParameterValue.AliasDomainNotSupportEdgeMTLS': {
    meaning: '该域名是别称域名，别称域名不支持边缘双向认证。',
    fix: `${clientCa}请${https}关闭边缘双向认证，或从 \`hosts\` 中去掉该别称域名。`,
  },
  'InvalidParameterValue.AliasDomainNotSupportUpstreamMTLS': {
    meaning: '该域名是别称域名，别称域名不支持回源双向认证。',
    fix: `${originPull}请${origin}关闭回源双向认证，或从 \`hosts\` 中去掉该别称域名。`,
  },
  'InvalidParameterValue.AliasDomainNotSupportUpstreamVerify': {
    meaning: '该域名是别称域名，别称域名不支持源站证书校验。',
    fix: `${originPull}请${origin}关闭源站证书校验，或从 \`hosts\` 中去掉该别称域名。`,
  },
  'InvalidParameterValue.CertificateVerifyClientMustCa': {
    meaning: '该域名所选的客户端 CA 证书（边缘双向认证）不是 CA 证书。',
    fix: `${clientCa}请${https}选择 CA 类型的证书作为客户端 CA 证书${again}`,
  },
  'InvalidParameterValue.CertificateVerifyClientNeedCert': {
    meaning: '该域名开启了边缘双向认证，但没有选择客户端 CA 证书。',
    fix: `${clientCa}请${https}选择客户端 CA 证书，或关闭边缘双向认证${again}`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientMustRSAorECC': {
    meaning: '该域名回源双向认证的客户端证书是国密（SM2）证书，而此处仅支持 RSA 和 ECC 证书。',
    fix: `${originPull}请${origin}选择 RSA 或 ECC 的客户端证书${again}`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientMustSVR': {
    meaning: '该域名回源双向认证的客户端证书是 CA 证书，不受支持。',
    fix: `${originPull}请${origin}选择带私钥的证书（SVR 类型）${again}`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientNeedCert': {
    meaning: '该域名开启了回源双向认证，但没有选择客户端证书。',
    fix: `${originPull}请${origin}选择客户端证书${again}`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustCA': {
    meaning: '该域名用于源站证书校验的证书不是 CA 证书。',
    fix: `${originPull}请${origin}为源站证书校验选择 CA 类型的证书${again}`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustRSAorECC': {
    meaning: '该域名用于源站证书校验的 CA 证书是国密（SM2）证书，而此处仅支持 RSA 和 ECC 证书。',
    fix: `${originPull}请${origin}为源站证书校验选择 RSA 或 ECC 的 CA 证书${again}`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCANeedCert': {
    meaning: '该域名开启了源站证书校验，但没有选择 CA 证书。',
    fix: `${originPull}请${origin}选择 CA 证书，或关闭源站证书校验${again}`,
  },
  'InvalidParameterValue.ClientCertInfoQuotaLimit': {
    meaning: '该域名边缘双向认证的客户端 CA 证书超过了 EdgeOne 允许的 20 张。',
    fix: `${clientCa}请${https}移除不用的客户端 CA 证书${again}`,
  },
  'InvalidParameterValue.InvalidKeylessServerId': {
    meaning: '该域名使用的 keyless 服务端 ID 在 EdgeOne 中不存在。',
    fix: `${keyless}请${https}选择已有的 keyless 服务端，或关闭无私钥证书模式${again}`,
  },
  'InvalidParameterValue.OCDirectOriginDomainNotSupportUpstreamVerify': {
    meaning: '该域名开启了 EdgeOne 的“OC 互转”，不能同时开启源站证书校验。',
    fix: `${originPull}请${origin}关闭源站证书校验${again}如果控制台中没有该配置，请${ticket}。`,
  },
  'InvalidParameterValue.ServerCertInfoNeedContainRSAorECC': {
    meaning: '该域名的边缘双向认证使用 RSA 或 ECC 的客户端 CA 证书，而此次修改会使域名没有相同算法的边缘证书。',
    fix: `请在 \`cert-id\` 中加入与客户端 CA 证书算法相同的证书，或保留已绑定的证书（\`keep-other-algorithms\`）。如需使用其他算法，请${https}先更换客户端 CA 证书，步骤不会修改该配置。`,
  },
  'InvalidParameterValue.ServerCertInfoNeedContainSM2': {
    meaning: '该域名的边缘双向认证使用国密（SM2）的客户端 CA 证书，而此次修改会使域名没有 SM2 的边缘证书。',
    fix: `请在 \`cert-id\` 中加入 SM2 证书的 ID，或保留已绑定的证书（\`keep-other-algorithms\`）。如果不再使用 SM2，请${https}先更换客户端 CA 证书，步骤不会修改该配置。`,
  },
  'InvalidParameterValue.SiteFailoverNotSupportHostUpstreamVerify': {
    meaning: '该域名同时开启了源站故障转移和回源双向认证（或源站证书校验），EdgeOne 不支持这样的组合。',
    fix: `${originPull}请在 EdgeOne 控制台为该域名关闭其中一项${again}`,
  },
  'InvalidParameterValue.UpstreamClientCertInfoQuotaLimit': {
    meaning: '该域名回源双向认证的客户端证书多于一张，EdgeOne 只允许一张。',
    fix: `${originPull}请${origin}只保留一张客户端证书${again}`,
  },
  'InvalidParameterValue.UpstreamVerifyCustomCACertInfoQuotaLimit': {
    meaning: '该域名源站证书校验的 CA 证书多于一张，EdgeOne 只允许一张。',
    fix: `${originPull}请${origin}只保留一张 CA 证书${again}`,
  },
  'OperationDenied.KeylessModeCertificatePrivateKeyNeedEmpty': {
    meaning: '该域名使用无私钥证书（keyless）模式，只接受不含私钥的证书，而该证书含有私钥。',
    fix: `${keyless}请${https}关闭无私钥证书模式，或在 \`cert-id\` 中填写上传时未附私钥的证书 ID。`,
  },
  'OperationDenied.NotInKeylessWhiteList': {
    meaning: '该域名或证书需要无私钥证书（keyless）模式，该功能仅对白名单账号开放。',
    fix: `${keyless}请提交工单申请将账号加入白名单；也可以${https}关闭无私钥证书模式，并使用含有私钥的证书。`,
  },
  'OperationDenied.NotInUpstreamMTLSWhiteList': {
    meaning: '该域名使用回源双向认证，该功能仅对白名单账号开放。',
    fix: `${originPull}请提交工单申请将账号加入白名单；也可以${origin}关闭回源双向认证。`,
  },
  'OperationDenied.UnSupportToCloseUpstreamMTLS': {
    meaning: '此次修改会关闭该域名的回源双向认证，而 EdgeOne 只允许通过移除边缘证书来关闭。',
    fix: `${originPull}请在 EdgeOne 控制台绑定证书，并保持回源双向认证开启。如果不再使用回源双向认证，请先在控制台移除该域名的证书；在重新绑定证书之前，该域名不支持 HTTPS 访问。`,
  },
  'OperationDenied.UseUpstreamMTLSNeedOpenHttps': {
    meaning: '该域名使用回源双向认证，EdgeOne 要求这样的域名必须配置边缘证书。',
    fix: `${originPull}请保持绑定证书（\`mode: sslcert\` 和 \`cert-id\`）；如需移除证书，请${origin}先关闭回源双向认证。`,
  },
} as const satisfies Readonly<Record<keyof typeof hostSettings, Texts>>
