import type { Explanations } from './types.ts'

/**
 * Codes of ModifyHostsCertificate, API versions 2022-01-06 and 2022-09-01 (reference of TEO, "Error Codes"), and
 * codes that the reference does not list but that were seen in the field.
 */
export const teo: Explanations = {
  'AuthFailure.UnauthorizedOperation': {
    meaning:
      'CAM does not allow this user or role to make the EdgeOne call, even if the upload to SSL Certificate Service ' +
      'went through.',
    fix:
      'In the CAM console, attach a policy that allows `teo:DescribeAccelerationDomains` and `teo:ModifyHostsCertificate` on ' +
      '`qcs::teo::uin/<account UIN>:zone/<zone ID>`; the message names the action that was refused. ' +
      '`QcloudSSLFullAccess` covers only SSL Certificate Service, not EdgeOne.',
  },
  FailedOperation: {
    meaning:
      'EdgeOne could not carry out the call and gave no reason; most often an account of the international site ' +
      'called the China endpoint, or the reverse.',
    fix:
      'Set `site` to `international` for an account of tencentcloud.com and to `china` for one of cloud.tencent.com. ' +
      'If it is right, run the job again later and open a ticket with the RequestId if it fails the same way.',
  },
  'FailedOperation.CertificateHasExpired': {
    meaning: 'The certificate has expired, and EdgeOne does not deploy expired certificates.',
    fix: 'Renew the certificate, upload it to SSL Certificate Service, and pass the new ID as `cert-id`.',
  },
  'FailedOperation.CertificateNotFound': {
    meaning: 'EdgeOne found no edge HTTPS certificate with this ID in the account.',
    fix:
      'Copy the ID from the SSL Certificate Service console of the same account and site into `cert-id`. If the ' +
      'certificate was deleted there, upload it again and pass its new ID.',
  },
  'FailedOperation.EdgeClientCertificateHasExpired': {
    meaning:
      'The client CA certificate with which the host checks its visitors has expired, so EdgeOne does not deploy the ' +
      'host.',
    fix:
      'The step never sends client CA settings, so this comes from what the host already has. Replace the expired ' +
      'client CA, or turn edge mutual authentication off, in the HTTPS settings of the host in the EdgeOne console ' +
      'and run the job again.',
  },
  'FailedOperation.InvalidZoneStatus': {
    meaning:
      'The zone is in a state in which EdgeOne changes no certificates, for instance not yet active, paused or ' +
      'locked.',
    fix:
      'Open the zone in the EdgeOne console and finish what it asks for (ownership, DNS, plan), or enable it again. ' +
      'Run the job again once it is active.',
  },
  'FailedOperation.ModifyFailed': {
    meaning:
      'EdgeOne did not make the change: with an empty message a passing fault, frequent right after an upload; ' +
      'otherwise mostly a host that is not in the zone.',
    fix:
      'Without a message it usually passes, and the step has tried again until `wait-minutes` ended: compare ' +
      '`hosts` with the domain list of the zone, since a host that is not there can be answered in the same ' +
      'way, and run the job again later. If it remains, open a ticket with the RequestId.',
  },
  'FailedOperation.UpstreamClientCertificateHasExpired': {
    meaning:
      'The client certificate that the host shows to its origin (origin-pull mutual authentication) has expired, so ' +
      'EdgeOne does not deploy the host.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Replace that ' +
      'certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
  },
  'FailedOperation.UpstreamVerifyCustomCACertificateHasExpired': {
    meaning:
      'The CA certificate with which the host checks its origin has expired, so EdgeOne does not deploy the host.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Replace the origin ' +
      'CA, or turn origin certificate verification off, in the origin-pull settings of the host in the EdgeOne ' +
      'console and run the job again.',
  },
  'InternalError.ConfigLocked': {
    meaning: 'The configuration of the zone or host is locked, so nothing can be changed in it.',
    fix:
      'Find in the EdgeOne console who or what holds the lock and have it released, then run the job again. If no ' +
      'lock is to be seen there, open a ticket with the RequestId.',
  },
  'InternalError.DBError': {
    meaning: 'EdgeOne failed on its own side while it read the site.',
    fix: 'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, open a ticket with the RequestId.',
  },
  'InternalError.GetRoleError': {
    meaning:
      'EdgeOne could not obtain the service role with which it reads certificates from SSL Certificate Service; ' +
      'mostly the role was never authorised or has been deleted.',
    fix:
      'With the main account, bind any certificate of SSL Certificate Service to a host by hand in the EdgeOne ' +
      'console and accept the authorisation it asks for. Then run the job again; the role is listed in the CAM ' +
      'console as `TEO_QCSLinkedRoleInCertlist`.',
  },
  'InternalError.ProxyServer': {
    meaning: 'A server behind the EdgeOne API failed for an unknown reason.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
  },
  'InternalError.RouteError': {
    meaning: 'The EdgeOne API could not reach the server behind it that does the work.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
  },
  'InternalError.SystemError': {
    meaning: 'EdgeOne failed on its own side while it handled the change.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
  },
  'InternalError.UnknowError': {
    meaning: 'EdgeOne failed on its own side and does not say why.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
  },
  'InvalidParameter.ActionInProgress': {
    meaning:
      'An earlier change of the host or zone is still being carried out, or changes followed each other too fast.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, raise ' +
      '`wait-minutes`, keep other workflows off the same zone at that time (a `concurrency` group), or run the job ' +
      'again when the EdgeOne console shows the host online.',
  },
  'InvalidParameter.AliasDomainNotSupportKeyless': {
    meaning: 'The host is an alias domain, and alias domains cannot use a keyless certificate.',
    fix:
      'Pass a certificate that has its private key in SSL Certificate Service: another `cert-id`, or this ' +
      'one uploaded again together with its key. The step never sends keyless settings; if the host is set to a keyless server, ' +
      'change that in the HTTPS settings of the host in the EdgeOne console.',
  },
  'InvalidParameter.CertNotMatchDomain': {
    meaning:
      'The certificate does not cover the host: none of its names matches, and `*.example.com` covers neither ' +
      '`example.com` nor `a.b.example.com`.',
    fix:
      'Take the host out of `hosts`, or pass the ID of a certificate whose names include it. A wildcard stands ' +
      'for one label: `*.example.com` does not cover `example.com`.',
  },
  'InvalidParameter.CertToExpire': {
    meaning: 'The certificate is about to expire, and EdgeOne already refuses it for that.',
    fix: 'Renew the certificate earlier, upload it to SSL Certificate Service, and pass the new ID as `cert-id`.',
  },
  'InvalidParameter.CertTooShortKeySize': {
    meaning:
      'The key of the certificate is too short for EdgeOne, which asks for RSA (DSA, DH) of at least 2048 bits or EC ' +
      'of at least 225 bits.',
    fix: 'Issue the certificate anew with a key of RSA 2048 or EC P-256, upload it, and pass its ID as `cert-id`.',
  },
  'InvalidParameter.CertificateConflictWithKeylessServer': {
    meaning:
      'The host has neither a certificate nor a keyless server yet, or a keyless server that the certificate does ' +
      'not go with.',
    fix:
      'The step never sends keyless settings, so this comes from what the host already has. Bind a certificate, or ' +
      'the keyless server with its certificate, once by hand in the HTTPS settings of the host in the EdgeOne ' +
      'console and run the job again.',
  },
  'InvalidParameter.CnameWildHostNotAllowApplyCertificate': {
    meaning: 'EdgeOne issues no free certificate for a wildcard host in a zone that is connected by CNAME.',
    fix: 'Take the wildcard host out of `hosts`, or bind a wildcard certificate of your own by its ID.',
  },
  'InvalidParameter.DomainNotFound': {
    meaning: 'A host in the call is not an acceleration domain of this zone.',
    fix:
      'Compare `hosts` with the acceleration domains of the zone in the EdgeOne console: with `match: exact` the name must ' +
      'stand there exactly, `*.example.com` included. If it belongs to another zone, correct `zone-id`; to choose hosts by ' +
      'pattern, set `match: pattern`.',
  },
  'InvalidParameter.EdgeClientCertCheckError': {
    meaning: 'The client CA settings of the host (edge mutual authentication) are not valid.',
    fix:
      'The step never sends client CA settings, so this comes from what the host already has. Correct the client CA, ' +
      'or turn edge mutual authentication off, in the HTTPS settings of the host in the EdgeOne console and run the ' +
      'job again.',
  },
  'InvalidParameter.HostStatusNotAllowApplyCertificate': {
    meaning:
      'EdgeOne cannot apply for a free certificate because the host does not lead to EdgeOne yet: its CNAME is not ' +
      'switched, or the validation request does not arrive.',
    fix:
      'Set the CNAME that the EdgeOne console shows for the host at your DNS provider and run the job again when it ' +
      'resolves. Until then, bind a certificate of your own: `mode: sslcert` with `cert-id`.',
  },
  'InvalidParameter.InvalidCertInfo': {
    meaning: 'EdgeOne does not accept the certificate that was named for the host.',
    fix:
      'Check in the SSL Certificate Service console that every ID in `cert-id` is an issued server certificate, at ' +
      'most one each of RSA, ECC and SM2. An expired, revoked or CA certificate will not do.',
  },
  'InvalidParameter.InvalidHttpsCertInfo': {
    meaning:
      'EdgeOne could not use the content of the certificate: the PEM text or its chain is damaged, or it is not a ' +
      'server certificate.',
    fix:
      'Upload the certificate anew to SSL Certificate Service, the leaf and its intermediates with the key of ' +
      'the leaf, and pass its ID as `cert-id`. If that is refused as well, have the certificate issued again.',
  },
  'InvalidParameter.InvalidHttpsTlsVersion': {
    meaning: 'The TLS versions set for the host are not a valid choice, so EdgeOne does not deploy it.',
    fix:
      'The step never sends TLS versions, so this comes from what the host already has. Set a valid selection, such ' +
      'as TLS 1.2 and 1.3, in the HTTPS settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameter.UpstreamClientCertCheckError': {
    meaning:
      'The client certificate that the host shows to its origin (origin-pull mutual authentication) is not valid.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose another ' +
      'client certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameter.UpstreamVerifyCertCheckError': {
    meaning: 'The settings with which the host checks the certificate of its origin are not valid.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Correct or turn off ' +
      'origin certificate verification in the origin-pull settings of the host in the EdgeOne console and run the ' +
      'job again.',
  },
  'InvalidParameter.UpstreamVerifyCustomCACertNoInfo': {
    meaning: 'The host checks the certificate of its origin against a CA certificate that has no content.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose the origin CA ' +
      'again, or turn origin certificate verification off, in the origin-pull settings of the host in the EdgeOne ' +
      'console and run the job again.',
  },
  'InvalidParameter.ZoneIsGrayPublishing': {
    meaning: 'EdgeOne is upgrading the zone and takes no changes until that is done.',
    fix:
      'Nothing to fix in the workflow: run the job again when the EdgeOne console shows the zone without an upgrade. ' +
      'If the state lasts longer than a day, open a ticket with the RequestId.',
  },
  InvalidParameterValue: {
    meaning:
      'A value in the call is empty or has the wrong form: almost always the list of hosts, else the zone ID, a host ' +
      'name or the certificate ID.',
    fix:
      'See that the expressions behind `hosts`, `zone-id` and `cert-id` are not empty. Write bare host names without ' +
      '`https://` or a path, a zone ID such as `zone-2fgd17m17xw`, and the certificate ID (not the alias) from the ' +
      'SSL Certificate Service console.',
  },
  'InvalidParameterValue.AliasDomainNotSupportEdgeMTLS': {
    meaning: 'The host is an alias domain, and alias domains do not support edge mutual authentication.',
    fix:
      'The step never sends client CA settings, so this comes from what the host already has. Turn edge mutual ' +
      'authentication off in the HTTPS settings of the host in the EdgeOne console, or take the alias domain out of ' +
      '`hosts`.',
  },
  'InvalidParameterValue.AliasDomainNotSupportUpstreamMTLS': {
    meaning: 'The host is an alias domain, and alias domains do not support origin-pull mutual authentication.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Turn origin-pull ' +
      'mutual authentication off for it in the EdgeOne console, or take the alias domain out of `hosts`.',
  },
  'InvalidParameterValue.AliasDomainNotSupportUpstreamVerify': {
    meaning: 'The host is an alias domain, and alias domains do not support origin certificate verification.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Turn origin ' +
      'certificate verification off for it in the EdgeOne console, or take the alias domain out of `hosts`.',
  },
  'InvalidParameterValue.CertificateVerifyClientMustCa': {
    meaning: 'Edge mutual authentication of the host names a client certificate that is not a CA certificate.',
    fix:
      'The step never sends client CA settings, so this comes from what the host already has. Choose a certificate ' +
      'of type CA as client CA in the HTTPS settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.CertificateVerifyClientNeedCert': {
    meaning: 'Edge mutual authentication is on for the host, but no client CA is chosen.',
    fix:
      'The step never sends client CA settings, so this comes from what the host already has. Choose at least one ' +
      'client CA, or turn edge mutual authentication off, in the HTTPS settings of the host in the EdgeOne console ' +
      'and run the job again.',
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientMustRSAorECC': {
    meaning:
      'The client certificate of the host for origin-pull mutual authentication is SM2, where only RSA and ECC are ' +
      'supported.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose an RSA or ECC ' +
      'client certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientMustSVR': {
    meaning:
      'The client certificate of the host for origin-pull mutual authentication is a CA certificate, which is not ' +
      'supported there.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose a certificate ' +
      'with a private key (type SVR) in the origin-pull settings of the host in the EdgeOne console and run the job ' +
      'again.',
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientNeedCert': {
    meaning: 'Origin-pull mutual authentication is on for the host, but no client certificate is chosen.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose one in the ' +
      'origin-pull settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustCA': {
    meaning: 'The host checks its origin against a certificate that is not a CA certificate.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose a certificate ' +
      'of type CA for origin certificate verification in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustRSAorECC': {
    meaning: 'The host checks its origin against an SM2 CA certificate, where only RSA and ECC are supported.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose an RSA or ECC ' +
      'CA certificate for origin certificate verification in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCANeedCert': {
    meaning: 'Origin certificate verification is on for the host, but no CA certificate is chosen.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Choose one, or turn ' +
      'origin certificate verification off, in the origin-pull settings of the host in the EdgeOne console and run ' +
      'the job again.',
  },
  'InvalidParameterValue.ClientCertInfoQuotaLimit': {
    meaning:
      'The host has more than 20 client CA certificates for edge mutual authentication, the most that EdgeOne allows.',
    fix:
      'The step never sends client CA settings, so this comes from what the host already has. Remove unused client ' +
      'CAs in the HTTPS settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.InvalidKeylessServerId': {
    meaning: 'The host is set to a keyless server whose ID EdgeOne does not know.',
    fix:
      'The step never sends keyless settings, so this comes from what the host already has. Choose an existing ' +
      'keyless server, or leave keyless mode, in the HTTPS settings of the host in the EdgeOne console and run the ' +
      'job again.',
  },
  'InvalidParameterValue.OCDirectOriginDomainNotSupportUpstreamVerify': {
    meaning: 'The host uses what EdgeOne calls OC switching, with which origin certificate verification cannot be on.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Turn origin ' +
      'certificate verification off for the host in the EdgeOne console; if the setting is not to be seen there, ' +
      'open a ticket with the RequestId.',
  },
  'InvalidParameterValue.ServerCertInfoNeedContainRSAorECC': {
    meaning:
      'Edge mutual authentication of the host uses an RSA or ECC client CA, and the change would leave the host ' +
      'without an edge HTTPS certificate of that algorithm.',
    fix:
      'Give a certificate of the algorithm of the client CA in `cert-id` as well, or keep the one that is bound ' +
      '(`keep-other-algorithms`). To use another algorithm, change the client CA in the HTTPS settings of the host in the ' +
      'EdgeOne console first; the step never sends it.',
  },
  'InvalidParameterValue.ServerCertInfoNeedContainSM2': {
    meaning:
      'Edge mutual authentication of the host uses an SM2 client CA, and the change would leave the host without an ' +
      'SM2 edge HTTPS certificate.',
    fix:
      'Give the ID of an SM2 certificate in `cert-id` as well, or keep the one that is bound (`keep-other-algorithms`). To do ' +
      'without SM2, change the client CA in the HTTPS settings of the host in the EdgeOne console first; the ' +
      'step never sends it.',
  },
  'InvalidParameterValue.SiteFailoverNotSupportHostUpstreamVerify': {
    meaning:
      'The host has origin failover on together with origin-pull mutual authentication or origin certificate ' +
      'verification, and EdgeOne does not support both.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Turn one of the two ' +
      'off for the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.UpstreamClientCertInfoQuotaLimit': {
    meaning:
      'The host has more than one client certificate for origin-pull mutual authentication, where EdgeOne allows one.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Leave one client ' +
      'certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.UpstreamVerifyCustomCACertInfoQuotaLimit': {
    meaning: 'The host has more than one CA certificate for origin certificate verification, where EdgeOne allows one.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Leave one CA ' +
      'certificate in the origin-pull settings of the host in the EdgeOne console and run the job again.',
  },
  'InvalidParameterValue.ZoneNotFound': {
    meaning: 'EdgeOne finds no zone with this ID in the account.',
    fix:
      'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`. If it is right, the key belongs to ' +
      'another account or `site` is the wrong one.',
  },
  'InvalidParameter.ZoneNotFound': {
    meaning: 'The site does not exist.',
    fix: 'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`, and set `site` to the site of the account.',
  },
  'LimitExceeded.RateLimitExceeded': {
    meaning:
      'EdgeOne received more calls of this kind in one second than it allows; calls of other jobs and of the console ' +
      'count as well.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
      'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
  },
  OperationDenied: {
    meaning:
      'EdgeOne refused the change because of the present state of the host or zone; most often the host is still ' +
      'being deployed.',
    fix:
      'Look in the EdgeOne console whether the host is being deployed, offline or locked, or the zone disabled. ' +
      'Run the job again when the host is online.',
  },
  'OperationDenied.CertificatePrivateKeyIsEmpty': {
    meaning:
      'The certificate was stored in SSL Certificate Service without its private key, which EdgeOne takes only in ' +
      'keyless mode.',
    fix:
      'Pass the ID of a certificate that has its private key in SSL Certificate Service, or upload this one ' +
      'again together with its key. The step never sends keyless settings; a host that is set to a keyless ' +
      'server is changed in the EdgeOne console.',
  },
  'OperationDenied.ConfigLocked': {
    meaning: 'The configuration of the zone or host is locked, so EdgeOne takes no changes.',
    fix:
      'Find in the EdgeOne console who or what holds the lock and have it released, then run the job again. If no ' +
      'lock is to be seen there, open a ticket with the RequestId.',
  },
  'OperationDenied.DisableZoneNotCompleted': {
    meaning: 'The zone is just being disabled, and EdgeOne takes no changes until that is done.',
    fix:
      'If the zone is to stay in use, enable it in the EdgeOne console when the disabling has ended and run the job ' +
      'again. Otherwise remove it from the workflow.',
  },
  'OperationDenied.ErrZoneIsAlreadyPaused': {
    meaning: 'The zone is disabled, and EdgeOne changes no certificates in a disabled zone.',
    fix:
      'Enable the zone in the EdgeOne console and run the job again. If it is meant to stay disabled, take the step ' +
      'for this `zone-id` out of the workflow.',
  },
  'OperationDenied.HostsCertificateInconsistency': {
    meaning:
      'The hosts of one call have different edge HTTPS certificates now, and EdgeOne changes them together only if ' +
      'these are the same.',
    fix:
      'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
      'host, open a ticket with the RequestId.',
  },
  'OperationDenied.HostsClientCertificateInconsistency': {
    meaning:
      'The hosts of one call have different client CA settings (edge mutual authentication), and EdgeOne changes ' +
      'them together only if these are the same.',
    fix:
      'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
      'host, open a ticket with the RequestId.',
  },
  'OperationDenied.HostsKeylessServerInconsistency': {
    meaning:
      'The hosts of one call have different keyless servers, and EdgeOne changes them together only if these are the ' +
      'same.',
    fix:
      'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
      'host, open a ticket with the RequestId.',
  },
  'OperationDenied.HostsUpstreamCertificateInconsistency': {
    meaning:
      'The hosts of one call have different client certificates for origin-pull mutual authentication, and EdgeOne ' +
      'changes them together only if these are the same.',
    fix:
      'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
      'host, open a ticket with the RequestId.',
  },
  'OperationDenied.HostsUpstreamCertificateVerifyInconsistency': {
    meaning:
      'The hosts of one call have different settings for origin certificate verification, and EdgeOne changes them ' +
      'together only if these are the same.',
    fix:
      'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
      'host, open a ticket with the RequestId.',
  },
  'OperationDenied.KeylessCertSwitchToFreeCertConflict': {
    meaning:
      'The hosts of one call have different certificates or keyless servers, so EdgeOne does not switch them to a ' +
      'free certificate together.',
    fix:
      'Nothing to fix in the workflow: the step then asks for each of these hosts alone. If EdgeOne says so of a single ' +
      'host, take it out of keyless mode in the EdgeOne console first.',
  },
  'OperationDenied.KeylessModeCertificatePrivateKeyNeedEmpty': {
    meaning:
      'The host is in keyless mode, which takes only certificates without a private key, and this certificate has ' +
      'one.',
    fix:
      'The step never sends keyless settings, so this comes from what the host already has. Take the host out of ' +
      'keyless mode in the HTTPS settings of the host in the EdgeOne console, or give in `cert-id` a certificate ' +
      'that was uploaded without its key.',
  },
  'OperationDenied.NotInKeylessWhiteList': {
    meaning:
      'The host or certificate calls for keyless mode, which Tencent Cloud opens only to accounts on an allow-list.',
    fix:
      'The step never sends keyless settings, so this comes from what the host already has. Have the account ' +
      'admitted by a ticket, or take the host out of keyless mode in the HTTPS settings of the host in the EdgeOne ' +
      'console and give a certificate with its key.',
  },
  'OperationDenied.NotInUpstreamMTLSWhiteList': {
    meaning:
      'The host has origin-pull mutual authentication, which Tencent Cloud opens only to accounts on an allow-list.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Have the account ' +
      'admitted by a ticket, or have origin-pull mutual authentication removed from the host in the EdgeOne console.',
  },
  'OperationDenied.UnSupportToCloseUpstreamMTLS': {
    meaning:
      'The change would turn off origin-pull mutual authentication of the host, which EdgeOne allows only by ' +
      'removing its edge HTTPS certificate.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Bind the certificate ' +
      'by hand in the EdgeOne console with origin-pull mutual authentication left on; to be rid of it, remove the ' +
      'certificate of the host there first, which leaves it without HTTPS until one is bound again.',
  },
  'OperationDenied.UseUpstreamMTLSNeedOpenHttps': {
    meaning:
      'The host uses origin-pull mutual authentication, which EdgeOne allows only on a host with an edge HTTPS ' +
      'certificate.',
    fix:
      'The step never sends origin-pull settings, so this comes from what the host already has. Keep a certificate ' +
      'bound (`mode: sslcert` with `cert-id`), or turn origin-pull mutual authentication off in the EdgeOne console ' +
      'before the change.',
  },
  'OperationDenied.VersionControlIsGraying': {
    meaning:
      'A test version of the configuration is in use in the zone, and until it is published or rolled back EdgeOne ' +
      'takes no other changes.',
    fix:
      'Publish the test version to the live environment, or roll it back, in the version management of the zone in ' +
      'the EdgeOne console. Then run the job again.',
  },
  ResourceInUse: {
    meaning: 'The host or zone is occupied by another change at the moment, such as a deployment that has not ended.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, raise ' +
      '`wait-minutes`, keep other workflows off the same zone at that time (a `concurrency` group), or run the job ' +
      'again when the EdgeOne console shows the host online.',
  },
  'ResourceUnavailable.CertNotFound': {
    meaning:
      'EdgeOne cannot get at the certificate: the ID is wrong, it belongs to another account or to the other site, ' +
      'or the service role of EdgeOne for SSL was never authorised.',
    fix:
      'Check that the SSL Certificate Service console of the account and `site` in use lists the ID in `cert-id`. If ' +
      'it does, bind a certificate once by hand in the EdgeOne console, which asks for the missing authorisation on ' +
      'a first deployment, and run the job again.',
  },
  'ResourceUnavailable.DomainNotFound': {
    meaning: 'EdgeOne finds no acceleration domain with the name of the host in this zone.',
    fix:
      'Compare `hosts` with the acceleration domains of the zone in the EdgeOne console: with `match: exact` the name must ' +
      'stand there exactly, `*.example.com` included. If it belongs to another zone, correct `zone-id`; to choose hosts by ' +
      'pattern, set `match: pattern`.',
  },
  'ResourceUnavailable.HostNotFound': {
    meaning: 'The host is not an acceleration domain of this zone, or EdgeOne does not proxy it (acceleration is off).',
    fix:
      'Check the spelling in `hosts` and that `zone-id` is the zone of the host. If the host is listed in the ' +
      'EdgeOne console but offline or without proxy, enable its acceleration there, or take it out of `hosts`.',
  },
  'ResourceUnavailable.ZoneNotFound': {
    meaning: 'The zone does not exist, or it does not belong to the account whose key is used.',
    fix:
      'Copy the zone ID (`zone-…`) from the EdgeOne console into `zone-id`. If it is right, use a key of the ' +
      'account that owns the zone, and set `site` to the site of that account.',
  },
  UnauthorizedOperation: {
    meaning: 'This user or role may not make the EdgeOne call.',
    fix: 'In the CAM console, allow `teo:ModifyHostsCertificate` on `qcs::teo::uin/<account UIN>:zone/<zone ID>`.',
  },
  'UnauthorizedOperation.CamUnauthorized': {
    meaning: 'CAM does not allow this user or role to change certificates in this zone.',
    fix:
      'In the CAM console, attach a policy that allows `teo:ModifyHostsCertificate` on `qcs::teo::uin/<account ' +
      'UIN>:zone/<zone ID>`. If it is there already, check that it names this zone.',
  },
  'UnauthorizedOperation.NoPermission': {
    meaning: 'This sub-account or role is not allowed to do this in EdgeOne.',
    fix:
      'In the CAM console, attach a policy that allows `teo:DescribeAccelerationDomains` and `teo:ModifyHostsCertificate` on ' +
      '`qcs::teo::uin/<account UIN>:zone/<zone ID>`; with `zone-name` also `teo:DescribeZones`.',
  },
  'UnauthorizedOperation.Unknown': {
    meaning:
      'A server behind the EdgeOne API failed for an unknown reason; in spite of its name it is no matter of permissions.',
    fix: 'Run the job again. If it persists, open a ticket with the RequestId.',
  },
}
