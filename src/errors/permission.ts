import type { Row, Service } from './types.ts'

const zone = '`qcs::teo::uin/<account UIN>:zone/<zone ID>`'

/** What else is to be known about an action that is not permitted, or what can be done instead. */
const hints: Readonly<Record<string, string>> = {
  'teo:DescribeZones': ' Alternatively, pass `zone-id` instead of `zone-name`.',
  'teo:ModifyHostsCertificate':
    ' Permissions for SSL Certificate Service, such as `QcloudSSLFullAccess`, do not include it.',
  'ssl:UploadCertificate': ' Alternatively, upload the certificate by other means and pass its ID as `cert-id`.',
  'sts:GetCallerIdentity': ' Alternatively, remove `allowed-account-ids`.',
}

/** The resource for which an action is to be allowed. */
const resourceOf = (service: Service, action: string): string => {
  if (service === 'teo' && action !== 'DescribeZones') return zone
  return action === 'AssumeRole'
    ? 'the role in `role-arn`, and name the user of the key in the trust policy of that role'
    : 'resource `*`'
}

/** The row of a permission that is missing, with the fix for the action that was refused. A login by OIDC needs a trust policy, not a permission. */
export const withPermission = (row: Row, service: Service, action: string): Row => {
  if (action === 'AssumeRoleWithWebIdentity') return row
  const permission = `${service}:${action}`
  const fix = `In the CAM console, allow \`${permission}\` for this user or role, on ${resourceOf(service, action)}.${hints[permission] ?? ''} If it is allowed already, check that \`site\` is the site of the account.`
  return { ...row, meaning: `CAM does not allow this user or role to call \`${permission}\`.`, fix }
}
