import { type hints, type Missing, missingFor } from '../permission.ts'
import type { Call, Texts } from '../types.ts'
import { matchSite } from './shared.ts'

const hintTexts = {
  'teo:DescribeZones': '也可以改用 `zone-id`，不使用 `zone-name`。',
  'teo:ModifyHostsCertificate': '`QcloudSSLFullAccess` 等 SSL 证书的策略不包含该权限。',
  'ssl:UploadCertificate': '也可以用其他方式上传证书，再把证书 ID 填入 `cert-id`。',
  'sts:GetCallerIdentity': '也可以去掉 `allowed-account-ids`。',
} as const satisfies Readonly<Record<keyof typeof hints, string>>

const resources: Readonly<Record<Missing['resource'], string>> = {
  zone: '资源为 `qcs::teo::uin/<主账号 UIN>:zone/<站点 ID>`',
  role: '资源为 `role-arn` 中的角色，并在该角色的信任策略中加入密钥所属的用户',
  any: '资源为 `*`',
}

/** The texts of a permission that is missing for a call; undefined for a login by OIDC. */
export const permissionTexts = (call: Call): Texts | undefined => {
  const missing = missingFor(call)
  if (missing === undefined) return undefined
  const { permission, resource, hint } = missing
  return {
    meaning: `该用户或角色没有调用 \`${permission}\` 的权限。`,
    fix: `请在访问管理（CAM）控制台为该用户或角色授予 \`${permission}\` 权限，${resources[resource]}。${hint === undefined ? '' : hintTexts[hint]}如已授权，请检查${matchSite}。`,
  }
}
