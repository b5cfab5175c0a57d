import type { Call, Row } from './types.ts'

const zone = '`qcs::teo::uin/<account UIN>:zone/<zone ID>`'

/** What else is to be known about an action that is not permitted, or what can be done instead. */
export const hints = {
  'teo:DescribeZones': ' Alternatively, pass `zone-id` instead of `zone-name`.',
  'teo:ModifyHostsCertificate':
    ' Permissions for SSL Certificate Service, such as `QcloudSSLFullAccess`, do not include it.',
  'ssl:UploadCertificate': ' Alternatively, upload the certificate by other means and pass its ID as `cert-id`.',
  'sts:GetCallerIdentity': ' Alternatively, remove `allowed-account-ids`.',
} as const

const isHinted = (permission: string): permission is keyof typeof hints => Object.hasOwn(hints, permission)

/** What a refused call needs: the permission, the kind of resource for which it is to be allowed, and the hint of that permission. */
export interface Missing {
  readonly permission: string
  readonly resource: 'zone' | 'role' | 'any'
  readonly hint: keyof typeof hints | undefined
}

/** Undefined for a login by OIDC, which needs a trust policy, not a permission. */
export const missingFor = ({ service, action }: Call): Missing | undefined => {
  if (action === 'AssumeRoleWithWebIdentity') return undefined
  const permission = `${service}:${action}`
  const isOfZone = service === 'teo' && action !== 'DescribeZones'
  const resource = isOfZone ? 'zone' : action === 'AssumeRole' ? 'role' : 'any'
  return { permission, resource, hint: isHinted(permission) ? permission : undefined }
}

const resources: Readonly<Record<Missing['resource'], string>> = {
  zone,
  role: 'the role in `role-arn`, and name the user of the key in the trust policy of that role',
  any: 'resource `*`',
}

/** The row of a permission that is missing, with the fix for the action that was refused. */
export const withPermission = (row: Row, call: Call): Row => {
  const missing = missingFor(call)
  if (missing === undefined) return row
  const { permission, resource, hint } = missing
  const meaning = `CAM does not allow this user or role to call \`${permission}\`.`
  const more = hint === undefined ? '' : hints[hint]
  const fix = `In the CAM console, allow \`${permission}\` for this user or role, on ${resources[resource]}.${more} If it is allowed already, check that \`site\` is the site of the account.`
  return { ...row, meaning, fix }
}
