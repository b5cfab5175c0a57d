import type { features } from '../permissions.ts'

// The table of permissions in Chinese: the names of the features, and the notes of those that have one.

type Features = typeof features
type Noted = { [Key in keyof Features]: Features[Key] extends { readonly note: string } ? Key : never }[keyof Features]

export const featureTexts: Readonly<Record<keyof Features, string>> = {
  always: '任何部署，此处使用 `cert-id`',
  'dry-run': '`dry-run: true`',
  pem: '`certificate`、`private-key`（PEM）',
  newest: '`cert-id: newest`',
  default: '`cert-id: default`',
  'zone-name': '`zone-name`',
  auto: '`zone-name: auto`',
  'many-sites': '`zone-id` 填写多个 ID，且 `match: exact`',
  mute: '`old-certificates: mute`',
  delete: '`old-certificates: delete`，中国站',
  'delete-abroad': '`old-certificates: delete`，国际站',
  account: '`allowed-account-ids`',
  'role-by-key': '`role-arn`，使用密钥',
  'role-by-oidc': '`role-arn`，使用 `oidc-provider`',
  old: '`api-version: 2022-01-06`',
  audit: '巡检（`audit/`）',
  pages: 'Pages（Makers）站点',
}

export const noteTexts: Readonly<Record<Noted, string>> = {
  always: '没有该权限时不检查证书；如果无法确定应替换域名的哪一张证书，则拒绝变更该域名',
  'dry-run': '替代上一行，不需要任何写权限',
  pem: '仅限中国站：没有该权限时，对以前上传过的证书也会再次发送私钥',
  'zone-name': '资源为全部站点：`*`',
  auto: '资源为全部站点：`*`',
  'many-sites': '另需为每个站点授予上述权限；使用清单时，每个账号均需授权',
  mute: '另需 `ssl:DescribeCertificates`。没有前两项权限时，保留旧证书',
  delete: '另需 `ssl:DescribeCertificates`。没有前两项权限时，保留旧证书',
  'delete-abroad': '用于查询异步删除的结果。另需 `ssl:DescribeCertificates`',
  'role-by-key': '授予密钥所属的用户，资源为该角色；其余各行均授予该角色',
  'role-by-oidc': '写在角色的信任策略中，而不是权限策略中',
  audit:
    '依次用于：`zone-name`（包括 `zone-name: all`）；查询 SSL 证书服务中的证书信息；Pages 站点。替代第一行，不需要任何写权限',
}
