import { afterUpload, busy, retriedBriefly, retriedToDeadline, serviceFault, throttled, ticket } from './shared.ts'
import { hostSettings } from './teo-settings.ts'
import type { Rows } from './types.ts'

const keepTrying =
  'If it still fails, increase `wait-minutes`, keep other workflows away from the zone at that time (use a `concurrency` group), or run the job again when the EdgeOne console shows the host as online.'
const withoutReason = 'without a reason, or for two minutes after an upload with a generic one'
const oneByOne = 'Nothing to fix: the step changes each of these hosts in a separate call.'
const findHost =
  'Compare `hosts` with the acceleration domains of the zone in the EdgeOne console. With `match: exact` the name must be listed there exactly, including `*.example.com`; to select hosts by pattern, set `match: pattern`. If the host belongs to another zone, correct `zone-id`.'
const findLock = `Find out in the EdgeOne console who or what locked it and have the lock released, then run the job again. If no lock is shown there, ${ticket}.`

/**
 * Codes of ModifyHostsCertificate, API versions 2022-01-06 and 2022-09-01 (reference of TEO, "Error Codes"), and codes that the
 * reference does not list but that were seen in the field. Those caused by other settings of a host are in `teo-settings.ts`.
 */
export const teo = {
  ...hostSettings,
  'AuthFailure.UnauthorizedOperation': {
    meaning:
      'CAM does not allow this user or role to make the EdgeOne call. Permissions for SSL Certificate Service do not include EdgeOne.',
    fix: 'In the CAM console, attach a policy that allows `teo:DescribeAccelerationDomains` and `teo:ModifyHostsCertificate` on `qcs::teo::uin/<account UIN>:zone/<zone ID>`. The message names the action that was refused. `QcloudSSLFullAccess` does not cover EdgeOne.',
    concerns: 'all',
    forbidden: true,
  },
  FailedOperation: {
    meaning:
      'EdgeOne could not complete the call. If the message gives no reason, the usual cause is a key of an account of the other site (China or international).',
    fix: `If the message gives a reason, act on that. Otherwise set \`site\` to \`international\` for an account of tencentcloud.com, or to \`china\` for an account of cloud.tencent.com. If it is correct, run the job again later; if it fails the same way, ${ticket}.`,
  },
  'FailedOperation.CertificateHasExpired': {
    meaning: 'The certificate has expired, and EdgeOne does not deploy expired certificates.',
    fix: 'Renew the certificate, upload it to SSL Certificate Service, and pass the new ID as `cert-id`.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateNotFound': {
    meaning: 'EdgeOne found no edge certificate with this ID in the account.',
    fix: 'Copy the ID from the SSL Certificate Service console of the same account and site into `cert-id`. If the certificate was deleted, upload it again and pass the new ID.',
    retry: afterUpload,
    concerns: 'certificate',
  },
  'FailedOperation.InvalidZoneStatus': {
    meaning:
      'The state of the zone does not allow certificate changes: for example, it is not active yet, paused or locked.',
    fix: 'Open the zone in the EdgeOne console and complete what it asks for (ownership, DNS, plan), or enable it again. Run the job again once the zone is active.',
    concerns: 'all',
  },
  'FailedOperation.ModifyFailed': {
    meaning:
      'EdgeOne did not make the change. Without a message, or with only “Operation failed.”, this is usually temporary, often right after an upload. With another message, the host is usually not in the zone.',
    fix: `Without a message, the step has retried this until \`wait-minutes\` ended. Compare \`hosts\` with the domain list of the zone, because an unknown host can cause the same answer, and run the job again later. If it fails the same way, ${ticket}.`,
    retry: { why: 'EdgeOne gave no reason, which is usually temporary', budget: 'deadline', only: withoutReason },
  },
  'InternalError.ConfigLocked': {
    meaning: 'The configuration of the zone or host is locked and cannot be changed.',
    fix: findLock,
  },
  'InternalError.DBError': {
    meaning: 'EdgeOne failed because of an internal error while reading the zone.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.GetRoleError': {
    meaning:
      'EdgeOne could not use the service role that lets it read certificates from SSL Certificate Service. Usually the role was never authorized, or it was deleted.',
    fix: 'Sign in with the main account, bind any certificate of SSL Certificate Service to a host in the EdgeOne console, and accept the authorization it asks for. Then run the job again. The CAM console lists the role as `TEO_QCSLinkedRoleInCertlist`.',
    concerns: 'all',
  },
  'InternalError.ProxyServer': {
    meaning: 'An internal server of the EdgeOne API failed.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.RouteError': {
    meaning: 'The EdgeOne API could not reach one of its internal servers.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.SystemError': {
    meaning: 'EdgeOne failed because of an internal error.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InternalError.UnknowError': {
    meaning: 'EdgeOne failed because of an internal error and gave no reason.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'InvalidParameter.ActionInProgress': {
    meaning: 'An earlier change of the host or zone is still in progress, or changes came too quickly.',
    fix: `${retriedToDeadline} ${keepTrying}`,
    retry: busy,
  },
  'InvalidParameter.CertNotMatchDomain': {
    meaning:
      'The certificate does not cover the host. `*.example.com` covers neither `example.com` nor `a.b.example.com`.',
    fix: 'Remove the host from `hosts`, or pass the ID of a certificate that covers it.',
  },
  'InvalidParameter.CertToExpire': {
    meaning: 'The certificate expires so soon that EdgeOne does not accept it.',
    fix: 'Renew the certificate earlier, upload it to SSL Certificate Service, and pass the new ID as `cert-id`.',
    concerns: 'certificate',
  },
  'InvalidParameter.CertTooShortKeySize': {
    meaning:
      'The key of the certificate is too short for EdgeOne. The minimum is 2048 bits for RSA (and DSA, DH) and 225 bits for EC.',
    fix: 'Reissue the certificate with an RSA 2048 or EC P-256 key, upload it, and pass its ID as `cert-id`.',
    concerns: 'certificate',
  },
  'InvalidParameter.CnameWildHostNotAllowApplyCertificate': {
    meaning: 'EdgeOne issues no free certificates for wildcard hosts in zones that are connected by CNAME.',
    fix: 'Remove the wildcard host from `hosts`, or bind your own wildcard certificate by its ID.',
  },
  'InvalidParameter.DomainNotFound': {
    meaning: 'A host in the call is not an acceleration domain of this zone.',
    fix: findHost,
  },
  'InvalidParameter.HostStatusNotAllowApplyCertificate': {
    meaning:
      'EdgeOne cannot request a free certificate because the host does not point to EdgeOne yet: its CNAME has not been changed, or validation requests do not arrive.',
    fix: 'At your DNS provider, set the CNAME that the EdgeOne console shows for the host, and run the job again when it resolves. Until then, bind your own certificate: `mode: sslcert` with `cert-id`.',
  },
  'InvalidParameter.InvalidCertInfo': {
    meaning: 'EdgeOne does not accept the certificate given for the host.',
    fix: 'Check in the SSL Certificate Service console that every ID in `cert-id` is an issued server certificate, with at most one each of RSA, ECC and SM2. Expired, revoked and CA certificates are not accepted.',
    concerns: 'certificate',
  },
  'InvalidParameter.InvalidHttpsCertInfo': {
    meaning:
      'EdgeOne could not use the content of the certificate: the PEM text or its chain is damaged, or it is not a server certificate.',
    fix: 'Upload the certificate to SSL Certificate Service again, with the leaf, its intermediates and the key of the leaf, and pass its ID as `cert-id`. If that is refused too, have the certificate reissued.',
  },
  'InvalidParameter.ZoneIsGrayPublishing': {
    meaning: 'EdgeOne is upgrading the zone and accepts no changes until the upgrade is done.',
    fix: `${retriedToDeadline} If it still fails, run the job again when the EdgeOne console no longer shows an upgrade. If that takes longer than a day, ${ticket}.`,
    retry: { why: 'EdgeOne is upgrading the zone', budget: 'deadline' },
    concerns: 'all',
  },
  'InvalidParameter.ZoneNotFound': {
    meaning: 'The zone does not exist.',
    fix: 'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`, and set `site` to the site of the account.',
    concerns: 'all',
  },
  InvalidParameterValue: {
    meaning:
      'A value in the call is empty or has the wrong format: usually the list of hosts, otherwise the zone ID, a host name or the certificate ID.',
    fix: 'Check that the expressions for `hosts`, `zone-id` and `cert-id` are not empty. Write host names without `https://` or a path, a zone ID such as `zone-2fgd17m17xw`, and the certificate ID (not the alias) from the SSL Certificate Service console.',
  },
  'InvalidParameterValue.ZoneNotFound': {
    meaning: 'EdgeOne found no zone with this ID in the account.',
    fix: 'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`. If it is correct, the key belongs to another account, or `site` is wrong.',
    concerns: 'all',
  },
  'LimitExceeded.RateLimitExceeded': {
    meaning:
      'EdgeOne received more calls of this kind in one second than it allows. Calls of other jobs and of the console count too.',
    fix: `${retriedToDeadline} If it still fails, schedule this workflow at a different time from other jobs of the account, or increase \`wait-minutes\`.`,
    retry: throttled,
    concerns: 'all',
  },
  OperationDenied: {
    meaning:
      'EdgeOne refused the change because of the current state of the host or zone. Usually the host is still being deployed.',
    fix: 'Check in the EdgeOne console whether the host is being deployed, offline or locked, or the zone is disabled. Run the job again when the host is online.',
    deployingIf: /部署中|deploy|当前域名状态|domain status/i,
  },
  'OperationDenied.CertificatePrivateKeyIsEmpty': {
    meaning:
      'The certificate is stored in SSL Certificate Service without its private key, which EdgeOne accepts only in keyless mode.',
    fix: 'Pass the ID of a certificate that has its private key in SSL Certificate Service, or upload this one again together with its key. The step does not change keyless settings; change them in the EdgeOne console.',
    concerns: 'certificate',
  },
  'OperationDenied.ConfigLocked': {
    meaning: 'The configuration of the zone or host is locked, so EdgeOne accepts no changes.',
    fix: findLock,
  },
  'OperationDenied.DisableZoneNotCompleted': {
    meaning: 'The zone is being disabled, and EdgeOne accepts no changes until that is done.',
    fix: `${retriedToDeadline} If you still use the zone, enable it in the EdgeOne console and run the job again. Otherwise remove it from the workflow.`,
    retry: { why: 'the zone is being disabled', budget: 'deadline' },
    concerns: 'all',
  },
  'OperationDenied.ErrZoneIsAlreadyPaused': {
    meaning: 'The zone is disabled, and EdgeOne does not change certificates in a disabled zone.',
    fix: 'Enable the zone in the EdgeOne console and run the job again. If it should stay disabled, remove the step for this `zone-id` from the workflow.',
    concerns: 'all',
  },
  'OperationDenied.HostsCertificateInconsistency': {
    meaning:
      'The hosts in one call have different edge certificates now, and EdgeOne changes hosts together only if these are the same.',
    fix: `${oneByOne} If EdgeOne refuses a single host with this code, ${ticket}.`,
    concerns: 'together',
  },
  'OperationDenied.HostsClientCertificateInconsistency': {
    meaning:
      'The hosts in one call have different client CA settings (edge mutual authentication), and EdgeOne changes hosts together only if these are the same.',
    fix: `${oneByOne} If EdgeOne refuses a single host with this code, ${ticket}.`,
    concerns: 'together',
  },
  'OperationDenied.HostsKeylessServerInconsistency': {
    meaning:
      'The hosts in one call have different keyless servers, and EdgeOne changes hosts together only if these are the same.',
    fix: `${oneByOne} If EdgeOne refuses a single host with this code, ${ticket}.`,
    concerns: 'together',
  },
  'OperationDenied.HostsUpstreamCertificateInconsistency': {
    meaning:
      'The hosts in one call have different client certificates for origin-pull mutual authentication, and EdgeOne changes hosts together only if these are the same.',
    fix: `${oneByOne} If EdgeOne refuses a single host with this code, ${ticket}.`,
    concerns: 'together',
  },
  'OperationDenied.HostsUpstreamCertificateVerifyInconsistency': {
    meaning:
      'The hosts in one call have different settings for origin certificate verification, and EdgeOne changes hosts together only if these are the same.',
    fix: `${oneByOne} If EdgeOne refuses a single host with this code, ${ticket}.`,
    concerns: 'together',
  },
  'OperationDenied.KeylessCertSwitchToFreeCertConflict': {
    meaning:
      'The hosts in one call have different certificates or keyless servers, so EdgeOne does not switch them to a free certificate together.',
    fix: `${oneByOne} If EdgeOne refuses a single host with this code, turn keyless mode off for it in the EdgeOne console first.`,
    concerns: 'together',
  },
  'OperationDenied.VersionControlIsGraying': {
    meaning:
      'A test version of the configuration is in use in the zone. EdgeOne accepts no other changes until it is published or rolled back.',
    fix: 'Publish the test version to the live environment, or roll it back, in the version management of the zone in the EdgeOne console. Then run the job again.',
    concerns: 'all',
  },
  ResourceInUse: {
    meaning: 'Another change is using the host or zone right now, such as a deployment in progress.',
    fix: `${retriedToDeadline} ${keepTrying}`,
    retry: busy,
  },
  'ResourceUnavailable.CertNotFound': {
    meaning:
      'EdgeOne cannot read the certificate: the ID is wrong, the certificate belongs to another account or to the other site, or the service role of EdgeOne for SSL was never authorized.',
    fix: 'Check that the SSL Certificate Service console of the right account and `site` lists the ID in `cert-id`. If it does, bind a certificate once in the EdgeOne console, which asks for the missing authorization, and run the job again.',
    retry: afterUpload,
    concerns: 'certificate',
  },
  'ResourceUnavailable.DomainNotFound': {
    meaning: 'EdgeOne found no acceleration domain with the name of the host in this zone.',
    fix: findHost,
  },
  'ResourceUnavailable.HostNotFound': {
    meaning: 'The host is not an acceleration domain of this zone, or EdgeOne does not proxy it (acceleration is off).',
    fix: 'Check the spelling in `hosts`, and that `zone-id` is the zone of the host. If the EdgeOne console lists the host as offline or not proxied, enable its acceleration there, or remove it from `hosts`.',
  },
  'ResourceUnavailable.ZoneNotFound': {
    meaning: 'The zone does not exist, or it does not belong to the account of the key.',
    fix: 'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`. If it is correct, use a key of the account that owns the zone, and set `site` to the site of that account.',
    concerns: 'all',
  },
  UnauthorizedOperation: {
    meaning: 'This user or role is not allowed to make the EdgeOne call.',
    fix: 'In the CAM console, allow the action named in the message, such as `teo:ModifyHostsCertificate`, on `qcs::teo::uin/<account UIN>:zone/<zone ID>`.',
    concerns: 'all',
    forbidden: true,
  },
  'UnauthorizedOperation.CamUnauthorized': {
    meaning: 'CAM does not allow this user or role to make the EdgeOne call in this zone.',
    fix: 'In the CAM console, attach a policy that allows the action named in the message, such as `teo:ModifyHostsCertificate`, on `qcs::teo::uin/<account UIN>:zone/<zone ID>`. If it is already attached, check that it names this zone.',
    concerns: 'all',
    forbidden: true,
  },
  'UnauthorizedOperation.NoPermission': {
    meaning: 'This sub-account or role is not allowed to make the EdgeOne call.',
    fix: 'In the CAM console, attach a policy that allows `teo:DescribeAccelerationDomains` and `teo:ModifyHostsCertificate` on `qcs::teo::uin/<account UIN>:zone/<zone ID>`; with `zone-name`, also `teo:DescribeZones`.',
    concerns: 'all',
    forbidden: true,
  },
  'UnauthorizedOperation.Unknown': {
    meaning: 'An internal server of the EdgeOne API failed. Despite its name, this code is not about permissions.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
} as const satisfies Rows
