import type { Explanations } from './types.ts'

/** Codes that every Tencent Cloud API 3.0 may answer (reference of each product, "Common Error Codes"). */
export const common: Explanations = {
  ActionOffline: {
    meaning: 'Tencent Cloud has withdrawn this API call, so it is no longer answered.',
    fix:
      'Set `api-version` to `2022-09-01`, the default, if the workflow asks for `2022-01-06`. If the workflow uses ' +
      'the default already, move to a newer release of this GitHub Action.',
  },
  'AuthFailure.InvalidAuthorization': {
    meaning:
      'The `Authorization` header did not arrive as a valid signature header: the key holds stray characters, or ' +
      'something between the runner and Tencent Cloud rewrote the request.',
    fix:
      'Store `secret-id` and `secret-key` anew as secrets, without quotes, blanks or line breaks. If `endpoint` or a ' +
      'proxy is in use, make it pass the headers on unchanged.',
  },
  'AuthFailure.InvalidSecretId': {
    meaning: 'The value of `secret-id` is not the ID of a Tencent Cloud API key.',
    fix:
      'Open the API keys of the account or CAM user in the CAM console and store `SecretId` and `SecretKey` as ' +
      '`secret-id` and `secret-key`. An account UIN, an APPID or the key of another product will not do.',
  },
  'AuthFailure.MFAFailure': {
    meaning: 'The account demands multi-factor authentication for this call, and a workflow cannot give it.',
    fix:
      'In the CAM console, create a CAM user for the workflow whose API calls need no MFA, and pass its key as ' +
      '`secret-id` and `secret-key`.',
  },
  'AuthFailure.SecretIdNotFound': {
    meaning:
      'Tencent Cloud knows no key with this `secret-id`: it was deleted, disabled or mistyped, it is temporary and ' +
      'came without its token, or it belongs to the other site.',
    fix:
      'Check in the CAM console that the key exists and is enabled, and store `secret-id` and `secret-key` anew ' +
      'without blanks around them. Pass `session-token` with a temporary key, and set `site` to the site where the ' +
      'account was opened.',
  },
  'AuthFailure.SignatureExpire': {
    meaning:
      'The clock of the runner and the clock of Tencent Cloud are more than five minutes apart, so the signature ' +
      'counted as expired.',
    fix:
      'The step corrects such a difference once by itself; since that did not help, synchronise the clock of the ' +
      'self-hosted runner (NTP). If the clock is right, look for a proxy that holds requests back.',
  },
  'AuthFailure.SignatureFailure': {
    meaning:
      'The signature does not fit the request: `secret-key` does not belong to `secret-id`, or the request was ' +
      'changed on its way.',
    fix:
      'Store `secret-id` and `secret-key` anew from one and the same key of the CAM console, without blanks or line ' +
      'breaks. If they are right, check that the proxy or `endpoint` passes host, headers and body on unchanged.',
  },
  'AuthFailure.TokenFailure': {
    meaning: 'The token of the temporary key is expired, incomplete, or belongs to another key.',
    fix:
      'Pass `secret-id`, `secret-key` and `session-token` from one and the same answer, fetched in the same ' +
      'job; with a permanent key, leave `session-token` and the `TENCENTCLOUD_…TOKEN` variables empty.',
  },
  'AuthFailure.UnauthorizedOperation': {
    meaning: 'CAM does not allow this user or role to make the call.',
    fix:
      'In the CAM console, attach a policy that allows `teo:ModifyHostsCertificate` on the zone. ' +
      '`QcloudSSLFullAccess` alone does not allow the binding: SSL Certificate Service is another product.',
  },
  DryRunOperation: {
    meaning: 'The API took the call as a rehearsal: it would have succeeded, and nothing was changed.',
    fix:
      'Look for a proxy or `endpoint` that adds `DryRun` to requests, for this step never sends it. Without ' +
      'one, open a ticket with the RequestId.',
  },
  FailedOperation: {
    meaning:
      'The service could not carry out the call and gave no reason; an account used on the wrong site is one known ' +
      'cause.',
    fix:
      'Set `site` to `international` for an account of tencentcloud.com and to `china` for one of cloud.tencent.com. ' +
      'If it is right, run the job again later, and open a ticket with the RequestId if it fails the same way.',
  },
  InternalError: {
    meaning: 'The service failed on its own side while it handled the call.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
  },
  InvalidAction: {
    meaning: 'The API call does not exist at this endpoint in this version.',
    fix:
      'Set `site` to the site of the account, and set `api-version` to `2022-09-01` if the workflow asks for ' +
      '`2022-01-06`. If `endpoint` is set, make sure that it leads each `{service}` to its own host.',
  },
  InvalidParameter: {
    meaning: 'A parameter of the call has a form or type that the service does not accept.',
    fix:
      'Compare `zone-id`, `hosts` and `cert-id` with the values in the console. If all are right, open a ticket ' +
      'with the RequestId.',
  },
  InvalidParameterValue: {
    meaning: 'A parameter of the call has a value that the service does not accept.',
    fix:
      'See that the expressions behind `zone-id`, `hosts` and `cert-id` are not empty and give the values of the ' +
      'EdgeOne console and of the SSL Certificate Service console. If all are right, open a ticket with the ' +
      'RequestId.',
  },
  InvalidRequest: {
    meaning: 'The body of the request arrived malformed.',
    fix:
      'Check that the proxy or `endpoint` passes request bodies on unchanged. Without either, open a ticket with the ' +
      'RequestId.',
  },
  IpInBlacklist: {
    meaning: 'The account refuses calls from the IP address of this runner, which is on its deny list.',
    fix:
      'Remove the address from the deny list in the CAM console, or run the job on a self-hosted runner with another ' +
      'fixed address. GitHub-hosted runners change their address with every job.',
  },
  IpNotInWhitelist: {
    meaning:
      'The account or key takes calls only from listed IP addresses, and the address of this runner is not among ' +
      'them.',
    fix:
      'Run the job on a self-hosted runner with a fixed address and add that address in the CAM console. ' +
      'GitHub-hosted runners change their address with every job, so for them the restriction of this key has to be ' +
      'lifted.',
  },
  LimitExceeded: {
    meaning: 'A quota of the account is used up.',
    fix:
      'Look at the quotas in the EdgeOne console; delete what is no longer used or have the quota raised. Then ' +
      'run the job again.',
  },
  MissingParameter: {
    meaning: 'The service misses a parameter that it requires.',
    fix:
      'Leave `api-version` at `2022-09-01` and remove an `endpoint` or proxy that rewrites requests. If neither is ' +
      'the cause, open a ticket with the RequestId.',
  },
  NoSuchProduct: {
    meaning: 'The host that answered does not serve this product.',
    fix:
      'Remove `endpoint`, or write it with `{service}` so that `teo`, `ssl` and `sts` each reach their own host. ' +
      'Without `endpoint`, set `site` to the site of the account.',
  },
  NoSuchVersion: {
    meaning: 'The API version that the step asked for does not exist on this site.',
    fix:
      'Set `api-version` to `2022-09-01`, the default. If it is set so already, check that `endpoint` leads to the ' +
      'right product.',
  },
  RequestLimitExceeded: {
    meaning: 'The account made more calls of this kind in one second than Tencent Cloud allows.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
      'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
  },
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': {
    meaning: 'The calls of the main account, all regions and users taken together, went over the limit per second.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, find ' +
      'what else calls the API with this account at that time, move the `schedule` away from it, or raise ' +
      '`wait-minutes`.',
  },
  'RequestLimitExceeded.IPLimitExceeded': {
    meaning:
      'Too many calls came from the IP address of this runner in one second; hosted runners may share an address ' +
      'with others.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
      'the `schedule` to another minute, raise `wait-minutes`, or use a self-hosted runner.',
  },
  'RequestLimitExceeded.UinLimitExceeded': {
    meaning: 'The calls of the main account, all its users and roles taken together, went over the limit per second.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, find ' +
      'what else calls the API with this account at that time, move the `schedule` away from it, or raise ' +
      '`wait-minutes`.',
  },
  RequestSizeLimitExceeded: {
    meaning: 'The request is larger than the service accepts.',
    fix: 'Divide `hosts` among several steps.',
  },
  ResourceInUse: {
    meaning: 'What the call wants to change is in use by another change at the moment.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, look ' +
      'in the console for a deployment that does not end, then run the job again later or raise `wait-minutes`.',
  },
  ResourceInsufficient: {
    meaning: 'The service has no more of a resource that the call needs.',
    fix:
      'Check the plan and the quotas of the account in the EdgeOne console and in the SSL Certificate Service ' +
      'console. If they leave room, run the job again later and open a ticket with the RequestId if it fails the ' +
      'same way.',
  },
  ResourceNotFound: {
    meaning: 'Something that the call names does not exist in this account.',
    fix:
      'Compare `zone-id`, `hosts` and `cert-id` with the consoles of the account whose key is used. If they are ' +
      'right there, set `site` to the site of that account.',
  },
  ResourceUnavailable: {
    meaning: 'Something that the call names exists but cannot be used at the moment.',
    fix:
      'Check in the EdgeOne console that the zone and the hosts are online, and in the SSL Certificate Service ' +
      'console that the certificate is issued. Then run the job again.',
  },
  ResponseSizeLimitExceeded: {
    meaning: 'The answer would be larger than the service returns.',
    fix: 'Divide `hosts` among several steps. If a step with few hosts fails too, open a ticket with the RequestId.',
  },
  ServiceUnavailable: {
    meaning: 'The service is not available at the moment.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, look ' +
      'for an incident of EdgeOne or of SSL Certificate Service, and run the job again later or raise `wait-minutes`.',
  },
  UnauthorizedOperation: {
    meaning: 'This user or role may not make the call.',
    fix:
      'In the CAM console, allow it `teo:ModifyHostsCertificate` on the zone. If the policy is there already, ' +
      'compare `site` with the site of the account.',
  },
  UnknownParameter: {
    meaning: 'The call carried a parameter that this API version does not know on this site.',
    fix:
      'Set `api-version` to `2022-09-01`, the default, and remove an `endpoint` or proxy that adds parameters. If ' +
      'neither is the cause, open a ticket with the RequestId.',
  },
  UnsupportedOperation: {
    meaning: 'The service does not offer this call for this account or for what the call names.',
    fix:
      'Check in the EdgeOne console that the plan of the zone offers custom certificates. If the same change ' +
      'works by hand in the console, open a ticket with the RequestId.',
  },
  UnsupportedProtocol: {
    meaning: 'The request arrived with an HTTP method or protocol that the API does not take.',
    fix:
      'Check the proxy and `endpoint`: they must pass on `POST` over HTTPS and must not redirect it. Without either, ' +
      'open a ticket with the RequestId.',
  },
  UnsupportedRegion: {
    meaning: 'The service does not exist in the region that the step named.',
    fix:
      'This step sends no region for the binding: look for a proxy or an `endpoint` of a region that EdgeOne ' +
      'does not have, and remove it.',
  },
}
