import { busy, retriedBriefly, retriedToDeadline, serviceFault, throttled, ticket } from './shared.ts'
import type { Rows } from './types.ts'

/** Codes that every Tencent Cloud API 3.0 may answer (reference of each product, "Common Error Codes"). */
export const common = {
  ActionOffline: {
    meaning: 'Tencent Cloud has shut down this API call.',
    fix: 'If the workflow sets `api-version: 2022-01-06`, change it to `2022-09-01`, the default. Otherwise update to a newer release of this action.',
    concerns: 'all',
  },
  AuthFailure: {
    meaning: 'Tencent Cloud did not accept the signature or the identity of the call.',
    fix: 'Save `secret-id` and `secret-key` again, from one key in the CAM console; for a temporary key, save `session-token` as well. Set `site` to the site of that account.',
    concerns: 'all',
  },
  'AuthFailure.InvalidAuthorization': {
    meaning:
      'The `Authorization` header was not valid when it arrived: the key contains extra characters, or something between the runner and Tencent Cloud changed the request.',
    fix: 'Save `secret-id` and `secret-key` again as secrets, without quotes, spaces or line breaks. If the job uses `endpoint` or a proxy, make sure that it does not change the headers.',
    concerns: 'all',
  },
  'AuthFailure.InvalidSecretId': {
    meaning: 'The value of `secret-id` is not the ID of a Tencent Cloud API key.',
    fix: 'Open the API keys of the account or CAM user in the CAM console, and save `SecretId` and `SecretKey` as `secret-id` and `secret-key`. Do not use an account UIN, an APPID or a key of another product.',
    concerns: 'all',
  },
  'AuthFailure.MFAFailure': {
    meaning: 'The account requires multi-factor authentication for this call, which a workflow cannot provide.',
    fix: 'In the CAM console, create a CAM user whose API calls do not require MFA, and use its key for `secret-id` and `secret-key`.',
    concerns: 'all',
  },
  'AuthFailure.SecretIdNotFound': {
    meaning:
      'Tencent Cloud does not know this `secret-id`: it is mistyped, deleted or disabled, it belongs to the other site, or it is temporary and the token is missing.',
    fix: 'Check in the CAM console that the key exists and is enabled, and save `secret-id` and `secret-key` again without surrounding spaces. With a temporary key, also set `session-token`. Set `site` to the site of the account.',
    concerns: 'all',
  },
  'AuthFailure.SignatureExpire': {
    meaning:
      'The clocks of the runner and of Tencent Cloud differ by more than five minutes, so the signature was treated as expired.',
    fix: 'The step corrects for the difference once, and that did not help. Synchronize the clock of the self-hosted runner (NTP). If the clock is correct, look for a proxy that delays requests.',
    concerns: 'all',
  },
  'AuthFailure.SignatureFailure': {
    meaning:
      'The signature does not match the request: `secret-key` does not belong to `secret-id`, or the request was changed on the way.',
    fix: 'Save `secret-id` and `secret-key` again, from one key in the CAM console, without spaces or line breaks. If they are correct, make sure that the proxy or `endpoint` does not change the host, the headers or the body.',
    concerns: 'all',
  },
  'AuthFailure.TokenFailure': {
    meaning: 'The token of the temporary key has expired, is incomplete, or belongs to another key.',
    fix: 'Take `secret-id`, `secret-key` and `session-token` from the same temporary key, obtained in the same job. With a permanent key, leave `session-token` and the `TENCENTCLOUD_…TOKEN` variables empty.',
    concerns: 'all',
  },
  'AuthFailure.UnauthorizedOperation': {
    meaning: 'CAM does not allow this user or role to make the call.',
    fix: 'In the CAM console, attach a policy that allows the action named in the message. Binding a certificate requires `teo:ModifyHostsCertificate` on the zone; `QcloudSSLFullAccess` does not include it.',
    concerns: 'all',
    forbidden: true,
  },
  DryRunOperation: {
    meaning: 'The API treated the call as a dry run: it would have succeeded, and nothing was changed.',
    fix: `The step never sends \`DryRun\`. Look for a proxy or \`endpoint\` that adds it to requests. If there is none, ${ticket}.`,
    concerns: 'all',
  },
  FailedOperation: {
    meaning:
      'The service could not complete the call. If the message gives no reason, a known cause is a key of an account of the other site (China or international).',
    fix: `If the message gives a reason, act on that. Otherwise set \`site\` to \`international\` for an account of tencentcloud.com, or to \`china\` for an account of cloud.tencent.com. If it is correct, run the job again later; if it fails the same way, ${ticket}.`,
  },
  InternalError: {
    meaning: 'The service failed because of an internal error.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  InvalidAction: {
    meaning: 'This API call does not exist at this endpoint in this version.',
    fix: 'Set `site` to the site of the account. If the workflow sets `api-version: 2022-01-06`, change it to `2022-09-01`. If `endpoint` is set, make sure that each `{service}` leads to its own host.',
    concerns: 'all',
  },
  InvalidParameter: {
    meaning: 'A parameter of the call has the wrong format or type.',
    fix: `Compare \`zone-id\`, \`hosts\` and \`cert-id\` with the values in the console. If they are correct, ${ticket}.`,
  },
  InvalidParameterValue: {
    meaning: 'A parameter of the call has a value that the service does not accept.',
    fix: `Check that the expressions for \`zone-id\`, \`hosts\` and \`cert-id\` are not empty, and compare the values with the EdgeOne console and the SSL Certificate Service console. If they are correct, ${ticket}.`,
  },
  InvalidRequest: {
    meaning: 'The body of the request was malformed when it arrived.',
    fix: `Make sure that the proxy or \`endpoint\` does not change request bodies. If there is neither, ${ticket}.`,
    concerns: 'all',
  },
  IpInBlacklist: {
    meaning: 'The IP address of the runner is on the deny list of the account.',
    fix: 'Remove the address from the deny list in the CAM console, or use a self-hosted runner with another fixed address. GitHub-hosted runners get a new address for every job.',
    concerns: 'all',
  },
  IpNotInWhitelist: {
    meaning:
      'The account or key accepts calls only from listed IP addresses, and the address of the runner is not listed.',
    fix: 'Run the job on a self-hosted runner with a fixed address and add that address in the CAM console. GitHub-hosted runners get a new address for every job; to use them, remove the restriction from this key.',
    concerns: 'all',
  },
  LimitExceeded: {
    meaning: 'A quota of the account is used up, or one call holds more hosts than the service accepts.',
    fix: 'The step has already tried smaller calls, so check the quotas in the EdgeOne console. Delete what is no longer needed or request a higher quota, then run the job again.',
  },
  MissingParameter: {
    meaning: 'A parameter that the service requires is missing from the call.',
    fix: `Leave \`api-version\` at \`2022-09-01\`, and remove an \`endpoint\` or proxy that changes requests. If that does not help, ${ticket}.`,
    concerns: 'all',
  },
  NoSuchProduct: {
    meaning: 'The host that answered does not provide this product.',
    fix: 'Remove `endpoint`, or include `{service}` in it so that `teo`, `ssl` and `sts` reach their own hosts. Without `endpoint`, set `site` to the site of the account.',
    concerns: 'all',
  },
  NoSuchVersion: {
    meaning: 'The requested API version does not exist on this site.',
    fix: 'Set `api-version` to `2022-09-01`, the default. If it is already, check that `endpoint` leads to the right product.',
    concerns: 'all',
  },
  RequestLimitExceeded: {
    meaning: 'The account made more calls of this kind in one second than Tencent Cloud allows.',
    fix: `${retriedToDeadline} If it still fails, schedule this workflow at a different time from other jobs of the account, or increase \`wait-minutes\`.`,
    retry: throttled,
    concerns: 'all',
  },
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': {
    meaning:
      'The account made more calls in one second than Tencent Cloud allows, counted over all regions and all its users.',
    fix: `${retriedToDeadline} If it still fails, find out what else calls the API with this account at that time, schedule the workflow at a different time, or increase \`wait-minutes\`.`,
    retry: throttled,
    concerns: 'all',
  },
  'RequestLimitExceeded.IPLimitExceeded': {
    meaning:
      'Too many calls came from the IP address of the runner in one second. GitHub-hosted runners can share an address.',
    fix: `${retriedToDeadline} If it still fails, schedule the workflow at a different time, increase \`wait-minutes\`, or use a self-hosted runner.`,
    retry: throttled,
    concerns: 'all',
  },
  'RequestLimitExceeded.UinLimitExceeded': {
    meaning:
      'The account made more calls in one second than Tencent Cloud allows, counted over all its users and roles.',
    fix: `${retriedToDeadline} If it still fails, find out what else calls the API with this account at that time, schedule the workflow at a different time, or increase \`wait-minutes\`.`,
    retry: throttled,
    concerns: 'all',
  },
  RequestSizeLimitExceeded: {
    meaning: 'The request is larger than the service accepts.',
    fix: 'Divide `hosts` among several steps.',
  },
  ResourceInUse: {
    meaning: 'Another change is using the resource right now.',
    fix: `${retriedToDeadline} If it still fails, check in the console for a deployment that does not end, then run the job again later or increase \`wait-minutes\`.`,
    retry: busy,
  },
  ResourceInsufficient: {
    meaning: 'The service has run out of a resource that the call needs.',
    fix: `Check the plan and the quotas of the account in the EdgeOne console and the SSL Certificate Service console. If they are not used up, run the job again later; if it fails the same way, ${ticket}.`,
  },
  ResourceNotFound: {
    meaning: 'Something named in the call does not exist in this account.',
    fix: 'Compare `zone-id`, `hosts` and `cert-id` with the consoles of the account that owns the key. If they are correct, set `site` to the site of that account.',
  },
  ResourceUnavailable: {
    meaning: 'Something named in the call exists but cannot be used right now.',
    fix: 'Check in the EdgeOne console that the zone and the hosts are online, and in the SSL Certificate Service console that the certificate is issued. Then run the job again.',
  },
  ResponseSizeLimitExceeded: {
    meaning: 'The answer would be larger than the service can return.',
    fix: `Divide \`hosts\` among several steps. If a step with few hosts fails too, ${ticket}.`,
  },
  ServiceUnavailable: {
    meaning: 'The service is temporarily unavailable.',
    fix: `${retriedBriefly}, after checking for an incident of EdgeOne or SSL Certificate Service.`,
    retry: { why: 'the service is temporarily unavailable', budget: 'bounded' },
    concerns: 'all',
  },
  UnauthorizedOperation: {
    meaning: 'This user or role is not allowed to make the call.',
    fix: 'In the CAM console, allow the action named in the message; binding a certificate requires `teo:ModifyHostsCertificate` on the zone. If the policy is already attached, check that `site` is the site of the account.',
    concerns: 'all',
    forbidden: true,
  },
  UnknownParameter: {
    meaning: 'The call contains a parameter that this API version does not know on this site.',
    fix: `Set \`api-version\` to \`2022-09-01\`, the default, and remove an \`endpoint\` or proxy that adds parameters. If that does not help, ${ticket}.`,
    concerns: 'all',
  },
  UnsupportedOperation: {
    meaning: 'The service does not support this call for this account or for something named in the call.',
    fix: `Check in the EdgeOne console that the plan of the zone includes custom certificates. If the same change works in the console, ${ticket}.`,
  },
  UnsupportedProtocol: {
    meaning: 'The request arrived with an HTTP method or protocol that the API does not accept.',
    fix: `Check the proxy and \`endpoint\`: they must forward \`POST\` requests over HTTPS and must not redirect them. If there is neither, ${ticket}.`,
    concerns: 'all',
  },
  UnsupportedRegion: {
    meaning: 'The service is not available in the requested region.',
    fix: 'The step sends a region to STS only: check `region`. For other calls, remove a proxy or `endpoint` that adds a region.',
    concerns: 'all',
  },
} as const satisfies Rows
