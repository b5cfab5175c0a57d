import { retriedBriefly, retriedToDeadline, serviceFault, throttled, ticket } from './shared.ts'
import type { Rows } from './types.ts'

/** Codes of UploadCertificate (reference of SSL Certificate Service, "Error Codes"). */
export const ssl = {
  AuthFailure: {
    meaning: 'SSL Certificate Service did not accept the signature or the identity of the call.',
    fix: 'Save `secret-id` and `secret-key` again, from one key in the CAM console; for a temporary key, save `session-token` as well. Set `site` to the site of that account.',
    concerns: 'all',
  },
  'AuthFailure.UnauthorizedOperation': {
    meaning: 'CAM does not allow this user or role to make this call of SSL Certificate Service.',
    fix: 'In the CAM console, attach a policy that allows the action named in the message. Uploading requires `ssl:UploadCertificate` on resource `*`. Alternatively, upload the certificate by other means and pass its ID as `cert-id`.',
    concerns: 'all',
    forbidden: true,
  },
  FailedOperation: {
    meaning:
      'SSL Certificate Service could not complete the call. If the message gives no reason, a known cause is a key of an account of the other site (China or international).',
    fix: `If the message gives a reason, act on that. Otherwise set \`site\` to \`international\` for an account of tencentcloud.com, or to \`china\` for an account of cloud.tencent.com. If it is correct, run the job again later; if it fails the same way, ${ticket}.`,
  },
  'FailedOperation.AuthError': {
    meaning: 'The user or role has no permission for this call of SSL Certificate Service.',
    fix: 'In the CAM console, allow the action named in the message. Uploading requires `ssl:UploadCertificate` on resource `*`, and binding requires `teo:ModifyHostsCertificate`.',
    concerns: 'all',
    forbidden: true,
  },
  'FailedOperation.CAMAuthorizedFail': {
    meaning: 'SSL Certificate Service checked the permissions of the caller with CAM and got an error or a refusal.',
    fix: `In the CAM console, check that the user or role is allowed to make the call, such as \`ssl:UploadCertificate\` on resource \`*\`. If it is, run the job again later; if it fails the same way, ${ticket}.`,
    concerns: 'all',
    forbidden: true,
  },
  'FailedOperation.CancelOrderFailed': {
    meaning: 'A certificate order could not be cancelled. The step cancels no orders, so this code is not expected.',
    fix: `Check in the SSL Certificate Service console whether the certificate has an open order. If it has none, ${ticket}.`,
    concerns: 'certificate',
  },
  'FailedOperation.CannotBeDeletedIssued': {
    meaning: 'The certificate is issued, and SSL Certificate Service does not allow deleting it.',
    fix: 'Set `old-certificates` to `mute` or `keep`. To remove the certificate, revoke or delete it in the SSL Certificate Service console.',
    concerns: 'certificate',
  },
  'FailedOperation.CannotBeDeletedWithinHour': {
    meaning: 'The certificate is a free one requested less than an hour ago and cannot be deleted yet.',
    fix: 'Delete it later in the SSL Certificate Service console, or set `old-certificates` to `keep` or `mute`. The new certificate is not affected.',
    concerns: 'certificate',
  },
  'FailedOperation.CannotGetOrder': {
    meaning: 'SSL Certificate Service could not read the order of a certificate.',
    fix: `Run the job again later. If it fails the same way, check the certificate in the SSL Certificate Service console and ${ticket}.`,
    concerns: 'certificate',
  },
  'FailedOperation.CertificateCaError': {
    meaning:
      'SSL Certificate Service took the content for a CA certificate, and not a valid one. Usually it is not a server certificate with its own chain.',
    fix: 'Pass the server certificate (leaf) and its intermediates as `certificate`, and the key of the leaf as `private-key`. Remove root certificates and certificates of other chains.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateChainError': {
    meaning: 'A certificate in the chain is damaged, expired, or does not match the one before it.',
    fix: 'Pass the full chain from the CA as `certificate` (often `fullchain.pem`): the leaf and every intermediate, each once and complete. If you have no chain file, download the intermediates from the CA.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateEncryptInvalid': {
    meaning:
      'The certificate appears to be an SM2 certificate (Chinese national algorithms), which cannot be uploaded as a regular certificate.',
    fix: 'Upload the SM2 certificate in the SSL Certificate Service console, select the SM2 standard, and pass its ID as `cert-id`. If it should be RSA or ECC, check which files `certificate` and `private-key` name.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateExists': {
    meaning: 'The account already has this certificate.',
    fix: `Find its ID in the SSL Certificate Service console and pass it as \`cert-id\` instead of \`certificate\` and \`private-key\`. If it is not listed there, ${ticket}.`,
    concerns: 'certificate',
  },
  'FailedOperation.CertificateInvalid': {
    meaning: 'SSL Certificate Service does not accept the content as a certificate.',
    fix: 'Check that `certificate` contains complete PEM blocks with real line breaks, from `-----BEGIN CERTIFICATE-----` to `-----END CERTIFICATE-----`. If it comes from a secret, save the file again without quotes or extra spaces.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateMatchError': {
    meaning: 'The private key does not belong to the certificate, or extra spaces or line breaks changed one of them.',
    fix: 'Pass the `certificate` and `private-key` of the same renewal: most renewals create a new key. If both come from secrets, save both again.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateMismatch': {
    meaning: 'The private key does not belong to the certificate.',
    fix: 'Pass the `certificate` and `private-key` of the same renewal: most renewals create a new key. If both come from secrets, update them together.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateNotFound': {
    meaning:
      'The account has no certificate with this ID: it was deleted or mistyped, or it belongs to another account or to the other site.',
    fix: 'Copy the ID from the SSL Certificate Service console of the right account and `site` into `cert-id`. If the certificate was deleted, pass `certificate` and `private-key`.',
    concerns: 'certificate',
  },
  'FailedOperation.CertificateParseError': {
    meaning:
      'SSL Certificate Service could not parse the certificate or the key. Usual causes are extra spaces, missing line breaks or an incomplete PEM block.',
    fix: 'Pass the files as the CA delivered them as `certificate` and `private-key`, or save the secrets again with their line breaks. The key must be an unencrypted PEM block.',
    concerns: 'certificate',
  },
  'FailedOperation.ExceedsFreeLimit': {
    meaning: 'The account has reached its limit of free certificates.',
    fix: `Delete expired free certificates in the SSL Certificate Service console or buy more quota, then run the job again. Uploaded certificates normally do not count; if none can be deleted, ${ticket}.`,
    concerns: 'all',
  },
  'FailedOperation.InvalidCertificateStatusCode': {
    meaning:
      'The state of the certificate does not allow the call: for example, it is not issued yet, revoked, or being deleted.',
    fix: 'Check its state in the SSL Certificate Service console. Pass the ID of an issued certificate as `cert-id`, or another `certificate` with its `private-key`.',
    concerns: 'certificate',
  },
  'FailedOperation.InvalidParam': {
    meaning: 'SSL Certificate Service does not accept a parameter of the call.',
    fix: `Check that \`certificate\` and \`private-key\` contain one complete certificate with its key, and use a short \`cert-alias\` without special characters. If they are correct, ${ticket}.`,
    concerns: 'certificate',
  },
  'FailedOperation.NetworkError': {
    meaning: 'The certificate authority (CA) behind SSL Certificate Service is busy.',
    fix: `${retriedBriefly}; if it fails for hours, ${ticket}, or pass the ID of a certificate that is already stored as \`cert-id\`.`,
    retry: serviceFault,
    concerns: 'all',
  },
  'FailedOperation.NoProjectPermission': {
    meaning: 'The user or role has no access to the project of the certificate.',
    fix: 'The step names no project, so the default project of the account is used: grant access to it in the CAM console. Alternatively, pass the ID of a certificate that the user or role can access as `cert-id`.',
    concerns: 'all',
    forbidden: true,
  },
  'FailedOperation.NoRealNameAuth': {
    meaning:
      'The account has not completed identity verification, which SSL Certificate Service requires on the China site.',
    fix: 'Complete identity verification with the main account in the account console, then run the job again. If the account is one of tencentcloud.com, set `site: international`.',
    concerns: 'all',
  },
  'FailedOperation.OrderAlreadyReplaced': {
    meaning:
      'The order of a certificate has already been reissued. The step reissues nothing, so this code is not expected.',
    fix: `Find the reissued certificate in the SSL Certificate Service console and pass its ID as \`cert-id\`. If there is none, ${ticket}.`,
    concerns: 'certificate',
  },
  'FailedOperation.OrderReplaceFailed': {
    meaning: 'A certificate could not be reissued. The step reissues nothing, so this code is not expected.',
    fix: `Check the order in the SSL Certificate Service console and reissue the certificate there if necessary. If that does not help, ${ticket}.`,
    concerns: 'certificate',
  },
  'FailedOperation.SystemError': {
    meaning: 'SSL Certificate Service failed because of an internal error.',
    fix: `${retriedBriefly}; if it fails again, ${ticket}.`,
    retry: serviceFault,
    concerns: 'all',
  },
  InternalError: {
    meaning: 'SSL Certificate Service failed because of an internal error.',
    fix: `Run the job again later. The step retries reads a few times but does not repeat an upload. If it fails again, ${ticket}.`,
    retry: { ...serviceFault, only: 'except for uploads' },
    concerns: 'all',
  },
  'InvalidParameter.MissMatchPrivateKey': {
    meaning: 'None of the keys in the call belongs to the certificate.',
    fix: 'Pass the key that this `certificate` was issued for as `private-key`: most renewals create a new one. If both come from secrets, update them together.',
    concerns: 'certificate',
  },
  'InvalidParameter.WithDetailReason': {
    meaning: 'SSL Certificate Service does not accept a parameter of the call. The message gives the reason.',
    fix: `Read the output \`error-message\` and correct the input it refers to: \`certificate\`, \`private-key\` or \`cert-alias\`. If it refers to none of them, ${ticket}.`,
    concerns: 'certificate',
  },
  'LimitExceeded.RateLimitExceeded': {
    meaning:
      'SSL Certificate Service received more calls of this kind in one second than it allows. Calls of other jobs count too.',
    fix: `${retriedToDeadline} If it still fails, schedule this workflow at a different time from other jobs of the account, or increase \`wait-minutes\`.`,
    retry: throttled,
    concerns: 'all',
  },
} as const satisfies Rows
