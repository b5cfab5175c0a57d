import { retriedBriefly, retriedToDeadline, serviceFault, throttled, ticket } from './shared.ts'
import type { Rows } from './types.ts'

const noPolicy = 'The step sends no session policy. Look for a proxy or `endpoint` that changes requests.'
const noMfa =
  'In the CAM console, remove the MFA condition from the trust policy of the role, or create a separate role for the workflow. Better: let the job log in without a key, with `role-arn` and `oidc-provider`.'

/**
 * Codes of AssumeRoleWithWebIdentity, AssumeRole and GetCallerIdentity (reference of STS, "Error Codes"). Without a key no call can be
 * made, so each of them concerns all hosts.
 */
export const sts = {
  'AuthFailure.AccessKeyIllegal': {
    meaning:
      'STS does not accept the key: it is mistyped, deleted or disabled, or it is temporary and the token is missing.',
    fix: 'Check the key in the CAM console and save `secret-id` and `secret-key` again; with a temporary key, also set `session-token`. Set `site` to the site of the account.',
    concerns: 'all',
  },
  'FailedOperation.CheckMFAError': {
    meaning: 'The role can be assumed only with multi-factor authentication, which a workflow cannot provide.',
    fix: noMfa,
    concerns: 'all',
  },
  'FailedOperation.MFATypeNotSupported': {
    meaning:
      'The role can be assumed only with a kind of multi-factor authentication that STS does not support for this call.',
    fix: noMfa,
    concerns: 'all',
  },
  'InternalError.DbError': {
    meaning: 'STS could not read its database.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.EncryptError': {
    meaning: 'STS could not encrypt the temporary key.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.GetAppIdError': {
    meaning: 'STS could not find the APPID of the account in `role-arn`.',
    fix: `${retriedBriefly}, after checking the account UIN in \`role-arn\`. If it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.GetRoleError': {
    meaning: 'STS could not find or read the role in `role-arn`.',
    fix: 'Copy the ARN from the page of the role in the CAM console into `role-arn`: `qcs::cam::uin/<account UIN>:roleName/<role name>`. Set `site` to the site of that account. If both are correct, run the job again later.',
    concerns: 'all',
  },
  'InternalError.GetSeedTokenError': {
    meaning: 'STS could not obtain the token that temporary keys are made from.',
    fix: `${retriedBriefly}, after checking in the CAM console that the key or role still exists. If it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.IllegalRole': {
    meaning: 'STS does not allow anyone to assume the role in `role-arn`.',
    fix: `Check in the CAM console that \`role-arn\` is a custom role, not a service role, and that its trust policy is valid. If both are correct, ${ticket}.`,
    concerns: 'all',
  },
  'InternalError.PbSerializeError': {
    meaning: 'STS could not assemble its answer.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.SystemError': {
    meaning: 'STS failed because of an internal error, such as a fault in its network.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.UnknownError': {
    meaning: 'STS failed because of an internal error and gave no reason.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InvalidParameter.AccessKeyNotSupport': {
    meaning: 'STS does not support this type of key for the call.',
    fix: 'Use an API key of a CAM user (`secret-id`, `secret-key`) from the CAM console, or `role-arn` with `oidc-provider`. Keys of other products do not work.',
    concerns: 'all',
  },
  'InvalidParameter.AccountNotAvaliable': {
    meaning: 'The account does not exist or is not available: for example, it is closed, suspended or in arrears.',
    fix: 'Check the account UIN in `role-arn`, the state of the account in the console, and that `site` is the site of the account.',
    concerns: 'all',
  },
  'InvalidParameter.ExtendStrategyOverSize': {
    meaning: 'The policy that limits the temporary key is too large.',
    fix: `${noPolicy} If there is none, shorten the policies attached to the role in the CAM console. If it fails the same way, ${ticket}.`,
    concerns: 'all',
  },
  'InvalidParameter.GrantOtherResource': {
    meaning: 'The call asks for access to resources that the caller cannot grant, usually those of another account.',
    fix: 'Check that the account UIN in `role-arn` is the account that owns the zone, and that the trust policy of the role in the CAM console names the calling user.',
    concerns: 'all',
  },
  'InvalidParameter.OverLimit': {
    meaning: 'STS received more calls in one second than it allows.',
    fix: `${retriedToDeadline} If it still fails, schedule this workflow at a different time from other jobs of the account, or increase \`wait-minutes\`.`,
    retry: throttled,
    concerns: 'all',
  },
  'InvalidParameter.OverTimeError': {
    meaning: 'The requested lifetime of the temporary key is longer than the role or STS allows.',
    fix: 'Lower `role-duration-seconds` (maximum `43200`), or increase the maximum session duration of the role in the CAM console.',
    concerns: 'all',
  },
  'InvalidParameter.ParamError': {
    meaning: 'A parameter of the login is missing or has the wrong format.',
    fix: 'Check `role-arn` (`qcs::cam::uin/<account UIN>:roleName/<role name>`), `oidc-provider` (the name of the identity provider in the CAM console, not its URL), `role-session-name` and `role-duration-seconds`.',
    concerns: 'all',
  },
  'InvalidParameter.PolicyTooLong': {
    meaning: 'The policy that limits the temporary key is too long.',
    fix: `${noPolicy} If there is none, shorten the policies attached to the role in the CAM console. If it fails the same way, ${ticket}.`,
    concerns: 'all',
  },
  'InvalidParameter.ResouceError': {
    meaning: 'A resource description does not have the six segments that CAM requires (`qcs::cam::uin/…:roleName/…`).',
    fix: 'Copy the ARN from the page of the role in the CAM console into `role-arn`. If it is correct, check the resources in the policies of the role there.',
    concerns: 'all',
  },
  'InvalidParameter.StrategyFormatError': {
    meaning: 'The policy that limits the temporary key has a syntax error.',
    fix: `${noPolicy} If there is none, check the policies of the role in the CAM console. If they are valid, ${ticket}.`,
    concerns: 'all',
  },
  'InvalidParameter.StrategyInvalid': {
    meaning: 'The policy that limits the temporary key is not valid.',
    fix: `${noPolicy} If there is none, check the policies of the role in the CAM console. If they are valid, ${ticket}.`,
    concerns: 'all',
  },
  'InvalidParameter.TempCodeNotAvaliable': {
    meaning: 'A temporary login code is invalid or has already been used.',
    fix: `The step sends no such code. Check in the CAM console whether the role requires multi-factor authentication, and remove that requirement. If it does not, run the job again; if it fails the same way, ${ticket}.`,
    concerns: 'all',
  },
  'InvalidParameter.WebIdentityTokenError': {
    meaning:
      'STS does not accept the OIDC token of the job: its audience, issuer or signing key does not match the identity provider in CAM, or the token has expired.',
    fix: 'In the CAM console, check that the provider in `oidc-provider` has the issuer `token.actions.githubusercontent.com` and lists `oidc-audience` as a client ID. If the login worked before, GitHub has probably changed its signing keys: update the public key of the provider and turn on automatic rotation.',
    concerns: 'all',
  },
  RequestLimitExceeded: {
    meaning: 'The account or the runner made more calls to STS in one second than it allows.',
    fix: `${retriedToDeadline} If it still fails, schedule this workflow at a different time from other jobs of the account, or increase \`wait-minutes\`.`,
    retry: throttled,
    concerns: 'all',
  },
  'ResourceNotFound.RoleNotFound': {
    meaning: 'The account has no role with the name in `role-arn`.',
    fix: 'Copy the ARN from the page of the role in the CAM console into `role-arn`; the name is case-sensitive. If the role exists, check the account UIN in the ARN and `site`.',
    concerns: 'all',
  },
  UnauthorizedOperation: {
    meaning:
      'STS refused the login: the trust policy of the role does not match the OIDC token of the job, or the key is not allowed to assume the role.',
    fix: 'With `oidc-provider`, compare `iss`, `sub` and `aud` in the log with the conditions of the role in the CAM console. The subject depends on the branch and the environment, and newer repositories have `repo:OWNER@ID/REPO@ID:…`. With a key, allow its user `sts:AssumeRole` on `role-arn`, and name that user in the trust policy of the role.',
    concerns: 'all',
    forbidden: true,
  },
  UnsupportedOperation: {
    meaning: 'STS does not support this login for the account or role.',
    fix: 'Check in the CAM console that `role-arn` is a custom role, not a service role, and that `secret-id` belongs to a CAM user: a main account may not be able to assume a role. Alternatively, let the job log in with `oidc-provider`.',
    concerns: 'all',
  },
} as const satisfies Rows
