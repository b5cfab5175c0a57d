import type { Explanations } from './types.ts'

/** Codes of AssumeRoleWithWebIdentity, AssumeRole and GetCallerIdentity (reference of STS, "Error Codes"). */
export const sts: Explanations = {
  'AuthFailure.AccessKeyIllegal': {
    meaning:
      'STS does not accept the key: it was mistyped, deleted or disabled, or it is temporary and came without its ' +
      'token.',
    fix:
      'Check the key in the CAM console and store `secret-id` and `secret-key` anew, with `session-token` for a ' +
      'temporary key. Set `site` to the site of the account.',
  },
  'FailedOperation.CheckMFAError': {
    meaning: 'The role may be assumed only with multi-factor authentication, and a workflow cannot give it.',
    fix:
      'In the CAM console, remove the MFA condition from the trust policy of the role, or make a role of its own for ' +
      'the workflow. Better still, let the job log in without a key: `role-arn` with `oidc-provider`.',
  },
  'FailedOperation.MFATypeNotSupported': {
    meaning:
      'The role may be assumed only with multi-factor authentication of a kind that STS does not support for this ' +
      'call.',
    fix:
      'In the CAM console, remove the MFA condition from the trust policy of the role, or make a role of its own for ' +
      'the workflow. Better still, let the job log in without a key: `role-arn` with `oidc-provider`.',
  },
  'InternalError.DbError': {
    meaning: 'STS could not read its database.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later, and open a ticket with the RequestId if that fails too.',
  },
  'InternalError.EncryptError': {
    meaning: 'STS could not encrypt the temporary key that it was to issue.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later, and open a ticket with the RequestId if that fails too.',
  },
  'InternalError.GetAppIdError': {
    meaning: 'STS could not find the APPID of the account in `role-arn`.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, check ' +
      'that the account UIN in `role-arn` is right, run the job again later, and open a ticket with the RequestId if ' +
      'that fails too.',
  },
  'InternalError.GetRoleError': {
    meaning: 'STS could not find or read the role that `role-arn` names.',
    fix:
      'Copy the ARN from the page of the role in the CAM console into `role-arn`: `qcs::cam::uin/<account ' +
      'UIN>:roleName/<role name>`. Set `site` to the site of that account; if both are right, run the job again ' +
      'later.',
  },
  'InternalError.GetSeedTokenError': {
    meaning: 'STS could not obtain the token from which temporary keys are made.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, check ' +
      'that the key or role still exists in the CAM console, run the job again later, and open a ticket with the ' +
      'RequestId if that fails too.',
  },
  'InternalError.IllegalRole': {
    meaning: 'STS does not regard the role in `role-arn` as one that can be assumed.',
    fix:
      'The step retries this itself until `wait-minutes` ends, so it is hardly a passing fault: check in the CAM ' +
      'console that `role-arn` is a custom role, not a service role, and that its trust policy is valid. If both are ' +
      'so, open a ticket with the RequestId.',
  },
  'InternalError.PbSerializeError': {
    meaning: 'STS failed on its own side while it put its answer together.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later, and open a ticket with the RequestId if that fails too.',
  },
  'InternalError.SystemError': {
    meaning: 'STS failed on its own side, for instance by a fault of its network.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later, and open a ticket with the RequestId if that fails too.',
  },
  'InternalError.UnknownError': {
    meaning: 'STS failed on its own side and does not say why.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later, and open a ticket with the RequestId if that fails too.',
  },
  'InvalidParameter.AccessKeyNotSupport': {
    meaning: 'STS does not support this type of key for the call.',
    fix:
      'Use an API key of a CAM user (`secret-id`, `secret-key`) from the CAM console, or `role-arn` with ' +
      '`oidc-provider`. A key made for another product will not do.',
  },
  'InvalidParameter.AccountNotAvaliable': {
    meaning: 'The account does not exist or is not available, for instance closed, suspended or in arrears.',
    fix: 'Check the account UIN in `role-arn`, the state of the account in the console, and that `site` is its site.',
  },
  'InvalidParameter.ExtendStrategyOverSize': {
    meaning: 'The policy that limits the temporary key is too large.',
    fix:
      'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, ' +
      'shorten the policies attached to the role in the CAM console, and open a ticket with the RequestId if it ' +
      'fails the same way.',
  },
  'InvalidParameter.GrantOtherResource': {
    meaning: 'The call asks for access to resources that the caller may not hand out, mostly those of another account.',
    fix:
      'Check that the account UIN in `role-arn` is the account that owns the zone, and that the trust policy of the ' +
      'role in the CAM console names the calling user.',
  },
  'InvalidParameter.OverLimit': {
    meaning: 'STS received more calls in one second than it allows.',
    fix:
      'Nothing to fix in the workflow: run the job again in a few minutes. If it happens every night, move the ' +
      '`schedule` away from other jobs of the account.',
  },
  'InvalidParameter.OverTimeError': {
    meaning: 'The life asked for the temporary key is longer than the role or STS allows.',
    fix:
      'Lower `role-duration-seconds` (at most `43200`), or raise the maximum session duration of the role in the CAM ' +
      'console.',
  },
  'InvalidParameter.ParamError': {
    meaning: 'A parameter of the login is missing or has the wrong form.',
    fix:
      'Check `role-arn` (`qcs::cam::uin/<account UIN>:roleName/<role name>`), `oidc-provider` (the name of the ' +
      'identity provider in the CAM console, not its URL), `role-session-name` and `role-duration-seconds`.',
  },
  'InvalidParameter.PolicyTooLong': {
    meaning: 'The policy that limits the temporary key is too long.',
    fix:
      'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, ' +
      'shorten the policies attached to the role in the CAM console, and open a ticket with the RequestId if it ' +
      'fails the same way.',
  },
  'InvalidParameter.ResouceError': {
    meaning: 'A resource description is not in the six-segment form of CAM (`qcs::cam::uin/…:roleName/…`).',
    fix:
      'Copy the ARN from the page of the role in the CAM console into `role-arn`. If it is right, correct the ' +
      'resources in the policies of the role there.',
  },
  'InvalidParameter.StrategyFormatError': {
    meaning: 'The policy that limits the temporary key has a syntax error.',
    fix:
      'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, check ' +
      'the policies of the role in the CAM console, and open a ticket with the RequestId if they are valid.',
  },
  'InvalidParameter.StrategyInvalid': {
    meaning: 'The policy that limits the temporary key is not valid.',
    fix:
      'The step sends no session policy, so look for a proxy or `endpoint` that alters requests. Without one, check ' +
      'the policies of the role in the CAM console, and open a ticket with the RequestId if they are valid.',
  },
  'InvalidParameter.TempCodeNotAvaliable': {
    meaning: 'A temporary code of the login is invalid or used up.',
    fix:
      'The step sends no such code, so check whether the role in the CAM console demands multi-factor authentication ' +
      'and remove that for the workflow. If it does not, run the job again and open a ticket with the RequestId if ' +
      'it fails the same way.',
  },
  'InvalidParameter.WebIdentityTokenError': {
    meaning:
      'STS does not accept the OIDC token of the job: audience, issuer or signing key are not those of the identity ' +
      'provider in CAM, or the token has expired.',
    fix:
      'In the CAM console, check that the provider in `oidc-provider` has the issuer ' +
      '`token.actions.githubusercontent.com` and lists `oidc-audience` as client ID. If the login worked before, ' +
      'GitHub has changed its signing keys: update the public key of the provider and turn on its automatic rotation.',
  },
  RequestLimitExceeded: {
    meaning: 'The account or the runner made more calls to STS in one second than it allows.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
      'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
  },
  'ResourceNotFound.RoleNotFound': {
    meaning: 'The account has no role with the name in `role-arn`.',
    fix:
      'Copy the ARN from the page of the role in the CAM console into `role-arn`; the name is case-sensitive. If the ' +
      'role exists, check the account UIN in the ARN and `site`.',
  },
  UnauthorizedOperation: {
    meaning:
      'STS refused the login: the trust policy of the role does not fit the OIDC token of the job, or the key may ' +
      'not assume the role.',
    fix:
      'With `oidc-provider`, compare `iss`, `sub` and `aud` in the log with the conditions of the role in the CAM ' +
      'console: the subject changes with branch and environment, and newer repositories have ' +
      '`repo:OWNER@ID/REPO@ID:…`. With a key, allow its user `sts:AssumeRole` on `role-arn` and name that user in ' +
      'the trust policy of the role.',
  },
  UnsupportedOperation: {
    meaning: 'STS does not offer this login for the account or role.',
    fix:
      'Check in the CAM console that `role-arn` is a custom role, not a service role, and that `secret-id` belongs ' +
      'to a CAM user: a main account may not be able to assume a role. Or let the job log in with `oidc-provider`.',
  },
}
