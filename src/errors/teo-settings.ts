import { ticket } from './shared.ts'
import type { Rows } from './types.ts'

const clientCa = 'The step does not change client CA settings; the cause is in the current settings of the host.'
const originPull = 'The step does not change origin-pull settings; the cause is in the current settings of the host.'
const keyless = 'The step does not change keyless settings; the cause is in the current settings of the host.'
const https = 'the HTTPS settings of the host in the EdgeOne console'
const origin = 'the origin-pull settings of the host in the EdgeOne console'
const again = 'and run the job again'

/** Codes of ModifyHostsCertificate for settings that a host has already: client CA, origin pull, keyless, TLS versions. */
export const hostSettings = {
  'FailedOperation.EdgeClientCertificateHasExpired': {
    meaning: 'The client CA certificate that the host uses to verify its visitors has expired.',
    fix: `${clientCa} Replace the expired client CA, or turn edge mutual authentication off, in ${https} ${again}.`,
  },
  'FailedOperation.UpstreamClientCertificateHasExpired': {
    meaning:
      'The client certificate that the host presents to its origin (origin-pull mutual authentication) has expired.',
    fix: `${originPull} Replace that certificate in ${origin} ${again}.`,
  },
  'FailedOperation.UpstreamVerifyCustomCACertificateHasExpired': {
    meaning: 'The CA certificate that the host uses to verify its origin has expired.',
    fix: `${originPull} Replace the origin CA, or turn origin certificate verification off, in ${origin} ${again}.`,
  },
  'InvalidParameter.AliasDomainNotSupportKeyless': {
    meaning: 'The host is an alias domain, and alias domains cannot use a keyless certificate.',
    fix: `Pass a certificate that has its private key in SSL Certificate Service: another \`cert-id\`, or this one uploaded again together with its key. If the host uses a keyless server, change that in ${https}.`,
  },
  'InvalidParameter.CertificateConflictWithKeylessServer': {
    meaning:
      'The host has neither a certificate nor a keyless server yet, or its keyless server does not match the certificate.',
    fix: `${keyless} Bind a certificate, or the keyless server with its certificate, once in ${https} ${again}.`,
  },
  'InvalidParameter.EdgeClientCertCheckError': {
    meaning: 'The client CA settings of the host (edge mutual authentication) are not valid.',
    fix: `${clientCa} Correct the client CA, or turn edge mutual authentication off, in ${https} ${again}.`,
  },
  'InvalidParameter.InvalidHttpsTlsVersion': {
    meaning: 'The TLS versions set for the host are not a valid combination.',
    fix: `The step does not change TLS versions; the cause is in the current settings of the host. Select a valid combination, such as TLS 1.2 and 1.3, in ${https} ${again}.`,
  },
  'InvalidParameter.UpstreamClientCertCheckError': {
    meaning:
      'The client certificate that the host presents to its origin (origin-pull mutual authentication) is not valid.',
    fix: `${originPull} Select another client certificate in ${origin} ${again}.`,
  },
  'InvalidParameter.UpstreamVerifyCertCheckError': {
    meaning: 'The settings that the host uses to verify the certificate of its origin are not valid.',
    fix: `${originPull} Correct origin certificate verification, or turn it off, in ${origin} ${again}.`,
  },
  'InvalidParameter.UpstreamVerifyCustomCACertNoInfo': {
    meaning: 'The host verifies its origin with a CA certificate that is empty.',
    fix: `${originPull} Select the origin CA again, or turn origin certificate verification off, in ${origin} ${again}.`,
  },
  'InvalidParameterValue.AliasDomainNotSupportEdgeMTLS': {
    meaning: 'The host is an alias domain, and alias domains do not support edge mutual authentication.',
    fix: `${clientCa} Turn edge mutual authentication off in ${https}, or remove the alias domain from \`hosts\`.`,
  },
  'InvalidParameterValue.AliasDomainNotSupportUpstreamMTLS': {
    meaning: 'The host is an alias domain, and alias domains do not support origin-pull mutual authentication.',
    fix: `${originPull} Turn origin-pull mutual authentication off in ${origin}, or remove the alias domain from \`hosts\`.`,
  },
  'InvalidParameterValue.AliasDomainNotSupportUpstreamVerify': {
    meaning: 'The host is an alias domain, and alias domains do not support origin certificate verification.',
    fix: `${originPull} Turn origin certificate verification off in ${origin}, or remove the alias domain from \`hosts\`.`,
  },
  'InvalidParameterValue.CertificateVerifyClientMustCa': {
    meaning: 'The certificate selected as client CA of the host (edge mutual authentication) is not a CA certificate.',
    fix: `${clientCa} Select a certificate of type CA as client CA in ${https} ${again}.`,
  },
  'InvalidParameterValue.CertificateVerifyClientNeedCert': {
    meaning: 'Edge mutual authentication is on for the host, but no client CA is selected.',
    fix: `${clientCa} Select a client CA, or turn edge mutual authentication off, in ${https} ${again}.`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientMustRSAorECC': {
    meaning:
      'The client certificate of the host for origin-pull mutual authentication is an SM2 certificate. Only RSA and ECC are supported.',
    fix: `${originPull} Select an RSA or ECC client certificate in ${origin} ${again}.`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientMustSVR': {
    meaning:
      'The client certificate of the host for origin-pull mutual authentication is a CA certificate, which is not supported.',
    fix: `${originPull} Select a certificate with a private key (type SVR) in ${origin} ${again}.`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamClientNeedCert': {
    meaning: 'Origin-pull mutual authentication is on for the host, but no client certificate is selected.',
    fix: `${originPull} Select a client certificate in ${origin} ${again}.`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustCA': {
    meaning: 'The host verifies its origin with a certificate that is not a CA certificate.',
    fix: `${originPull} Select a certificate of type CA for origin certificate verification in ${origin} ${again}.`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustRSAorECC': {
    meaning: 'The host verifies its origin with an SM2 CA certificate. Only RSA and ECC are supported.',
    fix: `${originPull} Select an RSA or ECC CA certificate for origin certificate verification in ${origin} ${again}.`,
  },
  'InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCANeedCert': {
    meaning: 'Origin certificate verification is on for the host, but no CA certificate is selected.',
    fix: `${originPull} Select a CA certificate, or turn origin certificate verification off, in ${origin} ${again}.`,
  },
  'InvalidParameterValue.ClientCertInfoQuotaLimit': {
    meaning:
      'The host has more than 20 client CA certificates for edge mutual authentication, the maximum that EdgeOne allows.',
    fix: `${clientCa} Remove unused client CAs in ${https} ${again}.`,
  },
  'InvalidParameterValue.InvalidKeylessServerId': {
    meaning: 'The host uses a keyless server whose ID EdgeOne does not know.',
    fix: `${keyless} Select an existing keyless server, or turn keyless mode off, in ${https} ${again}.`,
  },
  'InvalidParameterValue.OCDirectOriginDomainNotSupportUpstreamVerify': {
    meaning:
      'The host uses OC switching, as EdgeOne calls it, which cannot be combined with origin certificate verification.',
    fix: `${originPull} Turn origin certificate verification off in ${origin} ${again}. If the setting is not shown there, ${ticket}.`,
  },
  'InvalidParameterValue.ServerCertInfoNeedContainRSAorECC': {
    meaning:
      'The host uses an RSA or ECC client CA for edge mutual authentication, and the change would leave it without an edge certificate of that algorithm.',
    fix: `Add a certificate of the algorithm of the client CA to \`cert-id\`, or keep the bound one (\`keep-other-algorithms\`). To use another algorithm, change the client CA in ${https} first; the step does not change it.`,
  },
  'InvalidParameterValue.ServerCertInfoNeedContainSM2': {
    meaning:
      'The host uses an SM2 client CA for edge mutual authentication, and the change would leave it without an SM2 edge certificate.',
    fix: `Add the ID of an SM2 certificate to \`cert-id\`, or keep the bound one (\`keep-other-algorithms\`). To stop using SM2, change the client CA in ${https} first; the step does not change it.`,
  },
  'InvalidParameterValue.SiteFailoverNotSupportHostUpstreamVerify': {
    meaning:
      'The host uses origin failover together with origin-pull mutual authentication or origin certificate verification. EdgeOne does not support this combination.',
    fix: `${originPull} Turn one of the two off for the host in the EdgeOne console ${again}.`,
  },
  'InvalidParameterValue.UpstreamClientCertInfoQuotaLimit': {
    meaning: 'The host has more than one client certificate for origin-pull mutual authentication. EdgeOne allows one.',
    fix: `${originPull} Keep one client certificate in ${origin} ${again}.`,
  },
  'InvalidParameterValue.UpstreamVerifyCustomCACertInfoQuotaLimit': {
    meaning: 'The host has more than one CA certificate for origin certificate verification. EdgeOne allows one.',
    fix: `${originPull} Keep one CA certificate in ${origin} ${again}.`,
  },
  'OperationDenied.KeylessModeCertificatePrivateKeyNeedEmpty': {
    meaning: 'The host uses keyless mode, which accepts only certificates without a private key. This one has a key.',
    fix: `${keyless} Turn keyless mode off in ${https}, or pass the ID of a certificate that was uploaded without its key as \`cert-id\`.`,
  },
  'OperationDenied.NotInKeylessWhiteList': {
    meaning:
      'The host or certificate requires keyless mode, which Tencent Cloud enables only for accounts on an allow-list.',
    fix: `${keyless} Open a ticket with Tencent Cloud to have the account added, or turn keyless mode off in ${https} and pass a certificate that has its key.`,
  },
  'OperationDenied.NotInUpstreamMTLSWhiteList': {
    meaning:
      'The host uses origin-pull mutual authentication, which Tencent Cloud enables only for accounts on an allow-list.',
    fix: `${originPull} Open a ticket with Tencent Cloud to have the account added, or turn origin-pull mutual authentication off in ${origin}.`,
  },
  'OperationDenied.UnSupportToCloseUpstreamMTLS': {
    meaning:
      'The change would turn off origin-pull mutual authentication of the host, which EdgeOne allows only by removing its edge certificate.',
    fix: `${originPull} Bind the certificate in the EdgeOne console with origin-pull mutual authentication left on. To stop using it, remove the certificate of the host there first; the host then has no HTTPS until a certificate is bound again.`,
  },
  'OperationDenied.UseUpstreamMTLSNeedOpenHttps': {
    meaning:
      'The host uses origin-pull mutual authentication, which EdgeOne allows only on hosts with an edge certificate.',
    fix: `${originPull} Keep a certificate bound (\`mode: sslcert\` with \`cert-id\`), or turn origin-pull mutual authentication off in ${origin} before the change.`,
  },
} as const satisfies Rows
